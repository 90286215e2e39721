#include "service/consent/consent_book.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "passend/store/v1/consent_book.pb.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

ConsentBook Parsed(const std::string& value) {
  return ParseConsents({ConsentBookKeyOf({"somebody"}), 3, value}).value();
}

// Up to when ends were told is of books of before: written anew, a book names those consents.
TEST(ConsentBookTest, WhoseEndWasToldIsTheSameWrittenAnew) {
  for (const int64_t told_micros : {int64_t{-1}, int64_t{0}, int64_t{1}, int64_t{2'000'000}}) {
    store::v1::ConsentBook stored;
    stored.set_ends_told_micros(told_micros);
    for (const int64_t ends : {0, 1, 3}) {
      v1::Consent& consent = *stored.add_consents();
      consent.set_name("until-" + std::to_string(ends));
      consent.mutable_expire_time()->set_seconds(ends);
    }
    stored.add_consents()->set_name("without-end");
    const ConsentBook book = Parsed(stored.SerializeAsString());
    const ConsentBook again = Parsed(StoredValue(book));
    EXPECT_EQ(again.ends_told, book.ends_told) << told_micros;
    EXPECT_EQ(StoredValue(again), StoredValue(book)) << told_micros;
    EXPECT_EQ(book.ends_told.empty(), told_micros <= 0) << told_micros;
  }
}

}  // namespace
}  // namespace passend::service
