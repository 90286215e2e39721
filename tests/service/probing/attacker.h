// Somebody who asks about many tasks to find out what a person needs.
//
// The attacker knows this code, knows who is behind every reference, and knows the truth about half
// of the people: more than any employer could. What is left to guess is the other half.
#ifndef PASSEND_TESTS_SERVICE_PROBING_ATTACKER_H_
#define PASSEND_TESTS_SERVICE_PROBING_ATTACKER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "passend/v1/match_service.pb.h"
#include "tests/service/probing/probed_people.h"

namespace passend::service {

// The chance that a guess is higher for somebody with the secret than for somebody without; ties
// count half. 0.5: it tells nothing. 0.5 where one of the two is missing.
double AreaUnderCurve(const std::vector<double>& guesses, const std::vector<bool>& has_secret);

// One way to guess, and how well it does for one secret.
struct Guessed {
  std::string strategy;
  Secret secret;
  double area;  // 0.5 or more: whoever is wrong more often than right turns the guess round
};

class Attacker {
 public:
  explicit Attacker(std::vector<Truth> truths) : truths_(std::move(truths)) {}

  // An answer about a probe, with the number of the person behind each candidate.
  void See(const Probe& probe, const v1::FindCandidatesResponse& answer,
           const std::vector<size_t>& people);

  // People who were seen at least once, and answers.
  size_t people_seen() const;
  size_t answers() const { return answers_; }

  // What every strategy comes to, over the people who were seen.
  std::vector<Guessed> GuessAll() const;

 private:
  // What was seen of one person in tasks that give something, or do not.
  struct Seen {
    double times = 0;
    double rank = 0;  // the rest are sums
    double band = 0;
    double score = 0;
    double support = 0;
    double pace = 0;
    double enough = 0;
    double skills_met = 0;
    double wishes_met = 0;
    double named = 0;  // of answers that said that it would help people of the region
  };
  struct Contrast {
    std::vector<Seen> with;
    std::vector<Seen> without;
    size_t answers_with = 0;
    size_t answers_without = 0;
  };

  std::vector<double> FeaturesOf(const Contrast& contrast, size_t person) const;

  const std::vector<Truth> truths_;
  std::array<Contrast, kSecrets.size()> contrasts_;
  size_t answers_ = 0;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_PROBING_ATTACKER_H_
