#include "service/match/match_page.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/errors/call_errors.h"
#include "service/text.h"

namespace passend::service {

std::string MakeCursor(const MatchCursor& cursor) {
  return absl::StrCat(cursor.result_id, ":", cursor.offset, ":", cursor.data_sequence);
}

std::optional<MatchCursor> ParseCursor(std::string_view text) {
  const std::vector<std::string> parts = absl::StrSplit(ToAbsl(text), ':');
  MatchCursor cursor;
  uint64_t offset;
  if (parts.size() != 3 || parts[0].empty() || !absl::SimpleAtoi(parts[1], &offset) ||
      !absl::SimpleAtoi(parts[2], &cursor.data_sequence)) {
    return std::nullopt;
  }
  cursor.result_id = parts[0];
  cursor.offset = offset;
  // Numbers are also read with blanks, signs and zeros before them.
  if (MakeCursor(cursor) != text) return std::nullopt;
  return cursor;
}

v1::PoolSummary ToProto(const matcher::PoolCounts& counts) {
  v1::PoolSummary summary;
  summary.set_considered(counts.considered);
  summary.set_ranked(counts.ranked);
  summary.set_to_be_asked(counts.to_be_asked);
  for (int cause = 0; cause < matcher::kGateCauses; ++cause) {
    if (counts.excluded[cause] == 0) continue;
    v1::ExclusionCount& exclusion = *summary.add_exclusions();
    exclusion.set_cause(static_cast<v1::GateCause>(cause));
    exclusion.set_count(counts.excluded[cause]);
  }
  return summary;
}

LabelOf LabelsIn(const CatalogSnapshot& catalog, const std::string& language_code) {
  return [&catalog, language = LanguageOf(language_code)](matcher::ConceptIndex index) {
    return catalog.LabelOf(index, language);
  };
}

absl::Status WhyEnded(const absl::Status& status, const CallContext& context) {
  if (!absl::IsCancelled(status)) return status;
  return context.cancelled() ? Cancelled() : DeadlineExceeded();
}

bool MayKnowPassport(const CallContext& context) { return context.caller.proof == Proof::kLocal; }

}  // namespace passend::service
