// Sentences about a fit, in the order in which they are told, and which of them a list has room
// for.
#ifndef PASSEND_SERVICE_MATCH_SENTENCES_H_
#define PASSEND_SERVICE_MATCH_SENTENCES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/fit.h"

namespace passend::service {

// In the order of telling: what closes the task, then what the person can and wants, then what
// costs points, then what is not certain, then what to ask.
enum class SentenceGroup : uint8_t { kGate, kStrength, kCost, kUncertain, kQuestion };

struct Sentence {
  SentenceGroup group;
  matcher::Dimension dimension;
  int64_t importance;  // within its group and dimension; higher first
  std::string text;
};

// Collects sentences about one fit.
class Sentences {
 public:
  explicit Sentences(const matcher::Fit& fit);

  void Add(Sentence sentence);

  // All of them. Gates and what is equally important stay in the order in which they were added;
  // strengths and uncertainties come by dimension, ability first; costs come from the dimension
  // that loses most.
  std::vector<std::string> All() const;

  // At most `limit` of them in the same order. The question is kept, then one sentence of each
  // gate and of each dimension's strengths, then the dearest costs, then what is uncertain, then
  // whatever else there is room for.
  std::vector<std::string> MostImportant(size_t limit) const;

 private:
  std::vector<Sentence> Ordered() const;

  std::array<int64_t, matcher::kDimensions> losses_;
  std::vector<Sentence> sentences_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_SENTENCES_H_
