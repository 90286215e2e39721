// An employer who asks about a thousand tasks must not find out what somebody needs; and would, if
// employers were answered as operators are.
//
// PASSEND_SEED gives another population and other tasks, PASSEND_PROBES another number of tasks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "service/errors/error_status.h"
#include "tests/service/probing/attacker.h"

namespace passend::service {
namespace {

constexpr uint64_t kSeed = 20261121;
constexpr size_t kPeople = 12'000;
constexpr uint64_t kProbes = 1'000;
constexpr double kAreaMax = 0.55;
constexpr double kAreaBites = 0.70;
constexpr char kEmployer[] = "prober";

size_t NumberOf(const std::string& passport) {
  return std::stoul(passport.substr(std::string("passports/p").size()));
}

// As an operator of this machine is answered, which is how employers were before there was a view
// of their own.
void AskOpenly(MatchWorld& world, const Probe& probe, Attacker& attacker) {
  v1::FindCandidatesRequest request;
  request.set_task(probe.task.name());
  request.set_page_size(kMatchPageSizeMax);
  const auto answer = world.candidates().Find(world.Call(), request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  std::vector<size_t> people;
  for (const v1::Candidate& candidate : answer->candidates()) {
    people.push_back(NumberOf(candidate.passport()));
  }
  attacker.See(probe, *answer, people);
}

void AskAsEmployer(MatchWorld& world, const Probe& probe, Attacker& attacker) {
  v1::FindCandidatesRequest request;
  request.set_task(probe.task.name());
  request.set_page_size(kMatchPageSizeMax);
  const auto answer = world.employers().Find(world.CallOf(kEmployer), request);
  if (ReasonOf(answer.status()) == v1::ERROR_REASON_LIST_BUDGET) return;
  ASSERT_TRUE(answer.ok()) << answer.status();
  std::vector<size_t> people;
  for (const std::string& passport : answer->passports) people.push_back(NumberOf(passport));
  attacker.See(probe, answer->response, people);
}

class ProbingAttackTest : public testing::Test {
 protected:
  ProbingAttackTest() {
    std::printf("seed: %llu\n", static_cast<unsigned long long>(seed_));
    attacker_ = std::make_unique<Attacker>(FillWithPeople(world_, random_, kPeople));
  }

  template <typename Ask>
  void Attack(Spread spread, const Ask& ask, absl::Duration pause = absl::ZeroDuration()) {
    for (int number = 0; number < static_cast<int>(probes_); ++number) {
      const Probe probe = MakeProbe(random_, spread, number, "employers/" + std::string(kEmployer));
      world_.Put(probe.task);
      ask(world_, probe, *attacker_);
      if (HasFatalFailure()) return;
      if ((number + 1) % 250 == 0) world_.Advance(pause);
    }
  }

  // The best that any strategy does for any secret.
  double Worst(const char* what) const {
    double worst = 0;
    std::string how;
    for (const Guessed& guess : attacker_->GuessAll()) {
      std::printf("%s, %s, %s: %.3f\n", what, guess.strategy.c_str(), NameOf(guess.secret),
                  guess.area);
      if (guess.area <= worst) continue;
      worst = guess.area;
      how = guess.strategy + ", " + NameOf(guess.secret);
    }
    std::printf("attack of %llu tasks, %s: AUC %.3f by %s; answers: %zu, people seen: %zu\n",
                static_cast<unsigned long long>(probes_), what, worst, how.c_str(),
                attacker_->answers(), attacker_->people_seen());
    return worst;
  }

  const uint64_t seed_ = matcher::NumberFrom("PASSEND_SEED", kSeed);
  const uint64_t probes_ = matcher::NumberFrom("PASSEND_PROBES", kProbes);
  matcher::RandomSource random_{seed_};
  MatchWorld world_;
  std::unique_ptr<Attacker> attacker_;
};

TEST_F(ProbingAttackTest, FindsOutWithoutDefences) {
  Attack(Spread::kAsManyAsThereAre, AskOpenly);
  EXPECT_GT(Worst("defences off"), kAreaBites);
}

TEST_F(ProbingAttackTest, FindsNothingOutFromNearlyTheSameTasks) {
  Attack(Spread::kNearlyTheSame, AskAsEmployer);
  EXPECT_EQ(attacker_->answers(), probes_);  // all are answered, with the same lists
  EXPECT_LE(Worst("defences on, nearly the same tasks"), kAreaMax);
}

TEST_F(ProbingAttackTest, FindsNothingOutFromAsManyKindsOfWorkAsThereAre) {
  Attack(Spread::kAsManyAsThereAre, AskAsEmployer);
  EXPECT_LT(attacker_->answers(), probes_);  // the budget is spent
  EXPECT_GT(attacker_->people_seen(), kPeople / 3);
  EXPECT_LE(Worst("defences on, different tasks"), kAreaMax);
}

TEST_F(ProbingAttackTest, FindsNothingOutWithPatience) {
  Attack(Spread::kAsManyAsThereAre, AskAsEmployer, absl::Hours(24 * 31));
  EXPECT_LE(Worst("defences on, four months"), kAreaMax);
}

// What an attacker would have to tell apart is the same to the last byte: a world in which people
// need what they need, and one in which nobody needs anything. Only what is said of the whole
// region differs.
TEST(ProbedAnswers, AreTheSameWhateverPeopleNeed) {
  const uint64_t seed = matcher::NumberFrom("PASSEND_SEED", kSeed);
  std::printf("seed: %llu\n", static_cast<unsigned long long>(seed));
  constexpr size_t kFewPeople = 2'000;
  constexpr int kFewProbes = 200;
  const auto answers = [&](Needing needing) {
    matcher::RandomSource random(seed);
    MatchWorld world;
    FillWithPeople(world, random, kFewPeople, needing);
    std::vector<std::string> bytes;
    for (int number = 0; number < kFewProbes; ++number) {
      const Probe probe = MakeProbe(random, Spread::kAsManyAsThereAre, number,
                                    "employers/" + std::string(kEmployer));
      world.Put(probe.task);
      v1::FindCandidatesRequest request;
      request.set_task(probe.task.name());
      request.set_page_size(kMatchPageSizeMax);
      auto answer = world.candidates().Find(world.CallOf(kEmployer), request);
      if (answer.ok()) answer->mutable_employer_list()->clear_offer();
      bytes.push_back(answer.ok() ? answer->SerializeAsString()
                                  : std::string(answer.status().message()));
    }
    return bytes;
  };
  const auto with_needs = answers(Needing::kAsDrawn);
  EXPECT_GT(with_needs.front().size(), 10'000u);  // there is somebody in the lists
  EXPECT_TRUE(with_needs == answers(Needing::kNothing));
}

TEST(AreaUnderCurve, IsTheChanceToTellTwoApart) {
  EXPECT_EQ(AreaUnderCurve({1, 2, 3, 4}, {false, false, true, true}), 1.0);
  EXPECT_EQ(AreaUnderCurve({4, 3, 2, 1}, {false, false, true, true}), 0.0);
  EXPECT_EQ(AreaUnderCurve({7, 7, 7, 7}, {false, true, true, false}), 0.5);
  EXPECT_EQ(AreaUnderCurve({1, 2, 2, 3}, {false, true, false, true}), 0.875);
  EXPECT_EQ(AreaUnderCurve({1, 2}, {true, true}), 0.5);
}

}  // namespace
}  // namespace passend::service
