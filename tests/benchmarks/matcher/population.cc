#include "tests/benchmarks/matcher/population.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace passend::matcher {
namespace {

constexpr int kConcepts = 13'939;
constexpr int kSkillsPerPerson = 20;
constexpr int kOccupations = 3'000;

double Fraction(RandomSource& random) {
  return static_cast<double>(random.Bits() >> 11) / static_cast<double>(uint64_t{1} << 53);
}

size_t Pick(const std::vector<double>& shares_up_to, double fraction) {
  const auto found = std::upper_bound(shares_up_to.begin(), shares_up_to.end(), fraction);
  return std::min(static_cast<size_t>(found - shares_up_to.begin()), shares_up_to.size() - 1);
}

std::string ConceptName(int number) {
  return "taxonomies/b/concepts/" + std::to_string(100'000 + number);
}

std::string IdOf(uint64_t seed, uint64_t number) {
  constexpr char kLetters[] = "0123456789abcdefghjkmnpqrstvwxyz";
  RandomSource random(seed ^ (number * 0x9e3779b97f4a7c15));
  std::string id;
  for (int letter = 0; letter < 26; ++letter) id += kLetters[random.Between(0, 31)];
  return id;
}

// Features that are wished for together.
constexpr std::array<std::array<int, 5>, 12> kLeanings = {{{1, 20, 2, 27, 40},
                                                           {2, 22, 31, 24, 9},
                                                           {3, 22, 30, 29, 42},
                                                           {4, 25, 26, 31, 40},
                                                           {5, 21, 23, 28, 41},
                                                           {6, 24, 28, 33, 42},
                                                           {7, 21, 23, 32, 41},
                                                           {8, 22, 30, 43, 24},
                                                           {9, 20, 27, 26, 46},
                                                           {10, 23, 24, 28, 33},
                                                           {11, 25, 29, 47, 44},
                                                           {1, 21, 23, 31, 45}}};

Week ScheduleOf(RandomSource& random) {
  Week week;
  const int64_t shape = random.Between(0, 5);
  for (int day = 0; day < 5; ++day) {
    if (random.Chance(15)) continue;
    if (shape <= 1) week.Add(day, 8, 17);
    if (shape == 2) week.Add(day, 9, 13);
    if (shape == 3) week.Add(day, 9, 15);
    if (shape == 4) week.Add(day, 13, 18);
    if (shape == 5) week.Add(day, 7, 16);
  }
  if (random.Chance(10)) week.Add(5, 9, 17);
  return week;
}

Validation ValidationOf(RandomSource& random) {
  const int64_t kind = random.Between(1, 100);
  const Method method = kind <= 45   ? Method::kSelfDeclared
                        : kind <= 60 ? Method::kReference
                        : kind <= 80 ? Method::kObserved
                        : kind <= 92 ? Method::kWorkSample
                                     : Method::kFormal;
  const int64_t age = random.Between(0, method == Method::kFormal ? 9'000 : 2'200);
  Validation validation{method,
                        static_cast<int8_t>(1 + (random.Between(0, 4) + random.Between(0, 4)) / 2),
                        static_cast<Day>(kBenchmarkDay - age),
                        {},
                        {}};
  if (random.Chance(3)) validation.expires = validation.validated + 1'826;
  return validation;
}

}  // namespace

Population::Population(uint64_t seed) : seed_(seed) {
  RandomSource random(seed);
  for (int number = 0; number < kConcepts; ++number) {
    Concept one{ConceptName(number), ConceptKind::kSkill, {}, {}, {}, 0, kOccupations};
    // Broader ones come first, and have some six narrower ones each.
    if (number >= 20) one.broader = {ConceptName(number / 6)};
    if (random.Chance(30)) {
      one.related = {ConceptName(static_cast<int>(random.Between(0, kConcepts - 1)))};
    }
    one.used_by_occupations =
        std::max(1, static_cast<int>(kOccupations / (1.0 + Fraction(random) * 400.0)));
    concepts_.push_back(std::move(one));
  }
  taxonomy_ = std::make_shared<const Taxonomy>(*Taxonomy::Compile(concepts_));

  skill_by_rank_.resize(kConcepts);
  std::iota(skill_by_rank_.begin(), skill_by_rank_.end(), 0u);
  for (size_t rank = kConcepts - 1; rank > 0; --rank) {
    std::swap(skill_by_rank_[rank],
              skill_by_rank_[static_cast<size_t>(random.Between(0, static_cast<int64_t>(rank)))]);
  }
  double sum = 0;
  for (int rank = 1; rank <= kConcepts; ++rank) skill_share_up_to_.push_back(sum += 1.0 / rank);
  for (double& share : skill_share_up_to_) share /= sum;

  sum = 0;
  for (int region = 0; region < kRegions; ++region) {
    const Place centre{static_cast<int32_t>(random.Between(5'080, 5'330)),
                       static_cast<int32_t>(random.Between(380, 690))};
    regions_.push_back({sum += 1.0 / (4.0 + region), centre});
  }
  double nearest = 1;
  double before = 0;
  for (int region = 0; region < kRegions; ++region) {
    Region& one = regions_[static_cast<size_t>(region)];
    one.share_up_to /= sum;
    const double off = std::abs(one.share_up_to - before - 1.0 / kRegions);
    if (off < nearest) {
      nearest = off;
      average_region_ = region;
    }
    before = one.share_up_to;
  }
}

std::string Population::RegionName(int region) {
  return "arbeidsmarktregio-" + std::to_string(region + 1);
}

ConceptIndex Population::SkillByRank(RandomSource& random) const {
  return skill_by_rank_[Pick(skill_share_up_to_, Fraction(random))];
}

int Population::RegionBy(RandomSource& random) const {
  const double fraction = Fraction(random);
  int region = 0;
  while (region + 1 < kRegions && regions_[static_cast<size_t>(region)].share_up_to <= fraction) {
    ++region;
  }
  return region;
}

Place Population::HomeIn(RandomSource& random, int region) const {
  // Denser towards the middle: the mean of two even draws.
  const auto off = [&](int64_t most) {
    return static_cast<int32_t>((random.Between(-most, most) + random.Between(-most, most)) / 2);
  };
  const Place& centre = regions_[static_cast<size_t>(region)].centre;
  return {centre.latitude_centidegrees + off(20), centre.longitude_centidegrees + off(30)};
}

std::vector<PersonSkill> Population::SkillsOf(RandomSource& random) const {
  std::vector<ConceptIndex> skills;
  while (skills.size() < kSkillsPerPerson) {
    const ConceptIndex skill = SkillByRank(random);
    if (std::find(skills.begin(), skills.end(), skill) == skills.end()) skills.push_back(skill);
  }
  std::sort(skills.begin(), skills.end());
  std::vector<PersonSkill> held;
  for (ConceptIndex skill : skills) {
    held.push_back({skill, {ValidationOf(random)}});
    if (random.Chance(8)) held.back().validations.push_back(ValidationOf(random));
  }
  return held;
}

Wishes Population::WishesOf(RandomSource& random, int region) const {
  Wishes wishes;
  if (!random.Chance(2)) {
    FeatureSet used = 0;
    const auto add = [&](int feature, FeatureSet& to) {
      const FeatureSet bit = FeatureSet{1} << feature;
      if ((used & bit) != 0) return;
      used |= bit;
      to |= bit;
    };
    const auto& leaning = kLeanings[static_cast<size_t>(random.Between(0, 11))];
    const auto& dislike = kLeanings[static_cast<size_t>(random.Between(0, 11))];
    for (int feature : leaning) {
      if (random.Chance(75)) add(feature, wishes.wants[static_cast<size_t>(random.Between(0, 2))]);
    }
    for (int feature : dislike) {
      if (random.Chance(35)) add(feature, wishes.avoids[static_cast<size_t>(random.Between(0, 2))]);
    }
    if (random.Chance(15)) add(static_cast<int>(random.Between(20, 47)), wishes.never);
  }
  if (!random.Chance(2)) {
    wishes.forms = static_cast<FormSet>(random.Bits() & 0xffe) | 0x40;
  }
  if (!random.Chance(2)) {
    constexpr std::array<int32_t, 7> kHours = {12, 16, 20, 24, 28, 32, 40};
    wishes.weekly_hours_max = kHours[static_cast<size_t>(random.Between(0, 6))];
    wishes.weekly_hours_min = static_cast<int32_t>(random.Between(2, 8));
  }
  if (!random.Chance(2)) wishes.schedule = ScheduleOf(random);
  if (!random.Chance(2)) {
    constexpr std::array<int32_t, 6> kMinutes = {20, 30, 40, 45, 60, 90};
    wishes.travel = Wishes::Travel{HomeIn(random, region),
                                   static_cast<TravelMeans>(random.Between(0, kTravelMeans - 1)),
                                   kMinutes[static_cast<size_t>(random.Between(0, 5))]};
  }
  return wishes;
}

int Population::RegionOfPerson(uint64_t number) const {
  RandomSource random(seed_ + 1 + number * 2);
  return RegionBy(random);
}

Person Population::MakePerson(uint64_t number) const {
  RandomSource random(seed_ + 1 + number * 2);
  Person person;
  person.name = "passports/" + IdOf(seed_, number);
  const int region = RegionBy(random);
  if (!random.Chance(2)) person.region = RegionName(region);
  if (!random.Chance(2)) person.skills = SkillsOf(random);
  person.wishes = WishesOf(random, region);
  if (!random.Chance(2)) {
    for (int64_t left = random.Chance(90) ? 1 : 2; left > 0; --left) {
      person.paces.push_back(
          {static_cast<WorkKind>(random.Between(1, 16)),
           {static_cast<int32_t>(random.Between(8, 22) * 5),
            static_cast<int32_t>(random.Between(2, 16) * 15),
            static_cast<int32_t>(random.Between(2, 8)), static_cast<int32_t>(random.Between(2, 5))},
           random.Chance(60),
           static_cast<Day>(kBenchmarkDay - random.Between(0, 1'500))});
    }
  }
  person.support_known = !random.Chance(2);
  if (person.support_known) {
    constexpr std::array<SupportSolution, 10> kSolutions = {1, 2, 3, 20, 21, 22, 23, 40, 41, 43};
    std::vector<SupportSolution> used;
    for (int64_t left = random.Between(0, 2); left > 0; --left) {
      const SupportSolution solution = kSolutions[static_cast<size_t>(random.Between(0, 9))];
      if (std::find(used.begin(), used.end(), solution) != used.end()) continue;
      used.push_back(solution);
      const bool guidance = LineOf(solution) == kGuidanceLine;
      person.needs.push_back({solution,
                              static_cast<int32_t>(random.Between(1, 4) * (guidance ? 5 : 25)), 0,
                              random.Chance(10)});
    }
  }
  if (random.Chance(30)) {
    person.last_shown = 1'790'000'000 + static_cast<uint64_t>(random.Between(0, 5'000'000));
  }
  return person;
}

Work Population::MakeWork(uint64_t number, int requirements) const {
  RandomSource random(seed_ + 2 + number * 2);
  Work work;
  work.name = "tasks/" + IdOf(seed_ + 1, number);
  const int region = RegionBy(random);
  while (work.requirements.size() < static_cast<size_t>(requirements)) {
    const ConceptIndex skill = SkillByRank(random);
    const bool there = std::any_of(work.requirements.begin(), work.requirements.end(),
                                   [&](const Requirement& one) { return one.skill == skill; });
    if (there) continue;
    work.requirements.push_back({skill, static_cast<int32_t>(random.Between(1, 4)),
                                 static_cast<int32_t>(random.Between(1, 5)), random.Chance(80)});
  }
  const auto& leaning = kLeanings[static_cast<size_t>(random.Between(0, 11))];
  for (int feature : leaning) work.features |= FeatureSet{1} << feature;
  work.features |= FeatureSet{1} << random.Between(20, 47);
  work.kind = static_cast<WorkKind>(random.Between(1, 16));
  work.pace = {static_cast<int32_t>(random.Between(10, 20) * 5),
               static_cast<int32_t>(random.Between(2, 10) * 15),
               static_cast<int32_t>(random.Between(3, 7)),
               static_cast<int32_t>(random.Between(2, 5))};
  work.offers = {{1, 15, 1}, {21, 100, 1}, {40, 50, 1}};
  work.form = static_cast<uint8_t>(random.Between(1, 11));
  work.start_weekly_hours = static_cast<int32_t>(random.Between(3, 8) * 4);
  work.shared_weekly_hours_min = work.start_weekly_hours / 2;
  work.schedule = ScheduleOf(random);
  work.place = HomeIn(random, region);
  work.region = RegionName(region);
  return work;
}

}  // namespace passend::matcher
