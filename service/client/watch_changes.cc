#include "service/client/watch_changes.h"

#include <unordered_map>

#include "service/client/rank_view.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

using ByReference = std::unordered_map<std::string, const v1::Candidate*>;

ByReference Index(const v1::FindCandidatesResponse& response) {
  ByReference index;
  for (const v1::Candidate& candidate : response.candidates()) {
    index.emplace(candidate.candidate(), &candidate);
  }
  return index;
}

}  // namespace

std::vector<std::string> ChangesBetween(const Style& style, const Labels& labels,
                                        const v1::FindCandidatesResponse& before,
                                        const v1::FindCandidatesResponse& after) {
  const Language language = style.language;
  const ByReference old = Index(before);
  const ByReference fresh = Index(after);
  std::vector<std::string> changes;
  for (const v1::Candidate& candidate : after.candidates()) {
    const std::string name = WithoutControls(CandidateName(labels, candidate));
    const auto found = old.find(candidate.candidate());
    const std::string rank = std::to_string(candidate.rank());
    if (found == old.end()) {
      changes.push_back(Say(language, Word::kWatchCame, {name, rank}));
      continue;
    }
    const v1::Candidate& was = *found->second;
    if (was.rank() != candidate.rank()) {
      changes.push_back(Say(language, Word::kWatchMoved, {name, std::to_string(was.rank()), rank}));
    }
    if (ScoreText(was.fit()) != ScoreText(candidate.fit())) {
      changes.push_back(Say(language, Word::kWatchScore,
                            {name, ScoreText(was.fit()), ScoreText(candidate.fit())}));
    }
  }
  for (const v1::Candidate& candidate : before.candidates()) {
    if (!fresh.contains(candidate.candidate())) {
      changes.push_back(
          Say(language, Word::kWatchGone, {WithoutControls(CandidateName(labels, candidate))}));
    }
  }
  return changes;
}

}  // namespace passend::client
