#include "service/match/fit_band.h"

#include "gtest/gtest.h"

namespace passend::service {
namespace {

matcher::Fit Ranked(matcher::BasisPoints score) {
  matcher::Fit fit;
  fit.outcome = matcher::Outcome::kRanked;
  fit.band = {score, score, score};
  for (matcher::DimensionFit& part : fit.dimensions) {
    part.weight = 2'500;
    part.band = {score, score, score};
  }
  return fit;
}

TEST(BandOf, StrongAndGoodByTheScoreAlone) {
  EXPECT_EQ(BandOf(Ranked(10'000)), v1::FIT_BAND_STRONG);
  EXPECT_EQ(BandOf(Ranked(8'000)), v1::FIT_BAND_STRONG);
  EXPECT_EQ(BandOf(Ranked(7'999)), v1::FIT_BAND_GOOD);
  EXPECT_EQ(BandOf(Ranked(6'000)), v1::FIT_BAND_GOOD);
}

TEST(BandOf, BelowGoodItCountsWhetherPaceAndSupportAreAllThatIsShort) {
  matcher::Fit fit = Ranked(5'900);
  fit.dimensions[static_cast<int>(matcher::Dimension::kAbility)].band.score = 9'000;
  fit.dimensions[static_cast<int>(matcher::Dimension::kWishes)].band.score = 9'000;
  fit.dimensions[static_cast<int>(matcher::Dimension::kPace)].band.score = 3'000;
  EXPECT_EQ(BandOf(fit), v1::FIT_BAND_GOOD_WITH_ADJUSTMENTS);

  fit = Ranked(5'900);
  fit.dimensions[static_cast<int>(matcher::Dimension::kAbility)].band.score = 1'000;
  EXPECT_EQ(BandOf(fit), v1::FIT_BAND_CAN_GROW_INTO_IT);
}

TEST(BandOf, WhoIsNotRankedHasNone) {
  for (const auto outcome : {matcher::Outcome::kExcluded, matcher::Outcome::kToBeAsked}) {
    matcher::Fit fit = Ranked(9'000);
    fit.outcome = outcome;
    EXPECT_EQ(BandOf(fit), v1::FIT_BAND_UNSPECIFIED);
  }
}

}  // namespace
}  // namespace passend::service
