// Finds labels by the first letters of their words: what typing ahead needs.
#ifndef PASSEND_SERVICE_TAXONOMY_LABEL_INDEX_H_
#define PASSEND_SERVICE_TAXONOMY_LABEL_INDEX_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "service/taxonomy/ranked_range.h"

namespace passend::service {

enum class Language : uint8_t { kDutch = 0, kEnglish = 1 };
inline constexpr int kLanguages = 2;

// Something that can be found. `text` and `concept_name` must outlive the index.
struct SearchLabel {
  std::string_view text;
  Language language;
  bool preferred;
  std::string_view concept_name;
  int32_t used_by_occupations;
};

// How a label matches, best first.
enum class MatchTier : uint8_t {
  kExact,      // the label is the text
  kStart,      // the label starts with the text
  kWordStarts  // each word of the text starts some word of the label
};

// What hits are ordered by: the first difference decides.
struct HitOrder {
  MatchTier tier;
  bool alternative;     // preferred labels first
  bool other_language;  // the language asked for first
  int32_t unused;       // minus used_by_occupations: what more occupations use first
  uint32_t length;      // folded bytes: the shorter first
  std::string_view concept_name;
  friend auto operator<=>(const HitOrder&, const HitOrder&) = default;
};

struct LabelHit {
  HitOrder order;
  std::string_view text;  // the label, as it was given
};

// A text to look for, folded.
struct SearchText {
  explicit SearchText(std::string_view text);
  std::vector<std::string> words;
  std::string joined;  // by single spaces
};

// Immutable after construction; any number of threads may search.
class LabelIndex {
 public:
  explicit LabelIndex(std::vector<SearchLabel> labels);

  size_t size() const { return labels_.size(); }

  // The best `limit` concepts, each by its best label, best first. All comparisons are between
  // folded texts (folding.h). Nothing for a text without words.
  std::vector<LabelHit> Search(const SearchText& text, Language language, size_t limit) const;

 private:
  struct Range {
    size_t begin;
    size_t end;
    size_t size() const { return end - begin; }
  };
  class Collector;

  Range LabelsThatStartWith(std::string_view text) const;
  Range LabelsThatAre(std::string_view text) const;
  Range WordsThatStartWith(std::string_view text) const;
  Range PlacesOf(Range words) const;
  void CollectWordStarts(const SearchText& text, Language language, Collector& collector) const;
  HitOrder OrderOf(uint32_t label, MatchTier tier, Language language) const;
  // Fills the words and those of each label; gives the labels of each word.
  std::vector<std::vector<uint32_t>> NumberWords(
      const std::vector<std::vector<std::string>>& words);
  void RankLabels(Language language);

  std::vector<SearchLabel> labels_;        // in order of their folded texts
  std::vector<std::string> folded_;        // of each label
  std::vector<std::string> words_;         // all that occur, sorted
  std::vector<uint32_t> label_words_;      // numbers of the words of each label, one after another
  std::vector<uint32_t> label_words_end_;  // where those of each label end
  std::vector<uint32_t> places_;           // labels in order of word: a label once for each word
  std::vector<uint32_t> places_end_;       // where those of each word end
  // For each language: labels in the order in which equally good matches are shown, the rank of
  // each in it, and these ranks by label and by place.
  struct ByLanguage {
    std::vector<uint32_t> order;
    std::vector<uint32_t> rank;
  };
  std::array<ByLanguage, kLanguages> by_language_;
  std::vector<RankedRange> label_ranks_;  // one a language
  std::vector<RankedRange> place_ranks_;  // one a language
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_LABEL_INDEX_H_
