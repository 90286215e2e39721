#include "service/audit/history_store.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "service/audit/audit_keys.h"
#include "storage/limits.h"

namespace passend::service {
namespace {

using storage::Batch;
using storage::Key;
using storage::Mutation;
using storage::RecordKind;

// Of a commit, besides what it is about: an import may replace tens of thousands of concepts.
constexpr size_t kKeptMutationsMax = 20'000;
constexpr size_t kKeptBytesMax = size_t{16} << 20;

absl::Status CommitMutations(storage::Store& store, std::vector<Mutation> mutations,
                             std::vector<storage::Event> events) {
  Batch batch;
  batch.mutations = std::move(mutations);
  batch.events = std::move(events);
  return store.Commit(std::move(batch)).status();
}

// What is kept of a commit: with it, or, where it is too much for that, shortly before. An earlier
// version that is kept while it is still the latest changes nothing.
class Kept {
 public:
  explicit Kept(storage::Store& store) : store_(store) {}

  absl::Status Add(const storage::Record& record) {
    Key key = HistoryKey(record.key, record.version);
    bytes_ += 2 * key.id.size() + record.value.size();
    events_.push_back({key, ""});
    mutations_.push_back({std::move(key), record.value});
    if (mutations_.size() < kKeptMutationsMax && bytes_ < kKeptBytesMax) return absl::OkStatus();
    bytes_ = 0;
    return CommitMutations(store_, std::exchange(mutations_, {}), std::exchange(events_, {}));
  }

  void MoveTo(Batch& batch) {
    std::move(mutations_.begin(), mutations_.end(), std::back_inserter(batch.mutations));
    std::move(events_.begin(), events_.end(), std::back_inserter(batch.events));
  }

 private:
  storage::Store& store_;
  std::vector<Mutation> mutations_;
  std::vector<storage::Event> events_;
  size_t bytes_ = 0;
};

std::vector<std::string> ErasedBy(const Batch& batch) {
  std::vector<std::string> erased;
  for (const auto& [key, value] : batch.mutations) {
    if (value && key.kind == RecordKind::kErasure) erased.push_back(key.id);
  }
  return erased;
}

}  // namespace

absl::StatusOr<storage::CommitResult> HistoryStore::Commit(Batch batch) {
  if (earlier_ == Earlier::kKept) {
    if (absl::Status kept = KeepEarlier(batch); !kept.ok()) return kept;
  }
  const std::vector<std::string> erased = ErasedBy(batch);
  for (const std::string& person : erased) {
    if (absl::Status gone = DeleteAllOf(person, batch); !gone.ok()) return gone;
  }
  auto committed = inner().Commit(std::move(batch));
  if (!committed.ok() || erased.empty()) return committed;
  // What was written while it was on its way. Nothing comes any more now.
  Batch late;
  for (const std::string& person : erased) {
    if (absl::Status gone = DeleteAllOf(person, late); !gone.ok()) return gone;
  }
  if (late.mutations.empty()) return committed;
  if (absl::Status gone = inner().Commit(std::move(late)).status(); !gone.ok()) return gone;
  return committed;
}

absl::Status HistoryStore::KeepEarlier(Batch& batch) {
  std::map<Key, storage::Version> expected;
  for (const auto& [key, version] : batch.expectations) expected.emplace(key, version);
  std::vector<Key> replaced;
  for (const auto& [key, value] : batch.mutations) {
    const bool is_kept = value.has_value() || key.kind == RecordKind::kEmployerList;
    if (!is_kept || !HasHistory(key.kind)) continue;
    const auto at = expected.find(key);
    // What is made by the commit, or it fails, replaces nothing.
    if (at == expected.end() || at->second != 0) replaced.push_back(key);
  }
  if (replaced.empty()) return absl::OkStatus();
  const auto records = inner().Read(replaced);
  if (!records.ok()) return records.status();
  Kept kept(inner());
  for (size_t place = 0; place < replaced.size(); ++place) {
    const auto& record = (*records)[place];
    // What is kept is what is replaced: nobody may come in between.
    if (replaced[place].kind != RecordKind::kConcept && !expected.contains(replaced[place])) {
      batch.expectations.push_back({replaced[place], record ? record->version : 0});
    }
    if (!record) continue;
    if (absl::Status added = kept.Add(*record); !added.ok()) return added;
  }
  kept.MoveTo(batch);
  return absl::OkStatus();
}

absl::Status HistoryStore::DeleteAllOf(const std::string& passport_id, Batch& batch) {
  std::vector<storage::ScanRange> ranges = {{RecordKind::kLook, passport_id + "/", ""}};
  for (const RecordKind kind :
       {RecordKind::kPassport, RecordKind::kExposure, RecordKind::kValidationBook}) {
    ranges.push_back({RecordKind::kPersonHistory, HistoryPrefix({kind, passport_id}), ""});
  }
  std::vector<Mutation> gone;
  for (const storage::ScanRange& range : ranges) {
    const absl::Status scanned = inner().Scan(range, [&](storage::Record record) {
      gone.push_back({std::move(record.key), std::nullopt});
      return true;
    });
    if (!scanned.ok()) return scanned;
  }
  // A batch may erase hundreds of people, each with years of lines.
  while (!gone.empty() && batch.mutations.size() + gone.size() > kKeptMutationsMax) {
    const auto some =
        gone.end() - static_cast<std::ptrdiff_t>(std::min(gone.size(), kKeptMutationsMax));
    absl::Status committed = CommitMutations(
        inner(), {std::make_move_iterator(some), std::make_move_iterator(gone.end())}, {});
    if (!committed.ok()) return committed;
    gone.erase(some, gone.end());
  }
  std::move(gone.begin(), gone.end(), std::back_inserter(batch.mutations));
  return absl::OkStatus();
}

absl::Status HistoryStore::Begin() {
  const auto start = inner().Read({HistoryStartKey()});
  if (!start.ok()) return start.status();
  if (start->front()) return absl::OkStatus();
  return CommitMutations(inner(), {{HistoryStartKey(), ""}}, {});
}

absl::Status HistoryStore::End(storage::Store& store) {
  const auto start = store.Read({HistoryStartKey()});
  if (!start.ok()) return start.status();
  if (!start->front()) return absl::OkStatus();
  return CommitMutations(store, {{HistoryStartKey(), std::nullopt}}, {});
}

}  // namespace passend::service
