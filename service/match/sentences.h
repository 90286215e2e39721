// Sentences about a fit, in the order in which they are told, and which of them a list has room
// for.
#ifndef PASSEND_SERVICE_MATCH_SENTENCES_H_
#define PASSEND_SERVICE_MATCH_SENTENCES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matcher/fit.h"

namespace passend::service {

// In the order of telling: what closes the task, then what the person can and wants, then what
// costs points, then what is not certain, then what to ask.
enum class SentenceGroup : uint8_t { kGate, kStrength, kCost, kUncertain, kQuestion };
inline constexpr size_t kSentenceGroups = 5;

struct SentenceAbout {
  SentenceGroup group;
  matcher::Dimension dimension;
  int64_t importance;  // within its group and dimension; higher first
};

// Collects sentences about one fit. Only those that are told are written, so whoever tells goes
// through them twice and adds the same each time: first all are announced, then, after Choose, the
// chosen ones are written. TellSentences does it.
class Sentences {
 public:
  explicit Sentences(const matcher::Fit& fit);

  // `write` gives the text: std::string(). Not called where the sentence is only announced, or not
  // told.
  template <typename Write>
  void Add(const SentenceAbout& about, const Write& write) {
    if (!chosen_) {
      announced_.push_back(about);
      return;
    }
    const size_t place = places_[added_++];
    if (place != kNotTold) texts_[place] = write();
  }

  // At most `limit` sentences, in this order: gates and what is equally important stay as they were
  // added; strengths and uncertainties come by dimension, ability first; costs come from the
  // dimension that loses most. Where there are more, the question is kept, then one sentence of
  // each gate and of each dimension's strengths, then the dearest costs, then what is uncertain,
  // then whatever else there is room for.
  void Choose(size_t limit);

  // What was written. Empties it.
  std::vector<std::string> Take() { return std::move(texts_); }

 private:
  static constexpr size_t kNotTold = SIZE_MAX;

  // What one fit has room for without asking for memory: most have less.
  template <typename Value>
  using Many = absl::InlinedVector<Value, 32>;

  Many<size_t> Ordered() const;
  void KeepMostUrgent(Many<size_t>& ordered, size_t limit) const;

  std::array<int64_t, matcher::kDimensions> losses_;
  Many<SentenceAbout> announced_;
  bool chosen_ = false;
  size_t added_ = 0;     // since Choose
  Many<size_t> places_;  // by number of the sentence
  std::vector<std::string> texts_;
};

inline constexpr size_t kAllSentences = SIZE_MAX;

// The sentences that `tell(sentences)` adds, see Sentences::Choose.
template <typename Tell>
std::vector<std::string> TellSentences(const matcher::Fit& fit, size_t limit, const Tell& tell) {
  Sentences sentences(fit);
  tell(sentences);
  sentences.Choose(limit);
  tell(sentences);
  return sentences.Take();
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_SENTENCES_H_
