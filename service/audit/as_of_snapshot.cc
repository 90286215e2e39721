#include "service/audit/as_of_snapshot.h"

#include <limits>
#include <map>
#include <string>
#include <utility>

#include "service/audit/audit_keys.h"
#include "storage/byte_codec.h"

namespace passend::service {
namespace {

using storage::Key;
using storage::Record;
using storage::ScanRange;
using storage::Sequence;

// Of now, read together: some MB at most.
constexpr size_t kSomeRecords = 2'048;

constexpr storage::Version kLastVersion = std::numeric_limits<storage::Version>::max();

// The earlier versions of all records of a range.
ScanRange HistoryOf(const ScanRange& range) {
  const std::string kind(1, static_cast<char>(range.kind));
  ScanRange history{HistoryKindOf(range.kind), kind + range.prefix, "", ""};
  if (!range.after.empty()) history.after = HistoryKey({range.kind, range.after}, kLastVersion).id;
  if (!range.until.empty()) history.until = HistoryKey({range.kind, range.until}, kLastVersion).id;
  return history;
}

}  // namespace

absl::StatusOr<std::vector<std::optional<Record>>> AsOfSnapshot::Read(
    const std::vector<Key>& keys) const {
  auto records = now_->Read(keys);
  if (!records.ok()) return records;
  for (size_t place = 0; place < keys.size(); ++place) {
    std::optional<Record>& record = (*records)[place];
    if (record && record->version <= sequence_) continue;
    record.reset();
    const Key& key = keys[place];
    if (!HasHistory(key.kind)) continue;
    const absl::Status scanned =
        now_->Scan({HistoryKindOf(key.kind), HistoryPrefix(key), "", HistoryKey(key, sequence_).id},
                   [&](Record earlier) {
                     const auto id = ParseHistoryId(earlier.key.id);
                     if (id) record = Record{key, id->version, std::move(earlier.value)};
                     return true;
                   });
    if (!scanned.ok()) return scanned;
  }
  return records;
}

absl::Status AsOfSnapshot::Scan(const ScanRange& range,
                                const std::function<bool(Record)>& visit) const {
  ScanRange rest = range;
  while (true) {
    std::string until;
    auto some = ReadSome(rest, until);
    if (!some.ok()) return some.status();
    for (Record& record : *some) {
      if (!visit(std::move(record))) return absl::OkStatus();
    }
    if (until.empty()) return absl::OkStatus();
    rest.after = std::move(until);
  }
}

absl::StatusOr<std::vector<Record>> AsOfSnapshot::ReadSome(const ScanRange& range,
                                                           std::string& until) const {
  std::map<std::string, Record> found;  // by id
  size_t read = 0;
  std::string last;
  absl::Status scanned = now_->Scan(range, [&](Record record) {
    if (read == kSomeRecords) {
      until = last;
      return false;
    }
    ++read;
    last = record.key.id;
    if (record.version <= sequence_) found.emplace(last, std::move(record));
    return true;
  });
  if (!scanned.ok()) return scanned;
  ScanRange some = range;
  if (!until.empty()) some.until = until;
  if (HasHistory(range.kind)) {
    scanned = now_->Scan(HistoryOf(some), [&](Record earlier) {
      const auto id = ParseHistoryId(earlier.key.id);
      if (!id || id->version > sequence_) return true;
      Record& record = found[std::string(id->id)];
      // The later versions come later; one that is still the latest may be kept already.
      if (record.version >= id->version) return true;
      record = {{range.kind, std::string(id->id)}, id->version, std::move(earlier.value)};
      return true;
    });
    if (!scanned.ok()) return scanned;
  }
  std::vector<Record> records;
  records.reserve(found.size());
  for (auto& [id, record] : found) records.push_back(std::move(record));
  return records;
}

}  // namespace passend::service
