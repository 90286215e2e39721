#include "service/taxonomy/label_index.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_join.h"
#include "service/taxonomy/folding.h"

namespace passend::service {
namespace {

// The stretch of sorted `texts` that start with `start`.
template <typename Range>
Range Starting(const std::vector<std::string>& texts, std::string_view start) {
  const auto begin = std::lower_bound(texts.begin(), texts.end(), start);
  const auto end = std::partition_point(
      begin, texts.end(), [start](const std::string& text) { return text.starts_with(start); });
  return {static_cast<size_t>(begin - texts.begin()), static_cast<size_t>(end - texts.begin())};
}

template <typename Value>
std::vector<Value> Reordered(std::vector<Value> values, const std::vector<uint32_t>& order) {
  std::vector<Value> result;
  result.reserve(values.size());
  for (uint32_t from : order) result.push_back(std::move(values[from]));
  return result;
}

}  // namespace

SearchText::SearchText(std::string_view text)
    : words(FoldedWords(text)), joined(absl::StrJoin(words, " ")) {}

// Gathers the best labels of distinct concepts; labels have to come best first.
class LabelIndex::Collector {
 public:
  Collector(const LabelIndex& index, Language language, size_t limit)
      : index_(index), language_(language), limit_(limit) {}

  bool full() const { return hits_.size() >= limit_; }

  // False once there are enough.
  bool Add(uint32_t label, MatchTier tier) {
    if (full()) return false;
    if (seen_.insert(index_.labels_[label].concept_name).second) {
      hits_.push_back({index_.OrderOf(label, tier, language_), index_.labels_[label].text});
    }
    return !full();
  }

  std::vector<LabelHit> Take() { return std::move(hits_); }

 private:
  const LabelIndex& index_;
  const Language language_;
  const size_t limit_;
  std::vector<LabelHit> hits_;
  std::unordered_set<std::string_view> seen_;
};

LabelIndex::LabelIndex(std::vector<SearchLabel> labels) {
  std::vector<std::vector<std::string>> words;
  words.reserve(labels.size());
  std::vector<std::string> folded;
  for (const SearchLabel& label : labels) {
    words.push_back(FoldedWords(label.text));
    folded.push_back(absl::StrJoin(words.back(), " "));
  }
  std::vector<uint32_t> order(labels.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    if (folded[a] != folded[b]) return folded[a] < folded[b];
    return a < b;
  });
  labels_ = Reordered(std::move(labels), order);
  folded_ = Reordered(std::move(folded), order);
  words = Reordered(std::move(words), order);

  std::vector<std::vector<uint32_t>> labels_of = NumberWords(words);
  for (const auto& with_word : labels_of) {
    places_.insert(places_.end(), with_word.begin(), with_word.end());
    places_end_.push_back(static_cast<uint32_t>(places_.size()));
  }
  for (Language language : {Language::kDutch, Language::kEnglish}) RankLabels(language);
}

std::vector<std::vector<uint32_t>> LabelIndex::NumberWords(
    const std::vector<std::vector<std::string>>& words) {
  absl::flat_hash_map<std::string, uint32_t> numbers;  // each word once: a tenth of them all
  for (const auto& of_label : words) {
    for (const std::string& word : of_label) numbers.try_emplace(word, 0);
  }
  for (const auto& [word, number] : numbers) words_.push_back(word);
  std::sort(words_.begin(), words_.end());
  for (uint32_t number = 0; number < words_.size(); ++number) numbers[words_[number]] = number;

  std::vector<std::vector<uint32_t>> labels_of(words_.size());
  for (uint32_t label = 0; label < words.size(); ++label) {
    for (const std::string& word : words[label]) {
      const uint32_t number = numbers[word];
      label_words_.push_back(number);
      if (labels_of[number].empty() || labels_of[number].back() != label) {
        labels_of[number].push_back(label);
      }
    }
    label_words_end_.push_back(static_cast<uint32_t>(label_words_.size()));
  }
  return labels_of;
}

void LabelIndex::RankLabels(Language language) {
  ByLanguage& ranking = by_language_[static_cast<size_t>(language)];
  ranking.order.resize(labels_.size());
  std::iota(ranking.order.begin(), ranking.order.end(), 0);
  std::sort(ranking.order.begin(), ranking.order.end(), [&](uint32_t a, uint32_t b) {
    const HitOrder order_a = OrderOf(a, MatchTier::kWordStarts, language);
    const HitOrder order_b = OrderOf(b, MatchTier::kWordStarts, language);
    if (order_a != order_b) return order_a < order_b;
    return a < b;
  });
  ranking.rank.resize(labels_.size());
  for (uint32_t rank = 0; rank < ranking.order.size(); ++rank) {
    ranking.rank[ranking.order[rank]] = rank;
  }
  label_ranks_.emplace_back(ranking.rank);
  std::vector<uint32_t> by_place;
  by_place.reserve(places_.size());
  for (uint32_t label : places_) by_place.push_back(ranking.rank[label]);
  place_ranks_.emplace_back(by_place);
}

HitOrder LabelIndex::OrderOf(uint32_t label, MatchTier tier, Language language) const {
  const SearchLabel& found = labels_[label];
  return {tier,
          !found.preferred,
          found.language != language,
          -found.used_by_occupations,
          static_cast<uint32_t>(folded_[label].size()),
          found.concept_name};
}

LabelIndex::Range LabelIndex::LabelsThatStartWith(std::string_view text) const {
  return Starting<Range>(folded_, text);
}

LabelIndex::Range LabelIndex::LabelsThatAre(std::string_view text) const {
  const auto [begin, end] = std::equal_range(folded_.begin(), folded_.end(), text);
  return {static_cast<size_t>(begin - folded_.begin()), static_cast<size_t>(end - folded_.begin())};
}

LabelIndex::Range LabelIndex::WordsThatStartWith(std::string_view text) const {
  return Starting<Range>(words_, text);
}

LabelIndex::Range LabelIndex::PlacesOf(Range words) const {
  if (words.size() == 0) return {0, 0};
  return {words.begin == 0 ? 0 : places_end_[words.begin - 1], places_end_[words.end - 1]};
}

std::vector<LabelHit> LabelIndex::Search(const SearchText& text, Language language,
                                         size_t limit) const {
  Collector collector(*this, language, limit);
  if (text.words.empty() || labels_.empty()) return {};
  const std::vector<uint32_t>& order = by_language_[static_cast<size_t>(language)].order;
  const RankedRange& ranks = label_ranks_[static_cast<size_t>(language)];
  const auto collect = [&](Range range, MatchTier tier) {
    ranks.VisitLowestFirst(range.begin, range.end,
                           [&](uint32_t rank) { return collector.Add(order[rank], tier); });
  };
  const Range exact = LabelsThatAre(text.joined);
  collect(exact, MatchTier::kExact);
  // What equals the text sorts before what goes on after it.
  if (!collector.full()) {
    collect({exact.end, LabelsThatStartWith(text.joined).end}, MatchTier::kStart);
  }
  if (!collector.full()) CollectWordStarts(text, language, collector);
  return collector.Take();
}

void LabelIndex::CollectWordStarts(const SearchText& text, Language language,
                                   Collector& collector) const {
  const ByLanguage& ranking = by_language_[static_cast<size_t>(language)];
  std::vector<Range> wanted;
  for (const std::string& word : text.words) wanted.push_back(WordsThatStartWith(word));
  std::sort(wanted.begin(), wanted.end(),
            [this](Range a, Range b) { return PlacesOf(a).size() < PlacesOf(b).size(); });
  const Range places = PlacesOf(wanted.front());
  if (wanted.size() == 1) {
    place_ranks_[static_cast<size_t>(language)].VisitLowestFirst(
        places.begin, places.end,
        [&](uint32_t rank) { return collector.Add(ranking.order[rank], MatchTier::kWordStarts); });
    return;
  }
  // Labels with the rarest of the words, of which those are kept that have the others as well.
  const auto has = [this](uint32_t label, Range words) {
    const uint32_t begin = label == 0 ? 0 : label_words_end_[label - 1];
    return std::any_of(label_words_.begin() + begin, label_words_.begin() + label_words_end_[label],
                       [words](uint32_t word) { return word >= words.begin && word < words.end; });
  };
  std::vector<uint32_t> ranks;
  for (size_t place = places.begin; place < places.end; ++place) {
    const uint32_t label = places_[place];
    if (std::all_of(wanted.begin() + 1, wanted.end(),
                    [&](Range words) { return has(label, words); })) {
      ranks.push_back(ranking.rank[label]);
    }
  }
  // A heap: of thousands that match only the first few are shown.
  std::make_heap(ranks.begin(), ranks.end(), std::greater<>());
  while (!ranks.empty() && collector.Add(ranking.order[ranks.front()], MatchTier::kWordStarts)) {
    std::pop_heap(ranks.begin(), ranks.end(), std::greater<>());
    ranks.pop_back();
  }
}

}  // namespace passend::service
