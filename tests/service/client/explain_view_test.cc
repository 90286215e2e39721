#include "service/client/explain_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/client/explain_terms.h"
#include "tests/service/client/message_from_text.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Style kEnglish{
    .language = Language::kEnglish, .unicode = true, .color = false, .width_columns = 90};

constexpr char kFit[] = R"pb(
  outcome: FIT_OUTCOME_RANKED
  score: 70
  score_basis_points: 7000
  score_low_basis_points: 5500
  score_high_basis_points: 8200
  band: FIT_BAND_GOOD
  loss: 337000000
  reasons: "Can do most of it."
  question { text: "How certain is preparing soup?" }
  dimensions {
    dimension: DIMENSION_ABILITY
    score_basis_points: 6500
    score_low_basis_points: 5000
    score_high_basis_points: 9000
    weight_basis_points: 3000
    loss: 122000000
    skills {
      required_skill: "taxonomies/esco/concepts/1"
      required_label: "prepare soup"
      required_level: 3
      learnable: true
      held_skill: "taxonomies/esco/concepts/2"
      held_label: "cook vegetables"
      relation: SKILL_RELATION_RELATED
      factor_basis_points: 5000
      level_hundredths: 250
      certainty_basis_points: 8000
      fit_basis_points: 6250
      method: VALIDATION_METHOD_OBSERVED
      age_days: 40
    }
    skills { required_skill: "taxonomies/esco/concepts/3" required_level: 1 learnable: true }
  }
  dimensions {
    dimension: DIMENSION_WISHES
    score_basis_points: 8000
    score_low_basis_points: 8000
    score_high_basis_points: 8000
    weight_basis_points: 3000
    loss: 63000000
    wishes { feature: WORK_FEATURE_KITCHEN attitude: ATTITUDE_WANTS strength: 3 met: true }
    wishes { feature: WORK_FEATURE_NOISE attitude: ATTITUDE_NEVER met: true }
    amounts {
      kind: AMOUNT_KIND_TRAVEL_MINUTES
      known: true
      has: 30
      asked: 20
      fit_basis_points: 9000
    }
  }
  dimensions {
    dimension: DIMENSION_PACE
    score_basis_points: 5000
    weight_basis_points: 2000
    loss: 131000000
    amounts { kind: AMOUNT_KIND_TEMPO_PERCENT asked: 80 fit_basis_points: 5000 }
    amounts {
      kind: AMOUNT_KIND_HOURS_PER_DAY
      known: true
      has: 4
      asked: 4
      fit_basis_points: 10000
      seen_at: WORK_KIND_KITCHEN
      basis: PACE_BASIS_MEASURED
    }
  }
  dimensions {
    dimension: DIMENSION_SUPPORT
    score_basis_points: 9300
    weight_basis_points: 2000
    loss: 21000000
    supports {
      solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR
      needed_percent: 15
      offered_percent_hundredths: 1250
      met_basis_points: 8333
      essential: true
    }
  }
)pb";

TEST(ExplainText, GoesToTheLastTerm) {
  EXPECT_EQ(ExplainText(kEnglish, "anna", "tasks/soup", FromText<v1::Fit>(kFit)),
            R"(anna and tasks/soup
70 · good · between 55 and 82
  0 ├────────────────────────────────▒▒▒▒▒▒▒▒▒●▒▒▒▒▒▒▒───────────┤ 100
  Can do most of it.
  Ask: How certain is preparing soup?

ability ██████▌     65 · between 50 and 90 · weight 30 %
  • prepare soup · asked: level 3 · can be learnt on the job · has level 2.5 · through
    cook vegetables (related, counts 50 %) · certainty 80 % · observed by a coach, 40 days
    ago → 63
  • taxonomies/esco/concepts/3 · asked: level 1 · can be learnt on the job · not held → 0

wishes  ████████    80 · between 80 and 80 · weight 30 %
  • wants: kitchen · strength 3 · met
  • never: noise · met
  • minutes of travel · has 30, asked 20 → 90

pace    █████       50 · between 0 and 0 · weight 20 %
  • tempo in percent · not known, asked 80 → 50
  • hours a day · has 4, asked 4 · measured · seen at kitchen → 100

support █████████▎  93 · between 0 and 0 · weight 20 %
  • mentor on the floor · needs 15 %, offered 12.5 % · essential → 83

What it costs       loss    share
ability        122000000   36.2 %
wishes          63000000  18.69 %
pace           131000000  38.87 %
support         21000000   6.23 %
together       337000000
100 x 2^-(337000000 / 655360000) = 70
)");
}

TEST(ExplainText, NamesGatesWithWhatWouldOpenThem) {
  auto fit = FromText<v1::Fit>(kFit);
  fit.set_outcome(v1::FIT_OUTCOME_EXCLUDED);
  v1::Gate& gate = *fit.add_gates();
  gate.set_cause(v1::GATE_CAUSE_SKILL_MISSING);
  gate.set_reason("Working safely is asked at level 3 and cannot be learnt there.");
  gate.set_lift("Level 3 of working safely.");
  const std::string text = ExplainText(kEnglish, "anna", "tasks/soup", fit);
  EXPECT_THAT(text, HasSubstr("Closed by\n"
                              "  ✗ skill: Working safely is asked at level 3 and cannot be learnt "
                              "there.\n"
                              "    What would open it: Level 3 of working safely.\n"));
  EXPECT_THAT(text, Not(HasSubstr("What it costs")));
}

TEST(ExplainText, SaysWhenTheLossesDoNotAddUp) {
  auto fit = FromText<v1::Fit>(kFit);
  fit.set_loss(fit.loss() + 1);
  EXPECT_THAT(ExplainText(kEnglish, "anna", "tasks/soup", fit),
              HasSubstr("The four losses come to 337000000 and the server says 337000001"));
}

TEST(Ratio, IsShortAndInTheLanguage) {
  EXPECT_EQ(Ratio(Language::kEnglish, 250, 100), "2.5");
  EXPECT_EQ(Ratio(Language::kDutch, 1255, 100), "12,55");
  EXPECT_EQ(Ratio(Language::kEnglish, 300, 100), "3");
  EXPECT_EQ(Ratio(Language::kEnglish, 205, 100), "2.05");
}

}  // namespace
}  // namespace passend::client
