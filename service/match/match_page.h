// Which part of a kept list an answer shows.
#ifndef PASSEND_SERVICE_MATCH_MATCH_PAGE_H_
#define PASSEND_SERVICE_MATCH_MATCH_PAGE_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "matcher/ranking.h"
#include "passend/v1/match_service.pb.h"
#include "service/call/call_context.h"
#include "service/match/wording.h"
#include "service/taxonomy/catalog_snapshot.h"

namespace passend::service {

// Where a page starts in which kept list; what a page token carries. Parse and Make are a pair.
struct MatchCursor {
  std::string result_id;
  size_t offset = 0;
  uint64_t data_sequence = 0;  // of the list, for who reads a token in a log
  friend bool operator==(const MatchCursor&, const MatchCursor&) = default;
};
std::string MakeCursor(const MatchCursor& cursor);
std::optional<MatchCursor> ParseCursor(std::string_view text);

v1::PoolSummary ToProto(const matcher::PoolCounts& counts);

// What concepts are called in the catalog, which must outlive the function.
LabelOf LabelsIn(const CatalogSnapshot& catalog, const std::string& language_code);

// Why a ranking that was broken off was: CANCELLED or DEADLINE_EXCEEDED; other errors stay.
absl::Status WhyEnded(const absl::Status& status, const CallContext& context);

// Whether the caller may learn whose passport a candidate is. Operators of this machine may: they
// could read the database as well.
bool MayKnowPassport(const CallContext& context);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_PAGE_H_
