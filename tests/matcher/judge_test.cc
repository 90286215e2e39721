// The parts without terms are those with terms: score, and the first cause, of each dimension.
#include "matcher/judge.h"

#include <gtest/gtest.h>

#include <string>

#include "matcher/combine.h"
#include "matcher/log_table.h"
#include "matcher/pace_fit.h"
#include "matcher/support_fit.h"
#include "matcher/wish_fit.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

template <typename Gates>
GateCause FirstOf(const Gates& gates) {
  // That nothing fits is told of the whole, not of a part.
  if (gates.empty() || gates.front().cause == GateCause::kNothingFits) return GateCause::kNone;
  return gates.front().cause;
}

TEST(Judge, SaysOfEachPartWhatThePlainScorerSays) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 31);
  const uint64_t rounds = NumberFrom("PASSEND_ROUNDS", 1'500);
  for (uint64_t seed = first; seed < first + rounds; ++seed) {
    SCOPED_TRACE("PASSEND_SEED=" + std::to_string(seed) + " PASSEND_ROUNDS=1");
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    const Policy& policy = world->basis.policy;
    const Work& work = world->work;
    const OfferedByLine offered = OffersOf(work);
    for (int i = 0; i < 20; ++i) {
      Person person = GeneratePerson(random, world->taxonomy, "passports/p");
      const PartVerdict wishes =
          JudgeWishes(policy.wishes, work, DistanceIsNoMatter(work), person.wishes);
      const WishFit plain_wishes = ScoreWishes(policy.wishes, work, person);
      ASSERT_EQ(wishes.score, plain_wishes.band().score);
      ASSERT_EQ(wishes.cause, FirstOf(plain_wishes.gates));

      const PartVerdict paces = JudgePaces(policy.pace, work, person.paces);
      const PaceFit plain_paces = ScorePace(policy.pace, work, person);
      ASSERT_EQ(paces.score, plain_paces.band.score);
      ASSERT_EQ(paces.cause, FirstOf(plain_paces.gates));

      person.support_known = true;
      const PartVerdict needs = JudgeNeeds(policy.support, offered, person.needs);
      const SupportFit plain_needs = ScoreSupport(policy.support, work, person);
      ASSERT_EQ(needs.score, plain_needs.band.score);
      ASSERT_EQ(needs.cause, FirstOf(plain_needs.gates));
    }
  }
}

// Sums are rounded once: a need of so few percents that one more in a sum would be seen.
TEST(Judge, RoundsSmallNeedsAsThePlainScorerDoes) {
  RandomSource random(NumberFrom("PASSEND_SEED", 32));
  Work work;
  Person person;
  person.support_known = true;
  for (int round = 0; round < 50'000; ++round) {
    SupportPolicy policy;
    policy.unmet = static_cast<BasisPoints>(random.Between(0, kWhole));
    person.needs = {{22, static_cast<int32_t>(random.Between(1, 9)), 0, false}};
    work.offers = {{22, static_cast<int32_t>(random.Between(1, 100)),
                    static_cast<int32_t>(random.Between(1, 100))}};
    ASSERT_EQ(JudgeNeeds(policy, OffersOf(work), person.needs).score,
              ScoreSupport(policy, work, person).band.score);
  }
}

// No loss above it has the score, and it has: nobody who belongs to the best is skipped.
TEST(Judge, KnowsTheMostThatMayBeLostForAScore) {
  for (BasisPoints score = 1; score <= kWhole; ++score) {
    ASSERT_GE(ScoreOf(LossMaxFor(score) / kWhole), score);
    ASSERT_LT(ScoreOf((LossMaxFor(score) + 1) / kWhole), score);
  }
}

TEST(Judge, WeighsSupportByWhatIsNeededOfAFullOne) {
  const SupportPolicy policy;
  EXPECT_EQ(LineWeight(policy, LineOf(22), 50), 5'000);
  EXPECT_EQ(LineWeight(policy, kGuidanceLine, policy.guidance_full_percent), 10'000);
}

}  // namespace
}  // namespace passend::matcher
