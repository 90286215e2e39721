#include "service/client/sheet/sheet_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/client/dates.h"
#include "service/client/sheet/sheet_columns.h"
#include "tests/service/client/message_from_text.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Sheet Read(const std::string& text, Language language = Language::kEnglish) {
  TemporaryFolder folder;
  auto sheet = ReadSheet(folder.Write("people.csv", text), language);
  EXPECT_TRUE(sheet.ok()) << sheet.status();
  return sheet.value_or(Sheet());
}

std::string Replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), with);
  }
  return text;
}

constexpr char kExample[] = R"pb(
  region: "groningen"
  wishes {
    features { feature: WORK_FEATURE_KITCHEN attitude: ATTITUDE_WANTS strength: 3 }
    features { feature: WORK_FEATURE_TEAM attitude: ATTITUDE_WANTS strength: 2 }
    features { feature: WORK_FEATURE_NOISE attitude: ATTITUDE_AVOIDS strength: 2 }
    features { feature: WORK_FEATURE_HEIGHT attitude: ATTITUDE_NEVER }
    participation_forms: PARTICIPATION_FORM_BASIC_JOB
    participation_forms: PARTICIPATION_FORM_VOLUNTARY_WORK
    hours { weekly_hours_min: 8 weekly_hours_max: 24 }
  }
  paces {
    kind: WORK_KIND_KITCHEN
    tempo_percent: 80
    minutes_at_a_stretch: 120
    hours_per_day: 4
    days_per_week: 3
    basis: PACE_BASIS_MEASURED
  }
  paces { kind: WORK_KIND_CLEANING tempo_percent: 60 basis: PACE_BASIS_EXPECTED }
  support {
    needs { solution: SUPPORT_SOLUTION_GUIDANCE_JOB_COACH amount_percent: 10 essential: true }
    needs { solution: SUPPORT_SOLUTION_ORGANISATIONAL_QUIET_PLACE }
  })pb";

class Templates : public ::testing::TestWithParam<Language> {};
INSTANTIATE_TEST_SUITE_P(Both, Templates, ::testing::Values(Language::kDutch, Language::kEnglish));

TEST_P(Templates, HoldNobodyUntilTheyAreFilledIn) {
  const std::string text = SheetTemplate(GetParam());
  EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF"));
  const Sheet sheet = Read(text, GetParam());
  EXPECT_THAT(sheet.people, IsEmpty());
  EXPECT_THAT(sheet.mistakes, IsEmpty());
  EXPECT_THAT(sheet.passed_over, IsEmpty());
}

TEST_P(Templates, ReadTheirOwnExampleOnceItIsNoExampleAnyMore) {
  std::string text = Replaced(SheetTemplate(GetParam()), "#voorbeeld-1", "c-17");
  text = Replaced(text, "#example-1", "c-17");
  const Sheet sheet = Read(text, GetParam());
  for (const SheetMistake& mistake : sheet.mistakes) ADD_FAILURE() << mistake.column;
  ASSERT_THAT(sheet.people, SizeIs(1));
  const SheetPerson& person = sheet.people[0];
  EXPECT_EQ(person.reference, "c-17");
  EXPECT_EQ(person.row, 3);
  EXPECT_EQ(person.passport.DebugString(), FromText<v1::Passport>(kExample).DebugString());
  ASSERT_THAT(person.skills, SizeIs(2));
  EXPECT_EQ(person.skills[0].name, GetParam() == Language::kDutch ? "soep koken" : "make soup");
  EXPECT_EQ(person.skills[0].validation.level(), 3);
  EXPECT_EQ(person.skills[0].validation.method(), v1::VALIDATION_METHOD_OBSERVED);
  EXPECT_EQ(DayText(person.skills[0].validation.validate_time()), "2026-11-02");
  EXPECT_EQ(person.skills[1].validation.method(), v1::VALIDATION_METHOD_SELF_DECLARED);
  EXPECT_EQ(sheet.skill_count, 2);
}

TEST(ReadSheet, TakesHeadingsInAnyOrderAndLanguageAndPassesOthersOver) {
  const Sheet sheet = Read("Naam;REGION; kenmerk ;;\r\nPiet;drenthe;c-1;;\r\n;;;;\r\n");
  EXPECT_THAT(sheet.passed_over, ElementsAre("Naam"));
  ASSERT_THAT(sheet.people, SizeIs(1));
  EXPECT_EQ(sheet.people[0].reference, "c-1");
  EXPECT_EQ(sheet.people[0].passport.region(), "drenthe");
  EXPECT_EQ(Read("reference\tregion\nc-2\tzeeland\n").people[0].passport.region(), "zeeland");
}

struct Wrong {
  std::string sheet;
  std::string english;
  std::string dutch;
};

class Mistakes : public ::testing::TestWithParam<Wrong> {};

TEST_P(Mistakes, AreNamedByRowAndColumnInBothLanguages) {
  for (const Language language : {Language::kEnglish, Language::kDutch}) {
    const Sheet sheet = Read(GetParam().sheet, language);
    ASSERT_THAT(sheet.mistakes, SizeIs(1)) << GetParam().sheet;
    const SheetMistake& mistake = sheet.mistakes[0];
    EXPECT_THAT(std::to_string(mistake.row) + " " + mistake.column + ": " + mistake.allowed,
                ::testing::StartsWith(language == Language::kDutch ? GetParam().dutch
                                                                   : GetParam().english));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, Mistakes,
    ::testing::Values(
        Wrong{"reference,level,skill,method\na,6,esco/1,observed\n",
              "2 level: a whole number from 1 to 5",
              "2 niveau: een geheel getal van 1 tot en met 5"},
        Wrong{"reference,level,skill,method\na,,esco/1,observed\n",
              "2 level: has to be filled in as well, because skill is",
              "2 niveau: moet ook worden ingevuld, want vaardigheid is dat"},
        Wrong{"reference,level,skill,method\na,3,,\n",
              "2 skill: has to be filled in as well, because level is",
              "2 vaardigheid: moet ook worden ingevuld, want niveau is dat"},
        Wrong{"reference,level,skill,method\na,3,esco/1,guess\n",
              "2 method: one of: ", "2 hoe vastgesteld: één van: "},
        Wrong{"reference,level,skill,method,date\na,3,esco/1,observed,soon\n", "2 date: a day",
              "2 datum: een dag"},
        Wrong{"reference,wants\na,\"green, sleeping\"\n", "2 wants: one of: green",
              "2 wil graag: één van: groen"},
        Wrong{"reference,wants,never\na,green,green\n", "2 never: green: comes twice",
              "2 nooit: green: komt twee keer voor"},
        Wrong{"reference,wants\na,kitchen 9\n",
              "2 wants: kitchen 9: the number after it is 1, 2 or 3",
              "2 wil graag: kitchen 9: het getal erachter is 1, 2 of 3"},
        Wrong{"reference,forms\na,king\n", "2 forms: one of: ", "2 werkvormen: één van: "},
        Wrong{"reference,hours from,hours to\na,24,8\n", "2 hours from: the fewest hours",
              "2 uren van: het minste aantal uren"},
        Wrong{"reference,hours from,hours to\na,24,\n", "2 hours to: has to be filled in",
              "2 uren tot: moet ook worden ingevuld"},
        Wrong{"reference,tempo\na,80\n", "2 kind of work: has to be filled in",
              "2 soort werk: moet ook worden ingevuld"},
        Wrong{"reference,kind of work,tempo\na,kitchen,80\na,kitchen,90\n",
              "3 kind of work: comes twice", "3 soort werk: komt twee keer"},
        Wrong{"reference,support\na,a lot\n", "2 support: one of: nothing, job coach",
              "2 ondersteuning: één van: niets, jobcoach"},
        Wrong{"reference,support\na,nothing\na,mentor\n", "3 support: nothing needed goes with no",
              "3 ondersteuning: niets nodig gaat niet samen"},
        Wrong{"reference,support,support essential\na,job coach,perhaps\n",
              "2 support essential: yes or no", "2 ondersteuning onmisbaar: ja of nee"},
        Wrong{"reference,region\na,drenthe\nb,zeeland\na,zeeland\n",
              "4 region: row 2 says otherwise", "4 regio: rij 2 zegt iets anders"},
        Wrong{"reference,region\n,drenthe\n", "2 reference: your own reference",
              "2 kenmerk: uw eigen kenmerk"},
        Wrong{"reference,region\na,drenthe,green\nb\n", "2 : there are more cells than headings",
              "2 : er zijn meer cellen dan kolomkoppen"},
        Wrong{"reference,region\na,drenthe\nb,d\"\n", "3 : it cannot be read",
              "3 : niet te lezen"}));

TEST(ReadSheet, TakesRowsThatEndBeforeTheLastColumn) {
  const Sheet sheet = Read("reference,region,wants\na,drenthe\nb\nc,zeeland,green,,\n");
  EXPECT_THAT(sheet.mistakes, IsEmpty());
  ASSERT_THAT(sheet.people, SizeIs(3));
  EXPECT_EQ(sheet.people[0].passport.region(), "drenthe");
  EXPECT_EQ(sheet.people[1].row, 3);
  EXPECT_EQ(sheet.people[2].passport.wishes().features_size(), 1);
}

TEST(ReadSheet, TakesALineThatSaysWhatIsBetweenColumns) {
  for (const char* start : {"", "\xEF\xBB\xBF"}) {
    const Sheet sheet = Read(std::string(start) + "sep=;\r\nreference;region\r\na;drenthe\r\n");
    ASSERT_THAT(sheet.people, SizeIs(1));
    EXPECT_EQ(sheet.people[0].row, 3);
    EXPECT_EQ(sheet.people[0].passport.region(), "drenthe");
  }
}

TEST(ReadSheet, TakesRowsThatEndInCarriageReturnsAlone) {
  for (const std::string start : {"", "sep=;\r"}) {
    const Sheet sheet = Read(start + "reference;region;forms\ra;\"drenthe\";\rb;zeeland;king\r");
    ASSERT_THAT(sheet.people, SizeIs(2));
    EXPECT_EQ(sheet.people[0].passport.region(), "drenthe");
    EXPECT_EQ(sheet.people[1].passport.region(), "zeeland");
    ASSERT_THAT(sheet.mistakes, SizeIs(1));
    EXPECT_EQ(sheet.mistakes[0].row, start.empty() ? 3 : 4);
  }
  EXPECT_THAT(Read("reference,region\r\r\na,drenthe\r\r\n").people, SizeIs(1));
  EXPECT_THAT(Read("reference,region\r\na,dren\rthe\r\n").people, SizeIs(1));
}

TEST(ReadSheet, FindsAllMistakesAndSaysTheSameTwiceOnce) {
  const Sheet sheet = Read(
      "reference,region,level,skill,method,tempo\n"
      "a,drenthe,9,esco/1,x,80\n"
      "a,drenthe,,,,\n");
  EXPECT_THAT(sheet.mistakes, SizeIs(3));
}

TEST(ReadSheet, NeedsAFileWithAColumnForReferences) {
  TemporaryFolder folder;
  EXPECT_TRUE(absl::IsNotFound(ReadSheet("/nowhere", Language::kEnglish).status()));
  for (const char* text : {"", "region\ndrenthe\n", "reference,reference\n"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(
        ReadSheet(folder.Write("s.csv", text), Language::kEnglish).status()))
        << text;
  }
}

}  // namespace
}  // namespace passend::client
