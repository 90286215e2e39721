#include "service/client/sync/reconcile_run.h"

#include <algorithm>
#include <deque>

#include "service/client/sync/record_ranges.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kRangesMax = 256;
constexpr std::size_t kPrefixMax = 16;

bool IsSame(const v1::RecordRange& a, const v1::RecordRange& b) {
  const auto bytes = [](const v1::RecordRange& range) {
    return range.digest().empty() ? std::string(32, '\0') : range.digest();
  };
  return a.count() == b.count() && bytes(a) == bytes(b);
}

// What one difference comes to, and which parts have to be asked about next.
class Comparing {
 public:
  Comparing(const RecordRanges& ranges, RecordDifferences& found)
      : ranges_(ranges), found_(found) {}

  absl::Status Take(const v1::RangeDifference& difference, std::deque<std::string>& next) {
    if (difference.parts().empty()) {
      Compare(difference);
      return absl::OkStatus();
    }
    for (const v1::RecordRange& part : difference.parts()) {
      if (part.prefix().size() != difference.prefix().size() + 1 ||
          part.prefix().size() > kPrefixMax) {
        return absl::DataLossError("a part that is not of " + difference.prefix());
      }
      // A part of the same digest may still hold people who were erased: Reconcile tells of those
      // where something differs, and they differ where this side has them.
      if (!IsSame(part, ranges_.Range(part.prefix()))) next.push_back(part.prefix());
    }
    return absl::OkStatus();
  }

 private:
  void Compare(const v1::RangeDifference& difference) {
    std::map<std::string, const v1::RecordMark*> there;
    for (const v1::RecordMark& mark : difference.records()) there.emplace(mark.place(), &mark);
    for (const RecordRanges::Entry& entry : ranges_.In(difference.prefix())) {
      const auto mark = there.find(entry.place);
      if (mark == there.end()) {
        found_.only_here.push_back(entry.external_id);
        continue;
      }
      if (mark->second->erased()) {
        found_.erased.push_back(entry.external_id);
      } else if (mark->second->mark() != entry.mark) {
        found_.differing.push_back(entry.external_id);
      }
      there.erase(mark);
    }
    for (const auto& [place, mark] : there) {
      if (!mark->erased()) found_.only_there.push_back(mark->external_id());
    }
  }

  const RecordRanges& ranges_;
  RecordDifferences& found_;
};

}  // namespace

absl::StatusOr<RecordDifferences> FindDifferences(
    const std::string& partner, const std::map<std::string, std::string>& revisions,
    const AskReconcile& ask) {
  v1::ReconcileRequest request;
  request.set_partner(partner);
  auto answer = ask(request);
  if (!answer.ok()) return answer.status();
  RecordRanges ranges(answer->key());
  for (const auto& [external_id, revision] : revisions) ranges.Add(external_id, revision);
  ranges.Sort();

  RecordDifferences found;
  Comparing comparing(ranges, found);
  std::deque<std::string> next = {""};
  while (!next.empty()) {
    request.clear_ranges();
    for (; !next.empty() && request.ranges_size() < kRangesMax; next.pop_front()) {
      *request.add_ranges() = ranges.Range(next.front());
    }
    answer = ask(request);
    if (!answer.ok()) return answer.status();
    for (const v1::RangeDifference& difference : answer->differences()) {
      if (absl::Status taken = comparing.Take(difference, next); !taken.ok()) return taken;
    }
  }
  for (auto* ids : {&found.only_here, &found.only_there, &found.differing, &found.erased}) {
    std::sort(ids->begin(), ids->end());
  }
  return found;
}

}  // namespace passend::client
