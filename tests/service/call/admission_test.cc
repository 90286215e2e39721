#include "service/call/admission.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "service/errors/error_status.h"

namespace passend::service {
namespace {

v1::ErrorReason RefusalOf(Admission& admission, const std::string& sharer = "") {
  return ReasonOf(admission.Enter(sharer).status());
}

TEST(AdmissionTest, TakesNothingOnWhileNotServing) {
  Admission admission(4);
  EXPECT_EQ(RefusalOf(admission), v1::ERROR_REASON_NOT_SERVING);
  admission.SetServing(true);
  EXPECT_TRUE(admission.Enter().ok());
  admission.SetServing(false);
  EXPECT_EQ(RefusalOf(admission), v1::ERROR_REASON_NOT_SERVING);
  EXPECT_EQ(admission.in_flight(), 0u);
}

TEST(AdmissionTest, PlacesAreGivenBack) {
  Admission admission(2);
  admission.SetServing(true);
  auto first = admission.Enter();
  auto second = admission.Enter();
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(RefusalOf(admission), v1::ERROR_REASON_OVERLOADED);
  EXPECT_EQ(RefusalOf(admission, "coach/a"), v1::ERROR_REASON_OVERLOADED);
  Admission::Place moved = *std::move(first);
  EXPECT_EQ(admission.in_flight(), 2u);
  moved = Admission::Place();
  EXPECT_EQ(admission.in_flight(), 1u);
  EXPECT_TRUE(admission.Enter().ok());
}

TEST(AdmissionTest, NobodyWhoIsKnownHasMoreThanHalfOfWhatOthersLeave) {
  Admission admission(8);
  admission.SetServing(true);
  std::vector<Admission::Place> places;
  const auto take_all = [&](const std::string& sharer) {
    size_t taken = 0;
    for (auto place = admission.Enter(sharer); place.ok(); place = admission.Enter(sharer)) {
      places.push_back(*std::move(place));
      ++taken;
    }
    EXPECT_EQ(RefusalOf(admission, sharer), v1::ERROR_REASON_OVERLOADED);
    return taken;
  };
  EXPECT_EQ(take_all("partner/a"), 4u);
  EXPECT_EQ(take_all("partner/b"), 2u);
  EXPECT_EQ(take_all("partner/c"), 1u);
  EXPECT_EQ(take_all("partner/d"), 1u) << "the last one is anybody's";
  places.erase(places.begin());
  EXPECT_EQ(RefusalOf(admission, "partner/b"), v1::ERROR_REASON_OVERLOADED);
  EXPECT_TRUE(admission.Enter("partner/e").ok());
}

TEST(AdmissionTest, WhoIsNotKnownMayHaveAll) {
  Admission admission(3);
  admission.SetServing(true);
  std::vector<Admission::Place> places;
  for (int i = 0; i < 3; ++i) places.push_back(*admission.Enter());
  EXPECT_EQ(RefusalOf(admission), v1::ERROR_REASON_OVERLOADED);
}

TEST(AdmissionTest, ASinglePlaceIsAnybodys) {
  Admission admission(1);
  admission.SetServing(true);
  EXPECT_TRUE(admission.Enter("partner/a").ok());
}

TEST(AdmissionTest, WithoutABoundItOnlyCounts) {
  Admission admission(Admission::kUnbounded);
  admission.SetServing(true);
  std::vector<Admission::Place> places;
  for (int i = 0; i < 1'000; ++i) places.push_back(*admission.Enter("employer/a"));
  EXPECT_EQ(admission.in_flight(), 1'000u);
  places.clear();
  EXPECT_EQ(admission.in_flight(), 0u);
}

}  // namespace
}  // namespace passend::service
