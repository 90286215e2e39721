#include "matcher/plain_check.h"

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "matcher/match_index.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

RankOptions Limit(size_t limit) {
  RankOptions options;
  options.limit = limit;
  options.seed = "s";
  return options;
}

// More than two pieces of people and of work, in three regions.
class PlainCheckTest : public testing::Test {
 protected:
  PlainCheckTest()
      : world_(GenerateWorld(random_)),
        index_(
            std::shared_ptr<const Taxonomy>(std::shared_ptr<const Taxonomy>(), &world_->taxonomy)) {
    for (int number = 0; number < 9'000; ++number) {
      people_.push_back(
          GeneratePerson(random_, world_->taxonomy, "passports/p" + std::to_string(number)));
      works_.push_back(GenerateWork(random_, world_->taxonomy, "tasks/t" + std::to_string(number)));
      index_.PutPerson(people_.back());
      index_.PutWork(works_.back());
    }
    asked_ = people_.front();
  }

  RandomSource random_{NumberFrom("PASSEND_SEED", 1)};
  std::unique_ptr<GeneratedWorld> world_;
  MatchIndex index_;
  std::vector<Person> people_;
  std::vector<Work> works_;
  Person asked_;
};

TEST_F(PlainCheckTest, IsThePlainAlgorithmOverEverybody) {
  const ReferenceScorer scorer(world_->basis, world_->work);
  for (const size_t limit : {size_t{0}, size_t{1}, size_t{50}, size_t{1'000}, size_t{20'000}}) {
    SCOPED_TRACE(limit);
    EXPECT_EQ(*RankPeoplePlainly(world_->basis, world_->work, Limit(limit), index_.GetSnapshot()),
              RankPlainly(scorer, people_, "s", limit));
    EXPECT_EQ(*RankWorksPlainly(world_->basis, asked_, Limit(limit), index_.GetSnapshot()),
              RankWorkPlainly(world_->basis, works_, asked_, "s", limit));
  }
}

TEST_F(PlainCheckTest, LooksAtTheAskedRegionsOnly) {
  RankOptions options = Limit(100);
  options.regions = {people_.front().region};
  std::vector<Person> people;
  for (const Person& person : people_) {
    if (person.region == options.regions[0]) people.push_back(person);
  }
  EXPECT_EQ(*RankPeoplePlainly(world_->basis, world_->work, options, index_.GetSnapshot()),
            RankPlainly(ReferenceScorer(world_->basis, world_->work), people, "s", 100));
}

TEST_F(PlainCheckTest, EndsWhenNobodyWaits) {
  RankOptions options = Limit(10);
  int asked = 0;
  options.cancelled = [&asked] { return ++asked == 1; };
  EXPECT_EQ(
      RankPeoplePlainly(world_->basis, world_->work, options, index_.GetSnapshot()).status().code(),
      absl::StatusCode::kCancelled);
  EXPECT_EQ(asked, 1);
  options.cancelled = [] { return true; };
  EXPECT_EQ(RankWorksPlainly(world_->basis, asked_, options, index_.GetSnapshot()).status().code(),
            absl::StatusCode::kCancelled);
}

TEST(DifferencesOf, NamesWhatDiffers) {
  Ranking plain;
  plain.counts.considered = 4;
  plain.counts.ranked = 2;
  plain.counts.to_be_asked = 1;
  plain.counts.excluded[1] = 1;
  plain.list = {{"a", Outcome::kRanked, 9'000},
                {"b", Outcome::kRanked, 8'000},
                {"c", Outcome::kToBeAsked, 0}};
  EXPECT_THAT(DifferencesOf(plain, plain), IsEmpty());

  Ranking other = plain;
  std::swap(other.list[0], other.list[1]);
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("order"));
  other = plain;
  other.list[0].score = 8'999;
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("scores"));
  other = plain;
  other.list[2].outcome = Outcome::kRanked;
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("outcomes"));
  other = plain;
  other.list[2].name = "d";
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("list"));
  other = plain;
  other.list.pop_back();
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("list"));
  EXPECT_THAT(DifferencesOf(plain, other), ElementsAre("list"));
  other = plain;
  other.list[1] = other.list[0];
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("list"));
  other = plain;
  std::swap(other.counts.excluded[1], other.counts.excluded[2]);
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("exclusion counts"));
  other = plain;
  ++other.counts.considered;
  ++other.counts.to_be_asked;
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("considered"));
  other.list[0].score = 1;
  EXPECT_THAT(DifferencesOf(other, plain), ElementsAre("considered", "scores"));
}

}  // namespace
}  // namespace passend::matcher
