// An employer who moves its task over the map, or turns its conditions on and off, must not find
// out where somebody lives or what they never want; and would, without the limits on employers'
// lists, and if employers were answered as operators are.
//
// With the defences on the attacker is told who is behind every reference, and knows the homes of
// half of the people. PASSEND_SEED gives another population.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/errors/error_status.h"
#include "tests/matcher/random_source.h"
#include "tests/service/match/match_world.h"
#include "tests/service/probing/attacker.h"

namespace passend::service {
namespace {

using matcher::RandomSource;

constexpr uint64_t kSeed = 20261122;
constexpr char kEmployer[] = "prober";
constexpr int kThemes = 16;
constexpr int kFirst = v1::WORK_FEATURE_OUTDOORS;
constexpr int kConditions = 18;
// 33 by 34 km.
constexpr int kSouth = 5190;
constexpr int kNorth = 5220;
constexpr int kWest = 410;
constexpr int kEast = 460;

struct Point {
  double north = 0;  // km
  double east = 0;
};

Point PointAt(double latitude, double longitude) {
  constexpr double kNorthKm = 1.112;
  constexpr double kEastKm = 0.685;
  return {(latitude - kSouth) * kNorthKm, (longitude - kWest) * kEastKm};
}

double Between(Point a, Point b) { return std::hypot(a.north - b.north, a.east - b.east); }

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

Point Middle(const std::vector<Point>& points) {
  Point sum;
  for (const Point& point : points) {
    sum.north += point.north / static_cast<double>(points.size());
    sum.east += point.east / static_cast<double>(points.size());
  }
  return sum;
}

struct Hider {
  Point home;
  std::set<int> wants;
  std::set<int> avoids;
  std::set<int> never;
};

enum class Nevers { kNone, kSome };

v1::Passport DrawHider(RandomSource& random, size_t number, Nevers nevers, Hider& hider) {
  v1::Passport passport = AGardener(absl::StrFormat("p%05d", number));
  passport.mutable_wishes()->clear_features();
  const auto wish = [&](int feature, v1::Attitude attitude, std::set<int>& noted) {
    v1::Wish& added = *passport.mutable_wishes()->add_features();
    added.set_feature(static_cast<v1::WorkFeature>(feature));
    added.set_attitude(attitude);
    if (attitude != v1::ATTITUDE_NEVER) added.set_strength(static_cast<int>(random.Between(1, 3)));
    noted.insert(feature);
  };
  const auto draw = [&](int feature, int wants) {
    const auto drawn = random.Between(1, 100);
    if (drawn <= wants) {
      wish(feature, v1::ATTITUDE_WANTS, hider.wants);
    } else if (drawn <= wants + 10) {
      wish(feature, v1::ATTITUDE_AVOIDS, hider.avoids);
    } else if (drawn <= wants + 18 && nevers == Nevers::kSome) {
      wish(feature, v1::ATTITUDE_NEVER, hider.never);
    }
  };
  for (int theme = 1; theme <= kThemes; ++theme) draw(theme, 30);
  for (int condition = 0; condition < kConditions; ++condition) draw(kFirst + condition, 20);
  v1::TravelLimit& travel = *passport.mutable_wishes()->mutable_travel();
  const auto latitude = static_cast<int>(random.Between(kSouth, kNorth));
  const auto longitude = static_cast<int>(random.Between(kWest, kEast));
  travel.mutable_home()->set_latitude_centidegrees(latitude);
  travel.mutable_home()->set_longitude_centidegrees(longitude);
  travel.set_minutes_max(static_cast<int>(random.Between(20, 45)));
  travel.set_means(v1::TRAVEL_MEANS_CYCLING);
  hider.home = PointAt(latitude, longitude);
  return passport;
}

// One question of the attacker, and what it saw of whom.
struct Answered {
  bool answered = false;
  std::map<size_t, v1::EmployerView> seen;  // by the number of the person
};

class CircumstanceAttackTest : public testing::Test {
 protected:
  CircumstanceAttackTest() { std::printf("seed: %llu\n", static_cast<unsigned long long>(seed_)); }

  void Fill(size_t people, Nevers nevers) {
    for (size_t number = 0; number < people; ++number) {
      Hider& hider = hiders_.emplace_back();
      world_.Put(DrawHider(random_, number, nevers, hider));
    }
  }

  // Not stored, without skills, of a region that makes it a kind of its own.
  static v1::Task TaskOf(int kind) {
    v1::Task task = AGardenTask("");
    task.clear_name();
    task.set_employer("employers/" + std::string(kEmployer));
    task.clear_required_skills();
    task.clear_features();
    task.mutable_place()->set_region(absl::StrCat("x", kind));
    return task;
  }
  static void MoveTo(v1::Task& task, int latitude, int longitude) {
    task.mutable_place()->clear_remote();
    task.mutable_place()->mutable_point()->set_latitude_centidegrees(latitude);
    task.mutable_place()->mutable_point()->set_longitude_centidegrees(longitude);
  }
  static v1::FindCandidatesRequest RequestOf(const v1::Task& task) {
    v1::FindCandidatesRequest request;
    *request.mutable_inline_task() = task;
    request.set_page_size(kMatchPageSizeMax);
    return request;
  }
  static size_t NumberOf(const std::string& passport) {
    return std::stoul(passport.substr(std::string("passports/p").size()));
  }

  Answered Ask(EmployerLists& lists, const v1::Task& task) {
    Answered asked;
    const auto answer = lists.Find(world_.CallOf(kEmployer), RequestOf(task));
    const v1::ErrorReason reason = ReasonOf(answer.status());
    if (reason == v1::ERROR_REASON_LIST_BUDGET || reason == v1::ERROR_REASON_INVALID_FIELD) {
      return asked;
    }
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (!answer.ok()) return asked;
    asked.answered = !answer->response.employer_list().outdated();
    for (size_t at = 0; at < answer->passports.size(); ++at) {
      asked.seen[NumberOf(answer->passports[at])] =
          answer->response.candidates(static_cast<int>(at)).view();
    }
    return asked;
  }
  // As an operator is answered. Who it is, is told; nothing else is looked at.
  Answered AskOpenly(const v1::Task& task) {
    Answered asked;
    const auto answer = world_.candidates().Find(world_.Call(), RequestOf(task));
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (!answer.ok()) return asked;
    asked.answered = true;
    for (const v1::Candidate& candidate : answer->candidates()) {
      asked.seen[NumberOf(candidate.passport())] = {};
    }
    return asked;
  }

  const uint64_t seed_ = matcher::NumberFrom("PASSEND_SEED", kSeed);
  RandomSource random_{seed_};
  MatchWorld world_;
  std::vector<Hider> hiders_;
};

// A list at each of 15 by 16 points, 4 of a kind. Who is in it is known by the wishes that are met:
// 28 features tell everybody apart. The home is the middle of the points where somebody shows.
TEST_F(CircumstanceAttackTest, FindsHomesWithoutDefences) {
  Fill(600, Nevers::kNone);
  EmployerLists lists(world_.store(), world_.parts(),
                      {.places_max = 1'000, .times_max = 1'000, .features_max = 40});
  std::map<std::string, std::vector<Point>> shown;
  std::map<std::string, std::set<size_t>> behind;
  for (int number = 0; number < 240; ++number) {
    v1::Task task = TaskOf(number / 4);
    for (int theme = 1; theme <= kThemes; ++theme) {
      task.add_features(static_cast<v1::WorkFeature>(theme));
    }
    for (int condition = 0; condition < 12; ++condition) {
      task.add_features(static_cast<v1::WorkFeature>(kFirst + condition));
    }
    const int latitude = kSouth + (kNorth - kSouth) * (number / 16) / 14;
    const int longitude = kWest + (kEast - kWest) * (number % 16) / 15;
    MoveTo(task, latitude, longitude);
    for (const auto& [person, view] : Ask(lists, task).seen) {
      std::string fingerprint;
      for (const int feature : view.wishes_met()) absl::StrAppend(&fingerprint, feature, ",");
      shown[fingerprint].push_back(PointAt(latitude, longitude));
      behind[fingerprint].insert(person);
    }
  }
  std::vector<double> missed;
  size_t within = 0;
  for (const auto& [fingerprint, points] : shown) {
    for (const size_t person : behind[fingerprint]) {
      missed.push_back(Between(Middle(points), hiders_[person].home));
      within += missed.back() < 1 ? 1 : 0;
    }
  }
  const double share = static_cast<double>(within) / static_cast<double>(hiders_.size());
  std::printf("homes, defences off: median %.2f km; within 1 km: %.3f of %zu people\n",
              Median(missed), share, hiders_.size());
  EXPECT_LT(Median(missed), 1.0);
  EXPECT_GT(share, 0.5);
}

// All lists that the budget allows, at the places that it allows: with all themes and hours, so
// that bands tell of distance as well. The homes of every other person are known; each other home
// is guessed as the middle of the ten people who were seen most alike.
TEST_F(CircumstanceAttackTest, FindsNoHomesWithDefences) {
  constexpr size_t kPlaces = 6;
  using Places = std::array<std::array<int, 2>, kPlaces>;
  const std::vector<std::pair<std::string, Places>> layouts = {
      {"all over the region",
       {{{5197, 418}, {5197, 435}, {5197, 452}, {5212, 418}, {5212, 435}, {5212, 452}}}},
      {"close together",
       {{{5203, 430}, {5203, 435}, {5203, 440}, {5207, 430}, {5207, 435}, {5207, 440}}}}};
  Fill(2'000, Nevers::kNone);
  for (const auto& [layout, places] : layouts) {
    EmployerLists lists(world_.store(), world_.parts());
    struct Seen {
      std::array<double, 2 * kPlaces> what{};  // by place: share of lists, mean of bands
      bool at_all = false;
    };
    std::vector<Seen> seen(hiders_.size());
    size_t answers = 0;
    size_t refused = 0;
    for (int number = 0; number < 240; ++number) {
      v1::Task task = TaskOf(0);
      // Each kind is asked about at four of the places.
      const size_t place = static_cast<size_t>(number + number / 12 * 4) % kPlaces;
      MoveTo(task, places[place][0], places[place][1]);
      const int kind = number / 4;
      task.add_features(static_cast<v1::WorkFeature>(1 + kind % kThemes));
      task.add_features(
          static_cast<v1::WorkFeature>(1 + (kind % kThemes + 1 + kind / kThemes) % kThemes));
      task.mutable_hours()->set_start_weekly_hours(8 + kind % 4 * 4);
      const Answered answer = Ask(lists, task);
      ++(answer.answered ? answers : refused);
      for (const auto& [person, view] : answer.seen) {
        seen[person].at_all = true;
        seen[person].what[place] += 6.0 / 240;
        seen[person].what[kPlaces + place] += 6.0 / 240 * static_cast<int>(view.band());
      }
    }
    EXPECT_EQ(answers, 240u) << refused;
    v1::Task beyond = TaskOf(0);
    beyond.add_features(v1::WORK_FEATURE_GREEN);
    MoveTo(beyond, 5200, 400);
    EXPECT_FALSE(Ask(lists, beyond).answered) << "a seventh place";

    std::vector<Point> known;
    for (size_t person = 0; person < seen.size(); person += 2) {
      if (seen[person].at_all) known.push_back(hiders_[person].home);
    }
    const Point middle = Middle(known);
    std::vector<double> missed;
    std::vector<double> missed_by_middle;
    size_t within = 0;
    for (size_t person = 1; person < seen.size(); person += 2) {
      if (!seen[person].at_all) continue;
      std::vector<std::pair<double, size_t>> alike;
      for (size_t other = 0; other < seen.size(); other += 2) {
        if (!seen[other].at_all) continue;
        double apart = 0;
        for (size_t at = 0; at < 2 * kPlaces; ++at) {
          apart += std::pow(seen[person].what[at] - seen[other].what[at], 2);
        }
        alike.emplace_back(apart, other);
      }
      const size_t nearest = std::min<size_t>(10, alike.size());
      std::partial_sort(alike.begin(), alike.begin() + static_cast<long>(nearest), alike.end());
      std::vector<Point> homes;
      for (size_t at = 0; at < nearest; ++at) homes.push_back(hiders_[alike[at].second].home);
      missed.push_back(Between(Middle(homes), hiders_[person].home));
      missed_by_middle.push_back(Between(middle, hiders_[person].home));
      within += missed.back() < 1 ? 1 : 0;
    }
    std::printf(
        "homes, defences on, %s: median %.2f km; middle: %.2f km; within 1 km: %.3f of %zu "
        "people\n",
        layout.c_str(), Median(missed), Median(missed_by_middle),
        static_cast<double>(within) / static_cast<double>(missed.size()), missed.size());
    EXPECT_GT(missed.size(), 100u);
    // That somebody can get there by bicycle is told, and not much more.
    EXPECT_GT(Median(missed), 1.5);
    EXPECT_LT(static_cast<double>(within) / static_cast<double>(missed.size()), 0.15);
    world_.Advance(absl::Hours(24 * 31));
  }
}

// The task without a feature and with each one: over all people who are in some list and all of
// these features, how well what changes tells who never wants it, or avoids it.
struct Told {
  double never;
  double avoids;
};
template <typename AskOne>
Told Guess(const std::vector<Hider>& hiders, int first, int count, const v1::Task& base,
           const AskOne& ask) {
  const Answered without = ask(base);
  std::vector<Answered> with;
  std::set<size_t> people;
  for (const auto& [person, view] : without.seen) people.insert(person);
  for (int at = 0; at < count; ++at) {
    v1::Task task = base;
    task.add_features(static_cast<v1::WorkFeature>(first + at));
    if (at > 0) task.mutable_place()->set_region(absl::StrCat("x", 10 + at / 4));
    with.push_back(ask(task));
    EXPECT_TRUE(with.back().answered) << "feature " << first + at;
    for (const auto& [person, view] : with.back().seen) people.insert(person);
  }
  // Of three strategies: who disappears; whose band falls; who does not want it, as wishes tell.
  std::array<std::vector<double>, 4> guesses;
  std::vector<bool> never;
  std::vector<bool> avoids;
  for (const size_t person : people) {
    for (int at = 0; at < count; ++at) {
      const auto& seen = with[static_cast<size_t>(at)].seen;
      const auto now = seen.find(person);
      const auto before = without.seen.find(person);
      const double gone = before != without.seen.end() && now == seen.end() ? 1 : 0;
      const bool both = before != without.seen.end() && now != seen.end();
      const double fell = both ? now->second.band() - before->second.band() : 0;
      double wanted = 0;
      if (now != seen.end()) {
        const auto& met = now->second.wishes_met();
        wanted = std::find(met.begin(), met.end(), first + at) == met.end() ? 0 : 1;
      }
      guesses[0].push_back(gone);
      guesses[1].push_back(fell);
      guesses[2].push_back(-wanted);
      guesses[3].push_back(4 * gone + fell - 2 * wanted);
      never.push_back(hiders[person].never.contains(first + at));
      avoids.push_back(hiders[person].avoids.contains(first + at));
    }
  }
  Told told{0.5, 0.5};
  for (const auto& guess : guesses) {
    const double of_never = AreaUnderCurve(guess, never);
    const double of_avoids = AreaUnderCurve(guess, avoids);
    told.never = std::max({told.never, of_never, 1 - of_never});
    told.avoids = std::max({told.avoids, of_avoids, 1 - of_avoids});
  }
  return told;
}

TEST_F(CircumstanceAttackTest, FindsNeversWithoutDefences) {
  Fill(180, Nevers::kSome);
  const Told told =
      Guess(hiders_, kFirst, 16, TaskOf(0), [&](const v1::Task& task) { return AskOpenly(task); });
  std::printf("never, defences off: AUC %.3f\n", told.never);
  EXPECT_GT(told.never, 0.9);
}

TEST_F(CircumstanceAttackTest, FindsNoNeversOfConditionsWithDefences) {
  Fill(180, Nevers::kSome);
  const auto ask = [&](const v1::Task& task) { return Ask(world_.employers(), task); };
  const Told conditions = Guess(hiders_, kFirst, 16, TaskOf(0), ask);
  std::printf("never, defences on, conditions: AUC %.3f (avoids: %.3f)\n", conditions.never,
              conditions.avoids);
  EXPECT_LT(conditions.never, 0.7);
  world_.Advance(absl::Hours(24 * 31));
  const Told themes = Guess(hiders_, 1, kThemes, TaskOf(0), ask);
  // What is left: whoever never wants a theme is in no list of it.
  std::printf("never, defences on, themes: AUC %.3f (avoids: %.3f)\n", themes.never, themes.avoids);
}

}  // namespace
}  // namespace passend::service
