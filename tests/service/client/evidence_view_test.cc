#include "service/client/evidence_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/client/message_from_text.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr Style kDutch{
    .language = Language::kDutch, .unicode = true, .color = false, .width_columns = 90};
constexpr Style kEnglish{
    .language = Language::kEnglish, .unicode = true, .color = false, .width_columns = 90};

constexpr char kDue[] = R"pb(
  items {
    kind: DUE_KIND_RENEW
    skill_label: "soep koken"
    validation: "passports/1f/validations/a"
    value_basis_points: 1850
    reason: "Vernieuw 'soep koken'."
  }
  items { kind: DUE_KIND_FIND_OUT value_basis_points: 420 reason: "Nog niet bekend: de uren." }
  total_size: 4
  tasks_considered: 12
)pb";

TEST(DueText, SaysWhatToDoFirstAndWhatItMayChange) {
  EXPECT_EQ(DueText(kDutch, FromText<v1::ListDueResponse>(kDue)),
            R"(   punten  wat
1      18  vernieuwen: soep koken
           Vernieuw 'soep koken'.
           passports/1f/validations/a
2       4  uitzoeken
           Nog niet bekend: de uren.
2 van 4, afgezet tegen 12 open taken.
)");
}

TEST(DueText, SaysThatThereIsNothing) {
  EXPECT_EQ(DueText(kEnglish, {}), "There is nothing to renew or to find out now.\n");
}

TEST(ProposalsText, ShowsWhatWasFlaggedAndWhyItWasDone) {
  const auto proposals = FromText<v1::ListProposalsResponse>(R"pb(
    proposals {
      task: "tasks/soup"
      proposer: "coaches/delft/c-7"
      propose_time { seconds: 1795219200 }
      score: 61
      flags { flag: FIT_FLAG_SKILL_TO_BE_LEARNT skill: "taxonomies/t/concepts/cook" }
      flags { flag: FIT_FLAG_ESSENTIAL_SUPPORT_UNKNOWN }
      motivation: "Begins with a mentor."
    }
  )pb");
  const std::string text = ProposalsText(kEnglish, proposals);
  EXPECT_THAT(text, testing::HasSubstr("2026-11-21"));
  EXPECT_THAT(text, testing::HasSubstr("tasks/soup"));
  EXPECT_THAT(text, testing::HasSubstr("coaches/delft/c-7"));
  EXPECT_THAT(text, testing::HasSubstr("has to be learnt here: taxonomies/t/concepts/cook"));
  EXPECT_THAT(text, testing::HasSubstr("why: Begins with a mentor."));
}

TEST(ProposedText, ShowsReferencesAndOrganisations) {
  const auto proposed = FromText<v1::ListProposedCandidatesResponse>(R"pb(
    candidates {
      candidate: "0f"
      organisation: "coaches/delft"
      propose_time { seconds: 1795219200 }
    }
  )pb");
  EXPECT_EQ(ProposedText(kEnglish, proposed),
            R"(when        who  by
2026-11-21  0f   coaches/delft
)");
}

}  // namespace
}  // namespace passend::client
