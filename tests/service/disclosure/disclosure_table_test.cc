// Who sees what, as the table has it, and that service/README.md says the same.
#include "service/disclosure/disclosure_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "passend/v1/passport.pb.h"
#include "service/call/method_table.h"
#include "service/call/permission_table.h"
#include "service/disclosure/disclosure.h"
#include "service/disclosure/disclosure_plan.h"
#include "service/disclosure/shareable.h"
#include "service/text.h"

namespace passend::service {
namespace {

std::vector<v1::FieldGroup> Groups() {
  std::vector<v1::FieldGroup> groups;
  const auto* described = v1::FieldGroup_descriptor();
  for (int i = 0; i < described->value_count(); ++i) {
    const auto group = static_cast<v1::FieldGroup>(described->value(i)->number());
    if (group != v1::FIELD_GROUP_UNSPECIFIED && group != v1::FIELD_GROUP_OPEN) {
      groups.push_back(group);
    }
  }
  return groups;
}

// `evidence` for FIELD_GROUP_EVIDENCE.
std::string WordOf(const std::string& value_name, const std::string& prefix) {
  return absl::AsciiStrToLower(value_name.substr(prefix.size()));
}

// The table of the README: a line for each role and purpose that sees something of a person.
std::string TableInWords() {
  std::string text = "| |";
  std::string rule = "|---|";
  for (const v1::FieldGroup group : Groups()) {
    absl::StrAppend(&text, " ", WordOf(v1::FieldGroup_Name(group), "FIELD_GROUP_"), " |");
    rule += "---|";
  }
  absl::StrAppend(&text, "\n", rule, "\n");
  for (size_t i = 0; i < kRoles.size(); ++i) {
    for (const DisclosureRow& row : DisclosureTable()) {
      const GroupSet seen = row.by_role[i];
      if (GroupSet{v1::FIELD_GROUP_OPEN}.Covers(seen)) continue;
      const bool person = kRoles[i] == Role::kPerson;
      if (person && row.purpose != DisclosureTable().front().purpose) continue;
      absl::StrAppend(&text, "| ", ToAbsl(NameOf(kRoles[i])), ", ",
                      person ? "everything" : WordOf(v1::Purpose_Name(row.purpose), "PURPOSE_"),
                      " |");
      for (const v1::FieldGroup group : Groups()) {
        absl::StrAppend(&text, seen.Has(group) ? " x |" : " |");
      }
      text += "\n";
    }
  }
  return text;
}

TEST(DisclosureTableTest, IsWhatTheReadmeSays) {
  std::ifstream file(PASSEND_SERVICE_README);
  std::stringstream readme;
  readme << file.rdbuf();
  EXPECT_THAT(readme.str(), testing::HasSubstr(TableInWords())) << TableInWords();
}

TEST(DisclosureTableTest, HasEveryPurposeOnce) {
  EXPECT_EQ(DisclosureTable().size(), static_cast<size_t>(v1::Purpose_ARRAYSIZE - 1));
  for (int number = 1; number < v1::Purpose_ARRAYSIZE; ++number) {
    EXPECT_FALSE(OwnGroups(Role::kPerson, static_cast<v1::Purpose>(number)).empty()) << number;
  }
  EXPECT_TRUE(OwnGroups(Role::kPerson, v1::PURPOSE_UNSPECIFIED).empty());
  EXPECT_TRUE(OwnGroups(Role::kNone, v1::PURPOSE_GUIDANCE).empty());
}

TEST(DisclosureTableTest, ThePersonSeesAllOfTheirOwnAndNobodySeesWhatWasNotSaid) {
  for (const DisclosureRow& row : DisclosureTable()) {
    EXPECT_EQ(OwnGroups(Role::kPerson, row.purpose), GroupSet::Named());
    for (const GroupSet groups : row.by_role) {
      EXPECT_FALSE(groups.Has(v1::FIELD_GROUP_UNSPECIFIED)) << v1::Purpose_Name(row.purpose);
    }
  }
}

TEST(DisclosureTableTest, EmployersSeeNoNeedsNoPaceNoNumbersAndNobodysName) {
  for (const DisclosureRow& row : DisclosureTable()) {
    for (const v1::FieldGroup group :
         {v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_PACE, v1::FIELD_GROUP_SUPPORT,
          v1::FIELD_GROUP_SCORES, v1::FIELD_GROUP_EVIDENCE}) {
      EXPECT_FALSE(OwnGroups(Role::kEmployer, row.purpose).Has(group));
    }
    EXPECT_TRUE(GroupSet{v1::FIELD_GROUP_OPEN}.Covers(OwnGroups(Role::kOperator, row.purpose)));
  }
}

// What a role may call, it may see something of: otherwise the answer is empty for nobody's good.
TEST(DisclosureTableTest, WhoMayCallSeesSomething) {
  for (const PermissionRow& row : PermissionTable()) {
    for (size_t i = 0; i < kRoles.size(); ++i) {
      if (row.by_role[i] == Permission::kNo) continue;
      EXPECT_TRUE(OwnGroups(kRoles[i], PurposeOf(row.method)).Has(v1::FIELD_GROUP_OPEN))
          << row.method << " as " << NameOf(kRoles[i]);
    }
  }
}

// Otherwise what they do not see would be gone when they write what they read.
TEST(DisclosureTableTest, WhoWritesAPassportSeesEverythingThatCanBeWritten) {
  const auto* type = v1::Passport::descriptor();
  const DisclosurePlan plan(*type);
  GroupSet writable;
  for (int i = 0; i < type->field_count(); ++i) {
    const auto& field = *type->field(i);
    if (field.name() == "skills") continue;  // from the validations
    writable.Add({field.options().GetExtension(v1::visibility)});
    if (field.message_type() == nullptr ||
        field.message_type()->file()->package() == "google.protobuf") {
      continue;
    }
    writable.Add(DisclosurePlan(*field.message_type()).groups());
  }
  // Of what is in a wish's schedule or home nobody says more than that it is in a wish.
  writable.Add({v1::FIELD_GROUP_OPEN});
  for (const Role role : {Role::kCoach, Role::kPartner}) {
    EXPECT_TRUE(OwnGroups(role, v1::PURPOSE_GUIDANCE).Covers(writable)) << NameOf(role);
  }
  EXPECT_TRUE(plan.groups().Covers(writable));
}

TEST(DisclosureTest, BeginsWithWhatTellsNothingOfAnybody) {
  const GroupSet answer = {v1::FIELD_GROUP_OPEN, v1::FIELD_GROUP_WISHES, v1::FIELD_GROUP_SKILLS};
  const auto of = [&](const Caller& caller) { return Disclosure(caller, answer); };
  EXPECT_EQ(of({"", "s", Role::kCoach, "t", Proof::kToken}).groups(),
            GroupSet{v1::FIELD_GROUP_OPEN});
  EXPECT_EQ(of(Caller()).groups(), GroupSet{v1::FIELD_GROUP_OPEN});
  EXPECT_EQ(of({"", "", Role::kOperator, "", Proof::kLocal}).groups(), GroupSet::Everything());
  EXPECT_FALSE(kShareableGroups.Has(v1::FIELD_GROUP_CONSENTS));
}

TEST(DisclosureTest, TellsOfAPersonWhatIsAllowedAndInTheAnswer) {
  Disclosure disclosure({"", "s", Role::kCoach, "t", Proof::kToken},
                        {v1::FIELD_GROUP_OPEN, v1::FIELD_GROUP_WISHES, v1::FIELD_GROUP_SKILLS});
  EXPECT_TRUE(disclosure.OfAPerson().empty());
  disclosure.Allow({v1::FIELD_GROUP_WISHES, v1::FIELD_GROUP_PACE});
  EXPECT_EQ(disclosure.OfAPerson(), std::vector{v1::FIELD_GROUP_WISHES});
  disclosure.Allow(GroupSet::Everything());
  EXPECT_EQ(disclosure.OfAPerson(), (std::vector{v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_WISHES}));
}

}  // namespace
}  // namespace passend::service
