#include "service/client/rank_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/client/watch_changes.h"
#include "tests/service/client/message_from_text.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Style kEnglish{
    .language = Language::kEnglish, .unicode = true, .color = false, .width_columns = 90};
constexpr Style kDutchAscii{
    .language = Language::kDutch, .unicode = false, .color = false, .width_columns = 90};

constexpr char kCandidates[] = R"pb(
  candidates {
    rank: 1
    candidate: "c1"
    passport: "passports/1f3a"
    fit {
      outcome: FIT_OUTCOME_RANKED
      score: 84
      band: FIT_BAND_STRONG
      dimensions { dimension: DIMENSION_ABILITY score_basis_points: 8125 }
      dimensions { dimension: DIMENSION_WISHES score_basis_points: 10000 }
      dimensions { dimension: DIMENSION_PACE score_basis_points: 5000 }
      dimensions { dimension: DIMENSION_SUPPORT score_basis_points: 10000 }
      reasons: "Wants very much to work in a kitchen, and this is kitchen work with a fixed team."
      reasons: "The pace was measured at this kind of work."
    }
  }
  candidates {
    rank: 2
    candidate: "c2"
    passport: "passports/9c"
    fit {
      outcome: FIT_OUTCOME_TO_BE_ASKED
      question { text: "What can this person do?" }
    }
  }
  summary {
    considered: 352
    ranked: 41
    to_be_asked: 12
    exclusions { cause: GATE_CAUSE_HOURS count: 9 }
    exclusions { cause: GATE_CAUSE_TRAVEL count: 290 }
  }
  basis {
    policy: "policies/1"
    taxonomies: "taxonomies/esco@12"
    data_sequence: 77
    as_of_time { seconds: 1795219200 }
  }
)pb";

Labels Anna() {
  Labels labels;
  labels.Set("passports/1f3a", "anna");
  return labels;
}

TEST(CandidatesText, IsATableWithReasonsAndASummary) {
  EXPECT_EQ(CandidatesText(kEnglish, Anna(), FromText<v1::FindCandidatesResponse>(kCandidates)),
            R"(#  score  fit        ability  wishes  pace    support  who
1     84  strong     ████▉    ██████  ███     ██████   anna (passports/1f3a)
   Wants very much to work in a kitchen, and this is kitchen work with a fixed team.
   The pace was measured at this kind of work.
2      ?  ask first                                    passports/9c
   Ask: What can this person do?

looked at 352 · ranked 41 · ask first 12 · excluded 299 (travel 290, hours 9)
policy policies/1, taxonomies taxonomies/esco@12, data 77, certainty as of 2026-11-21
)");
}

TEST(CandidatesText, SpeaksDutchAndDrawsAscii) {
  EXPECT_EQ(
      CandidatesText(kDutchAscii, Labels(), FromText<v1::FindCandidatesResponse>(kCandidates)),
      R"(#  score  past          kunnen  willen  tempo   steun   wie
1     84  sterk         #####   ######  ###     ######  passports/1f3a
   Wants very much to work in a kitchen, and this is kitchen work with a fixed team.
   The pace was measured at this kind of work.
2      ?  eerst vragen                                  passports/9c
   Vraag: What can this person do?

bekeken 352 - gerangschikt 41 - eerst vragen 12 - uitgesloten 299 (reizen 290, uren 9)
beleid policies/1, taxonomieën taxonomies/esco@12, gegevens 77, zekerheid op 2026-11-21
)");
}

TEST(CandidatesText, AsksAQuestionOnce) {
  const auto response = FromText<v1::FindCandidatesResponse>(R"pb(
    candidates {
      rank: 1
      passport: "passports/1"
      fit {
        outcome: FIT_OUTCOME_RANKED
        score: 84
        reasons: "Could be more certain: Clean. Question: How well does this go now: Clean?"
        question { text: "How well does this go now: Clean?" }
      }
    }
    candidates {
      rank: 2
      passport: "passports/2"
      fit {
        outcome: FIT_OUTCOME_RANKED
        score: 80
        reasons: "Not known yet: how many hours."
        question { text: "How many hours?" }
      }
    }
  )pb");
  const std::string text = CandidatesText(kEnglish, Labels(), response);
  EXPECT_THAT(text, HasSubstr("   Could be more certain: Clean. Question: How well does this go "
                              "now: Clean?\n2 "));
  EXPECT_THAT(text, HasSubstr("   Not known yet: how many hours.\n   Ask: How many hours?\n"));
}

TEST(CandidatesText, SaysThatNobodyIsThere) {
  const std::string text = CandidatesText(kEnglish, Labels(), v1::FindCandidatesResponse());
  EXPECT_TRUE(text.starts_with("Nobody to show for this task.\n\nlooked at 0")) << text;
}

TEST(CandidatesText, ShowsEmployersBandsAndReasons) {
  const auto response = FromText<v1::FindCandidatesResponse>(R"pb(
    candidates {
      rank: 1
      candidate: "c1"
      view { band: FIT_BAND_GOOD reasons: "Can do this: weeding." }
    }
    candidates {
      rank: 3
      candidate: "c2"
      view { to_be_asked: true }
    }
    employer_list {
      considered { at_least: 350 }
      offer { text: "What you offer is enough." }
    }
    basis {
      policy: "policies/1"
      as_of_time { seconds: 1795219200 }
    }
  )pb");
  const std::string text = CandidatesText(kEnglish, Labels(), response);
  EXPECT_THAT(text, HasSubstr("good"));
  EXPECT_THAT(text, HasSubstr("c1"));
  EXPECT_THAT(text, HasSubstr("Can do this: weeding."));
  EXPECT_THAT(text, HasSubstr("ask first"));
  EXPECT_THAT(text, HasSubstr("What you offer is enough."));
  EXPECT_THAT(text, HasSubstr("looked at 350+"));
  EXPECT_THAT(text, testing::Not(HasSubstr("ranked")));
}

TEST(TasksText, ShowsWhatIsNearestAndWhatWouldOpenIt) {
  const auto response = FromText<v1::FindTasksResponse>(R"pb(
    nearest {
      task: "tasks/garden"
      title: "Neighbourhood garden"
      fit {
        outcome: FIT_OUTCOME_EXCLUDED
        gates { cause: GATE_CAUSE_TRAVEL reason: "It is 50 minutes away." lift: "Transport." }
      }
    }
    summary {
      considered: 1
      exclusions { cause: GATE_CAUSE_TRAVEL count: 1 }
    }
  )pb");
  EXPECT_EQ(TasksText(kEnglish, response),
            R"(No open task to show for this person.

Nearest, with what would open them:
#  score  fit       ability  wishes  pace  support  what
       -  excluded                                  Neighbourhood garden (tasks/garden)
   It is 50 minutes away.
   What would open it: Transport.

looked at 1 · ranked 0 · ask first 0 · excluded 1 (travel 1)
policy , taxonomies -, data 0, certainty as of -
)");
}

TEST(CandidateName, IsTheReferenceWhereThePassportIsNotTold) {
  v1::Candidate candidate;
  candidate.set_candidate("c1");
  EXPECT_EQ(CandidateName(Anna(), candidate), "c1");
  candidate.set_passport("passports/1f3a");
  EXPECT_EQ(CandidateName(Anna(), candidate), "anna (passports/1f3a)");
}

TEST(ChangesBetween, TellsWhoCameMovedScoredAndWent) {
  const auto before = FromText<v1::FindCandidatesResponse>(R"pb(
    candidates {
      rank: 1
      candidate: "a"
      fit { outcome: FIT_OUTCOME_RANKED score: 80 }
    }
    candidates {
      rank: 2
      candidate: "b"
      fit { outcome: FIT_OUTCOME_RANKED score: 70 }
    }
    candidates {
      rank: 3
      candidate: "c"
      fit { outcome: FIT_OUTCOME_RANKED score: 60 }
    }
  )pb");
  const auto after = FromText<v1::FindCandidatesResponse>(R"pb(
    candidates {
      rank: 1
      candidate: "b"
      fit { outcome: FIT_OUTCOME_RANKED score: 90 }
    }
    candidates {
      rank: 2
      candidate: "a"
      fit { outcome: FIT_OUTCOME_RANKED score: 80 }
    }
    candidates {
      rank: 3
      candidate: "d"
      fit { outcome: FIT_OUTCOME_TO_BE_ASKED }
    }
  )pb");
  EXPECT_THAT(ChangesBetween(kEnglish, Labels(), before, after),
              ElementsAre("b: from 2 to 1", "b: score from 70 to 90", "a: from 1 to 2",
                          "d: new at 3", "gone: c"));
  EXPECT_THAT(ChangesBetween(kEnglish, Labels(), after, after), IsEmpty());
}

}  // namespace
}  // namespace passend::client
