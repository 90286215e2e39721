#include "service/admin/record_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passend/store/v1/validation_book.pb.h"
#include "passend/v1/passport.pb.h"
#include "service/audit/audit_keys.h"

namespace passend::service {
namespace {

using storage::RecordKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string PassportBytes() {
  v1::Passport passport;
  passport.set_region("groningen");
  return passport.SerializeAsString();
}

TEST(RecordCheck, WhatIsAMessageOfItsKindIsWell) {
  const auto check = NewRecordCheck();
  EXPECT_EQ(check->Look({RecordKind::kPassport, "anna", 1, PassportBytes()}), "");
  EXPECT_EQ(check->Look({RecordKind::kValidationBook, "anna", 1, ""}), "");
  EXPECT_EQ(check->Look({RecordKind::kSecret, "page", 1, "\xff\xff any bytes"}), "");
  EXPECT_THAT(check->Conclude(), IsEmpty());
}

TEST(RecordCheck, WhatCannotBeReadIsTold) {
  const auto check = NewRecordCheck();
  EXPECT_EQ(check->Look({RecordKind::kPassport, "anna", 1, "\xff\xff"}),
            "it cannot be read as one");
}

TEST(RecordCheck, EarlierVersionsAreReadAsWhatTheyWere) {
  const auto check = NewRecordCheck();
  const storage::Key key = HistoryKey({RecordKind::kPassport, "anna"}, 3);
  EXPECT_EQ(check->Look({key.kind, key.id, 4, PassportBytes()}), "");
  EXPECT_NE(check->Look({key.kind, key.id, 4, "\xff\xff"}), "");
  const storage::Key start = HistoryStartKey();
  EXPECT_EQ(check->Look({start.kind, start.id, 1, ""}), "");
}

TEST(RecordCheck, WhatBelongsToNobodyIsToldInTheEnd) {
  const auto check = NewRecordCheck();
  check->Look({RecordKind::kPassport, "anna", 1, ""});
  check->Look({RecordKind::kConcept, "esco/soup", 1, ""});
  check->Look({RecordKind::kValidationBook, "anna", 1, ""});
  check->Look({RecordKind::kConsentBook, "bram", 1, ""});
  EXPECT_THAT(check->Conclude(), ElementsAre(HasSubstr("belongs to esco, which is not there"),
                                             HasSubstr("belongs to bram, which is not there")));
}

}  // namespace
}  // namespace passend::service
