// The printed passport, byte for byte as it was looked at and found good, and what never is on it.
//
// After a change that is meant: PASSEND_WRITE_PRINTED=1 portable_tests, then look at printed/*.html
// in a browser and on paper.
#include "service/portable/printed_passport.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "service/portable/printed_parts.h"
#include "service/portable/printed_text.h"
#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kPassport[] = R"(
  name: "passports/geheim"
  region: "midden-brabant"
  skills {
    skill: "taxonomies/t/concepts/soup" level: 4 certainty_basis_points: 9000
    validations {
      method: VALIDATION_METHOD_OBSERVED validator: "coaches/c-17" capacity: "jobcoach"
      place: "buurtkeuken De Pan" validate_time { seconds: 1777800000 }
    }
    validations {
      method: VALIDATION_METHOD_WORK_SAMPLE place: "<script>alert(1)</script> & 'zo'"
      validate_time { seconds: 1767200000 }
    }
    validations {
      method: VALIDATION_METHOD_REFERENCE capacity: "buurvrouw"
      validate_time { seconds: 1757200000 }
    }
    validations {
      method: VALIDATION_METHOD_SELF_DECLARED validate_time { seconds: 1747200000 }
    }
    validations {
      method: VALIDATION_METHOD_OBSERVED place: "hier niet" validate_time { seconds: 1747200000 }
      revoke_time { seconds: 1757200000 }
    }
  }
  skills {
    skill: "taxonomies/t/concepts/knife" level: 3 certainty_basis_points: 8000 disputed: true
    validations {
      method: VALIDATION_METHOD_FORMAL validator: "Vakschool" validate_time { seconds: 1737200000 }
      foreign_proof { issuer: "https://school.example.org" issuer_name: "Vakschool" }
    }
  }
  skills { skill: "taxonomies/t/concepts/guests" level: 5 certainty_basis_points: 100 }
  wishes {
    features { feature: WORK_FEATURE_KITCHEN attitude: ATTITUDE_WANTS strength: 3 }
    features { feature: WORK_FEATURE_TEAM attitude: ATTITUDE_WANTS strength: 1 }
    features { feature: WORK_FEATURE_TIME_PRESSURE attitude: ATTITUDE_AVOIDS strength: 2 }
    features { feature: WORK_FEATURE_HEIGHT attitude: ATTITUDE_NEVER }
    participation_forms: PARTICIPATION_FORM_BASIC_JOB
    hours { weekly_hours_min: 16 weekly_hours_max: 24 }
    schedule { blocks { day: WEEKDAY_MONDAY start_hour: 9 end_hour: 13 } }
    travel {
      home { latitude_centidegrees: 5156 longitude_centidegrees: 509 }
      minutes_max: 30 means: TRAVEL_MEANS_CYCLING
    }
  }
  paces {
    kind: WORK_KIND_KITCHEN tempo_percent: 80 minutes_at_a_stretch: 90 hours_per_day: 4
    days_per_week: 4 basis: PACE_BASIS_MEASURED place: "buurtkeuken De Pan"
  }
  support {
    needs {
      kind: SUPPORT_KIND_GUIDANCE solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR amount_percent: 20
      essential: true
    }
    needs { solution: SUPPORT_SOLUTION_ORGANISATIONAL_QUIET_PLACE brought_along_percent: 50 }
  }
)";

const PrintedLabels kLabels = {{"taxonomies/t/concepts/soup", "soep koken & uitdelen"},
                               {"taxonomies/t/concepts/knife", "met messen werken"},
                               {"taxonomies/t/concepts/guests", "gasten ontvangen"}};

v1::Passport Somebody() {
  v1::Passport passport;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kPassport, &passport));
  return passport;
}

absl::Time Today() { return absl::FromUnixSeconds(1'795'251'600); }  // 21 November 2026

std::string Printed(const v1::Passport& passport, const char* language, bool for_employer = false,
                    const std::string& name = "Anna", bool is_signed = true) {
  return PrintPassport(passport, kLabels, language, {name, for_employer, is_signed, Today()});
}

void ExpectAsLookedAt(const std::string& page, const std::string& file) {
  const std::string path = std::string(PASSEND_PRINTED) + "/" + file;
  if (std::getenv("PASSEND_WRITE_PRINTED") != nullptr) std::ofstream(path) << page;
  std::ifstream there(path);
  const std::string text{std::istreambuf_iterator<char>(there), std::istreambuf_iterator<char>()};
  EXPECT_EQ(page, text) << file;
}

TEST(PrintedPassportTest, PromisesSignaturesOnlyWhereThereAreSome) {
  EXPECT_THAT(Printed(Somebody(), "nl"), HasSubstr("ondertekend.</p>"));
  EXPECT_THAT(Printed(Somebody(), "nl"), HasSubstr("handtekeningen gelden elders zolang"));
  const std::string unsigned_page = Printed(Somebody(), "nl", false, "Anna", false);
  EXPECT_THAT(unsigned_page, Not(HasSubstr("digitale paspoort")));
  EXPECT_THAT(unsigned_page, Not(HasSubstr("handtekeningen")));
  EXPECT_THAT(unsigned_page, HasSubstr("Wat de niveaus betekenen"));
  ServiceWorld without_a_key;
  v1::ExportPassportRequest request;
  request.set_name(without_a_key.CreatePassport().name());
  request.set_format(v1::EXPORT_FORMAT_HTML);
  const auto page =
      without_a_key.Call<v1::ExportPassportResponse>("PassportService.ExportPassport", request);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(page->page(), Not(HasSubstr("digitale paspoort")));
}

TEST(PrintedPassportTest, IsAsItWasLookedAt) {
  ExpectAsLookedAt(Printed(Somebody(), "nl"), "passport_nl.html");
  ExpectAsLookedAt(Printed(Somebody(), "en"), "passport_en.html");
  ExpectAsLookedAt(Printed(Somebody(), "nl", true, ""), "for_employer_nl.html");
}

TEST(PrintedPassportTest, AnEmployerIsNotToldPaceAndSupport) {
  for (const char* language : {"nl", "en"}) {
    const std::string all = Printed(Somebody(), language);
    const std::string employer = Printed(Somebody(), language, true);
    EXPECT_THAT(all, HasSubstr("section class=\"best\""));
    EXPECT_THAT(all, HasSubstr("80 %"));
    EXPECT_THAT(employer, Not(HasSubstr("section class=\"best\"")));
    EXPECT_THAT(employer, Not(HasSubstr("mentor")));
    EXPECT_THAT(employer, Not(HasSubstr("80 %")));
    // Nothing tells that something was left out: it is the page of somebody who has none.
    v1::Passport without = Somebody();
    without.clear_paces();
    without.clear_support();
    EXPECT_EQ(employer, Printed(without, language));
  }
}

TEST(PrintedPassportTest, NeverTellsWhereSomebodyLivesOrWhatOnlySystemsRead) {
  const std::string page = Printed(Somebody(), "nl");
  for (const char* text : {"5156", "509", "51.56", "passports/", "geheim", "coaches/",
                           "taxonomies/", "hier niet", "WORK_", "METHOD_"}) {
    EXPECT_THAT(page, Not(HasSubstr(text)));
  }
}

TEST(PrintedPassportTest, FetchesAndRunsNothing) {
  const std::string page = Printed(Somebody(), "nl", false, "<img src=x onerror=alert(1)>");
  for (const char* text : {"<script", "<img", "<link", "<iframe", "url(", "@import", "href="}) {
    EXPECT_THAT(page, Not(HasSubstr(text)));
  }
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;zo&#39;"));
  EXPECT_THAT(page, HasSubstr("&lt;img src=x onerror=alert(1)&gt;"));
}

TEST(PrintedPassportTest, EveryTextIsEscaped) {
  const std::string wild = "<b>\"x\"&'y'\x01\x7f";
  EXPECT_EQ(Escaped(wild), "&lt;b&gt;&quot;x&quot;&amp;&#39;y&#39;  ");
  v1::Passport passport = Somebody();
  for (v1::PassportSkill& skill : *passport.mutable_skills()) {
    for (v1::Validation& validation : *skill.mutable_validations()) {
      validation.set_validator(wild);
      validation.set_capacity(wild);
      validation.set_place(wild);
      validation.mutable_foreign_proof()->set_issuer_name(wild);
    }
  }
  EXPECT_THAT(Printed(passport, "en", false, wild), Not(HasSubstr("<b>\"")));
}

TEST(PrintedPassportTest, LeavesALineForANameThatIsNotGiven) {
  EXPECT_THAT(Printed(Somebody(), "nl", false, ""), HasSubstr("Naam: <span>"));
  EXPECT_THAT(Printed(Somebody(), "en", false, ""), HasSubstr("Name: <span>"));
}

TEST(PrintedPassportTest, WhoHasNothingYetHasAPageToo) {
  const std::string page = Printed(v1::Passport(), "nl");
  EXPECT_THAT(page, HasSubstr("Vraag mij gerust wat ik kan."));
  EXPECT_THAT(page, Not(HasSubstr("section class=\"wishes\"")));
}

size_t Count(const std::string& text, const std::string& what) {
  size_t count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

v1::Passport WithSkills(int count) {
  v1::Passport passport = Somebody();
  for (int i = 0; i < count; ++i) {
    v1::PassportSkill& skill = *passport.add_skills();
    skill = passport.skills(0);
    skill.set_skill("taxonomies/t/concepts/" + std::to_string(i));
  }
  return passport;
}

TEST(PrintedPassportTest, TheFullestPassportStaysShort) {
  const std::string page = Printed(WithSkills(1'000), "nl");
  EXPECT_THAT(page, HasSubstr("<body class=\"close\">"));
  EXPECT_EQ(Count(page, "<article>"), kNarrowRoom.skills_in_full);
  const size_t named = Count(page, "</small>") - kNarrowRoom.skills_in_full;
  EXPECT_GT(named, 20u);
  EXPECT_THAT(page,
              HasSubstr("en nog " + std::to_string(1'003 - kNarrowRoom.skills_in_full - named) +
                        " andere vaardigheden, in het bestand van mijn paspoort"));
}

TEST(PrintedPassportTest, ACloserPageHasLessOfEachSkill) {
  // The most that stays wide, and one skill more.
  int skills = 0;
  while (Printed(WithSkills(skills + 1), "en").find("<body>") != std::string::npos) ++skills;
  const std::string wide = Printed(WithSkills(skills), "en");
  const std::string close = Printed(WithSkills(skills + 1), "en");
  EXPECT_THAT(skills, testing::AllOf(testing::Ge(6), testing::Le(16)));
  EXPECT_THAT(wide, HasSubstr("And written down once more"));
  EXPECT_THAT(close, HasSubstr("And written down 2 more times"));
}

TEST(PrintedPassportTest, WhatHasNoRoomIsSaidToBeInTheFile) {
  const std::string not_all = "Not everything fits on paper.";
  v1::Passport passport = Somebody();
  EXPECT_THAT(Printed(passport, "en"), HasSubstr(not_all)) << "one validation is only counted";
  passport.mutable_skills(0)->mutable_validations()->RemoveLast();
  passport.mutable_skills(0)->mutable_validations()->RemoveLast();
  EXPECT_THAT(Printed(passport, "en"), Not(HasSubstr(not_all))) << "all of it is there";
  v1::WeeklySchedule& schedule = *passport.mutable_wishes()->mutable_schedule();
  while (schedule.blocks_size() < 22) *schedule.add_blocks() = schedule.blocks(0);
  EXPECT_THAT(Printed(passport, "en"), HasSubstr("and one other time<"));
  *schedule.add_blocks() = schedule.blocks(0);
  EXPECT_THAT(Printed(passport, "en"), HasSubstr("and 2 other times<"));
  EXPECT_THAT(Printed(passport, "en"), HasSubstr(not_all));
  EXPECT_THAT(Printed(passport, "nl"), HasSubstr("Niet alles past op papier."));
}

TEST(PrintedPassportTest, AShortenedTextEndsInDotsThatNobodyCanWrite) {
  const std::string dots = "<span class=\"cut\">…</span>";
  EXPECT_EQ(Fitted("buurthuis", 9), "buurthuis");
  EXPECT_EQ(Fitted("buurthuis", 8), "buurthui" + dots);
  EXPECT_EQ(Fitted("coöperatie & co", 12), "coöperatie &amp;" + dots) << "letters, not bytes";
  EXPECT_EQ(Fitted("een twee", 4), "een" + dots);
  EXPECT_EQ(Fitted("ANNA", 8), "ANNA");
  EXPECT_EQ(Fitted("ANNA", 7), "ANN" + dots) << "a capital is as wide as two letters";
  EXPECT_EQ(Fitted("…", 2), "…");
  v1::Passport passport = WithSkills(40);
  const std::string longest(80, 'v');
  for (v1::PassportSkill& skill : *passport.mutable_skills()) {
    for (v1::Validation& validation : *skill.mutable_validations()) {
      validation.set_validator(longest);
    }
  }
  EXPECT_THAT(Printed(passport, "nl"), HasSubstr(longest.substr(0, kNarrowRoom.text_width) + dots));
  passport.mutable_skills()->DeleteSubrange(3, 40);
  EXPECT_THAT(Printed(passport, "nl"), HasSubstr(longest)) << "there is room";
}

TEST(PrintedPassportTest, IsWhatTheServiceGives) {
  PortableWorld portable;
  const std::string person = portable.world().CreatePassport(WholePassport()).name();
  portable.world().Record(person, kSweeping, 3);
  v1::ExportPassportRequest request;
  request.set_name(person);
  request.set_format(v1::EXPORT_FORMAT_HTML);
  request.set_display_name("Anna");
  const auto page =
      portable.world().Call<v1::ExportPassportResponse>("PassportService.ExportPassport", request);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(page->page(), HasSubstr("<h3>sweeping</h3>"));
  EXPECT_THAT(page->page(), HasSubstr("lang=\"nl\""));
  EXPECT_THAT(page->page(), HasSubstr("Zo werk ik het best"));
  EXPECT_THAT(page->page(), Not(HasSubstr(person)));
  for (const storage::Record& record : ContentsOf(portable.world().store()).records) {
    EXPECT_EQ(record.value.find("Anna"), std::string::npos) << "the name is kept nowhere";
  }
}

}  // namespace
}  // namespace passend::service
