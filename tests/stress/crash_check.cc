#include "tests/stress/crash_check.h"

#include "absl/strings/str_cat.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {
namespace {

constexpr int kKillsPerCompaction = 10;

// Commits carry their number at the start of each value.
uint64_t NumberOf(const JournalEntry& entry) {
  return entry.events.empty() ? 0 : std::strtoull(entry.events[0].payload.c_str(), nullptr, 10);
}

}  // namespace

std::string CrashCheck::AfterKill(const std::vector<Acknowledged>& acknowledged) {
  for (const Acknowledged& line : acknowledged) {
    if (line.sequence == 0) return absl::StrCat("the child ended by itself with ", line.commit);
  }
  OpenOptions options;
  options.directory = directory_;
  const auto store = OpenRocksDbStore(options);
  if (!store.ok()) return std::string(store.status().message());
  const Sequence before = last_;
  if (std::string wrong = Follow(**store); !wrong.empty()) return wrong;
  if (std::string wrong = CheckAcknowledged(acknowledged); !wrong.empty()) return wrong;
  if (std::string wrong = CheckRecords(**store); !wrong.empty()) return wrong;
  if (std::string wrong = CheckReceipts(**store, before); !wrong.empty()) return wrong;
  if (++kills_ % kKillsPerCompaction == 0) {
    const auto status = (*store)->CompactJournal(last_);
    if (!status.ok()) return status.ToString();
    commits_.clear();
  }
  return "";
}

std::string CrashCheck::Follow(const Store& store) {
  const Sequence end = store.LastSequence();
  if (end < last_) return absl::StrCat("the journal ends at ", end, " and had ", last_);
  while (last_ < end) {
    const auto entries = store.Tail(last_, 1'000);
    if (!entries.ok()) return entries.status().ToString();
    if (entries->empty()) return absl::StrCat("the journal ends before ", end);
    for (const JournalEntry& entry : *entries) {
      if (entry.sequence != last_ + 1) return absl::StrCat("a gap after ", last_);
      const uint64_t number = NumberOf(entry);
      if (entry.events != CommitOf(number).events) return absl::StrCat("torn: ", entry.sequence);
      for (const Event& event : entry.events) {
        records_[event.key.id] = {event.key, entry.sequence, event.payload};
      }
      commits_[entry.sequence] = number;
      last_ = entry.sequence;
    }
  }
  return "";
}

std::string CrashCheck::CheckAcknowledged(const std::vector<Acknowledged>& acknowledged) {
  for (const Acknowledged& line : acknowledged) {
    const auto at = commits_.find(line.sequence);
    if (at == commits_.end()) return absl::StrCat("acknowledged and lost: ", line.sequence);
    if (at->second != line.commit) return absl::StrCat("another commit at ", line.sequence);
  }
  acknowledged_ += acknowledged.size();
  return "";
}

std::string CrashCheck::CheckRecords(const Store& store) {
  auto expected = records_.begin();
  std::string wrong;
  const auto status = store.Scan({RecordKind::kTask, "", ""}, [&](const Record& record) {
    if (expected == records_.end() || record != expected->second) {
      wrong = absl::StrCat("record ", record.key.id, " of version ", record.version,
                           " is not what the journal tells");
      return false;
    }
    ++expected;
    return true;
  });
  if (!status.ok()) return status.ToString();
  if (wrong.empty() && expected != records_.end()) {
    wrong = absl::StrCat("record ", expected->first, " is missing");
  }
  return wrong;
}

std::string CrashCheck::CheckReceipts(const Store& store, Sequence after) {
  for (auto at = commits_.upper_bound(after); at != commits_.end(); ++at) {
    const auto receipt = store.FindReceipt(std::to_string(at->second));
    if (!receipt.ok()) return receipt.status().ToString();
    if (!*receipt || (*receipt)->sequence != at->first) {
      return absl::StrCat("the receipt of commit ", at->first, " is not there");
    }
  }
  return "";
}

}  // namespace passend::storage
