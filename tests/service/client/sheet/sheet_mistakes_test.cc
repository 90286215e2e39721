#include "service/client/sheet/sheet_mistakes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'795'000'000);  // 2026-11-18

// What is wrong with a spreadsheet whose skills are all found.
std::vector<std::string> Wrong(const std::string& text, bool as_partner = false,
                               Language language = Language::kEnglish) {
  TemporaryFolder folder;
  auto sheet = ReadSheet(folder.Write("people.csv", text), language);
  EXPECT_TRUE(sheet.ok()) << sheet.status();
  if (!sheet.ok()) return {};
  for (SheetPerson& person : sheet->people) {
    for (SheetSkill& skill : person.skills) {
      skill.validation.set_skill("taxonomies/demo/concepts/bake");
    }
  }
  CheckRules(language, as_partner, kNow, *sheet);
  std::vector<std::string> wrong;
  for (const SheetMistake& mistake : sheet->mistakes) {
    wrong.push_back(MistakeText(language, "f", mistake));
  }
  return wrong;
}

constexpr char kSkills[] = "reference,skill,level,method,date,place\n";

TEST(CheckRules, NamesTheRowAndColumnOfTheSkill) {
  const std::string skills = kSkills;
  EXPECT_THAT(Wrong(skills + "a,bake,2,observed,2026-11-18,hall\na,bake,2,observed,1899-12-31,\n"
                             "a,bake,2,observed,2026-11-19,\n"),
              ElementsAre("f, row 3, column date: a day that has been, from 1900 on",
                          "f, row 4, column date: a day that has been, from 1900 on"));
  EXPECT_THAT(Wrong(skills + "a,bake,2,observed,," + std::string(80, 'p') + "\n"), IsEmpty());
  EXPECT_THAT(Wrong(skills + "a,,,,,\na,bake,2,observed,," + std::string(81, 'p') + "\n", false,
                    Language::kDutch),
              ElementsAre("f, rij 3, kolom plaats: hoogstens 80 tekens"));
}

TEST(CheckRules, NamesTheRowThatSaidARegionFirst) {
  EXPECT_THAT(Wrong("reference,region\na,\na,x/y\na,x/y\n"),
              ElementsAre("f, row 3, column region: a region, such as groningen: 1 to 40 of a-z, "
                          "0-9 and hyphen"));
}

TEST(CheckRules, WantsAPaceToSaySomethingAndTellsABadCellOnce) {
  const std::string head = "reference,kind of work,tempo,minutes at a stretch\n";
  EXPECT_THAT(Wrong(head + "a,kitchen,,\n"),
              ElementsAre(::testing::StartsWith("f, row 2, column kind of work: with at least "
                                                "one of: tempo, minutes at a stretch, ")));
  EXPECT_THAT(Wrong(head + "a,kitchen,999,\n"),
              ElementsAre("f, row 2, column tempo: a whole number from 1 to 150"));
}

// A coach records skills one by one, a partner all of a person at once.
TEST(CheckRules, KnowsWhatARecordOfAPushMayHold) {
  std::string text = kSkills;
  for (int day = 0; day < 2'001; ++day) text += "a,bake,2,observed,,\n";
  EXPECT_THAT(Wrong(text), IsEmpty());
  EXPECT_THAT(Wrong(text, true),
              ElementsAre("f, row 2: upsert.validations: must have at most 2000 entries"));
}

TEST(MistakeOfField, FindsTheCellOfWhatAFieldIsWithin) {
  SheetPerson person{
      .reference = "a", .row = 2, .passport = {}, .skills = {}, .cells_by_field = {}};
  person.cells_by_field = {{"validations[1]", {5, SheetColumn::kSkill}},
                           {"validations[1].place", {5, SheetColumn::kPlace}}};
  const auto text = [&](const std::string& field) {
    return MistakeText(Language::kEnglish, "f",
                       MistakeOfField(Language::kEnglish, person, field, "no"));
  };
  EXPECT_EQ(text("validations[1].place"), "f, row 5, column place: no");
  EXPECT_EQ(text("validations[1].level"), "f, row 5, column skill: no");
  EXPECT_EQ(text("validations[10].level"), "f, row 2: validations[10].level: no");
}

}  // namespace
}  // namespace passend::client
