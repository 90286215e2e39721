#include "tests/service/probing/attacker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace passend::service {
namespace {

// What FeaturesOf gives for each person: the difference that an offer makes, then what was seen at
// all.
constexpr std::array kDifferences = {"presence",    "place",  "band",   "score",  "support number",
                                     "pace number", "enough", "skills", "wishes", "said of region"};

double Mean(double sum, double times) { return times == 0 ? 0 : sum / times; }

double LogisticOf(const std::vector<double>& weights, const std::vector<double>& features) {
  const double sum =
      std::inner_product(features.begin(), features.end(), weights.begin(), weights.back());
  return 1 / (1 + std::exp(-sum));
}

// By gradient descent over features that are centred and scaled; the last weight stands alone.
std::vector<double> Learn(const std::vector<std::vector<double>>& features,
                          const std::vector<bool>& has_secret) {
  constexpr int kRounds = 300;
  constexpr double kStep = 1.0;
  std::vector<double> weights(features.front().size() + 1, 0);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> gradient(weights.size(), 0);
    for (size_t i = 0; i < features.size(); ++i) {
      const double error = (has_secret[i] ? 1 : 0) - LogisticOf(weights, features[i]);
      for (size_t at = 0; at < features[i].size(); ++at) gradient[at] += error * features[i][at];
      gradient.back() += error;
    }
    for (size_t at = 0; at < weights.size(); ++at) {
      weights[at] += kStep * gradient[at] / static_cast<double>(features.size());
    }
  }
  return weights;
}

void Standardise(std::vector<std::vector<double>>& features) {
  for (size_t at = 0; at < features.front().size(); ++at) {
    double sum = 0;
    double squares = 0;
    for (const auto& one : features) sum += one[at];
    const double mean = sum / static_cast<double>(features.size());
    for (const auto& one : features) squares += (one[at] - mean) * (one[at] - mean);
    const double deviation = std::sqrt(squares / static_cast<double>(features.size()));
    for (auto& one : features) one[at] = deviation == 0 ? 0 : (one[at] - mean) / deviation;
  }
}

// Learns from every other person and guesses about the rest, then the other way round.
double LearntArea(const std::vector<std::vector<double>>& features,
                  const std::vector<bool>& has_secret) {
  double areas = 0;
  for (const size_t fold : {0, 1}) {
    std::vector<std::vector<double>> known;
    std::vector<bool> known_secret;
    for (size_t i = fold; i < features.size(); i += 2) {
      known.push_back(features[i]);
      known_secret.push_back(has_secret[i]);
    }
    const std::vector<double> weights = Learn(known, known_secret);
    std::vector<double> guesses;
    std::vector<bool> guessed_secret;
    for (size_t i = 1 - fold; i < features.size(); i += 2) {
      guesses.push_back(LogisticOf(weights, features[i]));
      guessed_secret.push_back(has_secret[i]);
    }
    areas += AreaUnderCurve(guesses, guessed_secret);
  }
  return areas / 2;
}

bool EnoughFor(const v1::Fit& fit) {
  return fit.dimensions_size() == 4 && fit.dimensions(2).score_basis_points() == 10'000 &&
         fit.dimensions(3).score_basis_points() == 10'000;
}

bool NamedAsHelpful(const v1::OfferReach& reach, Secret secret) {
  const auto names = [&](v1::SupportSolution solution) {
    return std::find(reach.support().begin(), reach.support().end(), solution) !=
           reach.support().end();
  };
  switch (secret) {
    case Secret::kJobCoach:
      return names(v1::SUPPORT_SOLUTION_GUIDANCE_JOB_COACH);
    case Secret::kQuietPlace:
      return names(v1::SUPPORT_SOLUTION_ORGANISATIONAL_QUIET_PLACE);
    case Secret::kTransport:
      return names(v1::SUPPORT_SOLUTION_TECHNICAL_TRANSPORT);
    case Secret::kLowTempo:
      return reach.calmer_pace();
  }
  return false;
}

}  // namespace

double AreaUnderCurve(const std::vector<double>& guesses, const std::vector<bool>& has_secret) {
  std::vector<size_t> order(guesses.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return guesses[a] < guesses[b]; });
  double rank_sum = 0;
  double with = 0;
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin;
    double tied_with = 0;
    while (end < order.size() && guesses[order[end]] == guesses[order[begin]]) {
      tied_with += has_secret[order[end++]] ? 1 : 0;
    }
    rank_sum += tied_with * (static_cast<double>(begin + end + 1) / 2);
    with += tied_with;
    begin = end;
  }
  const double without = static_cast<double>(guesses.size()) - with;
  if (with == 0 || without == 0) return 0.5;
  return (rank_sum - with * (with + 1) / 2) / (with * without);
}

void Attacker::See(const Probe& probe, const v1::FindCandidatesResponse& answer,
                   const std::vector<size_t>& people) {
  ++answers_;
  for (const Secret secret : kSecrets) {
    Contrast& contrast = contrasts_[static_cast<size_t>(secret)];
    const bool gives = probe.gives[static_cast<size_t>(secret)];
    ++(gives ? contrast.answers_with : contrast.answers_without);
    std::vector<Seen>& side = gives ? contrast.with : contrast.without;
    side.resize(truths_.size());
    const double named = NamedAsHelpful(answer.employer_list().offer(), secret) ? 1 : 0;
    for (size_t at = 0; at < people.size(); ++at) {
      const v1::Candidate& candidate = answer.candidates(static_cast<int>(at));
      const v1::Fit& fit = candidate.fit();
      Seen& seen = side[people[at]];
      seen.times += 1;
      seen.rank += candidate.rank();
      seen.band += static_cast<int>(candidate.has_view() ? candidate.view().band() : fit.band());
      seen.score += fit.score_basis_points();
      if (fit.dimensions_size() == 4) {
        seen.pace += fit.dimensions(2).score_basis_points();
        seen.support += fit.dimensions(3).score_basis_points();
      }
      seen.enough += EnoughFor(fit) ? 1 : 0;
      for (const v1::SkillEvidence& skill : candidate.view().skills()) {
        seen.skills_met += skill.standing() == v1::SKILL_STANDING_MET ? 1 : 0;
      }
      seen.wishes_met += candidate.view().wishes_met_size();
      seen.named += named;
    }
  }
}

size_t Attacker::people_seen() const {
  size_t seen = 0;
  const Contrast& any = contrasts_.front();
  for (size_t person = 0; person < truths_.size(); ++person) {
    seen += (!any.with.empty() && any.with[person].times > 0) ||
            (!any.without.empty() && any.without[person].times > 0);
  }
  return seen;
}

std::vector<double> Attacker::FeaturesOf(const Contrast& contrast, size_t person) const {
  const Seen with = contrast.with.empty() ? Seen{} : contrast.with[person];
  const Seen without = contrast.without.empty() ? Seen{} : contrast.without[person];
  const double rate_with = Mean(with.times, static_cast<double>(contrast.answers_with));
  const double rate_without = Mean(without.times, static_cast<double>(contrast.answers_without));
  const bool both = with.times > 0 && without.times > 0;
  const auto difference = [&](double Seen::*sum) {
    return both ? Mean(with.*sum, with.times) - Mean(without.*sum, without.times) : 0;
  };
  constexpr double Seen::*kSums[] = {&Seen::rank,       &Seen::band,       &Seen::score,
                                     &Seen::support,    &Seen::pace,       &Seen::enough,
                                     &Seen::skills_met, &Seen::wishes_met, &Seen::named};
  std::vector<double> features = {rate_with - rate_without};
  for (const auto sum : kSums) features.push_back(difference(sum));
  features.push_back(rate_with + rate_without);
  for (const auto sum : kSums) {
    features.push_back(Mean(with.*sum + without.*sum, with.times + without.times));
  }
  return features;
}

std::vector<Guessed> Attacker::GuessAll() const {
  std::vector<Guessed> guessed;
  for (const Secret secret : kSecrets) {
    const auto at = static_cast<size_t>(secret);
    const Contrast& contrast = contrasts_[at];
    std::vector<std::vector<double>> features;
    std::vector<bool> has_secret;
    for (size_t person = 0; person < truths_.size(); ++person) {
      const bool seen = (!contrast.with.empty() && contrast.with[person].times > 0) ||
                        (!contrast.without.empty() && contrast.without[person].times > 0);
      if (!seen) continue;
      features.push_back(FeaturesOf(contrast, person));
      has_secret.push_back(truths_[person].secrets[at]);
    }
    if (features.size() < 2) continue;
    for (size_t column = 0; column < kDifferences.size(); ++column) {
      std::vector<double> guesses;
      for (const auto& one : features) guesses.push_back(one[column]);
      const double area = AreaUnderCurve(guesses, has_secret);
      guessed.push_back({kDifferences[column], secret, std::max(area, 1 - area)});
    }
    Standardise(features);
    guessed.push_back({"all together, learnt", secret, LearntArea(features, has_secret)});
  }
  return guessed;
}

}  // namespace passend::service
