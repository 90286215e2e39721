#include "tests/stress/ledger.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"

namespace passend::storage {

void Ledger::Acknowledge(Sequence sequence, uint64_t number) {
  commits_[sequence] = number;
  ++acknowledged_;
}

std::string Ledger::Check(const Store& store) {
  if (std::string wrong = CheckStart(store); !wrong.empty()) return wrong;
  if (std::string wrong = Follow(store); !wrong.empty()) return wrong;
  if (std::string wrong = CheckRecords(store); !wrong.empty()) return wrong;
  return CheckReceipts(store);
}

std::string Ledger::CheckStart(const Store& store) {
  const auto span = store.CheckJournal();
  if (!span.ok()) return span.status().ToString();
  const Sequence first = span->first.sequence;
  if (first < compacted_ || first > std::max(compacted_, may_be_compacted_)) {
    return absl::StrCat("the journal begins after ", first, ", and was compacted up to ",
                        compacted_);
  }
  compacted_ = first;
  commits_.erase(commits_.begin(), commits_.upper_bound(first));
  const Sequence known = commits_.empty() ? last_ : std::max(last_, commits_.rbegin()->first);
  if (store.LastSequence() < known) {
    return absl::StrCat("lost: the journal ends at ", store.LastSequence(), " and had ", known);
  }
  return "";
}

std::string Ledger::Follow(const Store& store) {
  Sequence at = compacted_;
  while (at < store.LastSequence()) {
    const auto entries = store.Tail(at, 1'000);
    if (!entries.ok()) return entries.status().ToString();
    if (entries->empty()) return absl::StrCat("the journal ends at ", at);
    for (const JournalEntry& entry : *entries) {
      if (entry.sequence != ++at) return absl::StrCat("a gap before ", entry.sequence);
      if (std::string wrong = FollowOne(entry); !wrong.empty()) return wrong;
    }
  }
  return "";
}

std::string Ledger::FollowOne(const JournalEntry& entry) {
  if (entry.events.empty()) return absl::StrCat("commit ", entry.sequence, " tells nothing");
  const uint64_t number = std::strtoull(entry.events[0].payload.c_str(), nullptr, 10);
  const auto [known, is_new] = commits_.emplace(entry.sequence, number);
  if (known->second != number) return absl::StrCat("another commit at ", entry.sequence);
  const Batch batch = commit_of_(number);
  if (entry.events != batch.events) return absl::StrCat("torn: ", entry.sequence);
  if (entry.sequence <= last_) return "";
  for (const Mutation& mutation : batch.mutations) {
    if (mutation.value) {
      records_[mutation.key] = {mutation.key, entry.sequence, *mutation.value};
    } else {
      records_.erase(mutation.key);
    }
  }
  last_ = entry.sequence;
  return "";
}

std::string Ledger::CheckRecords(const Store& store) const {
  auto expected = records_.begin();
  std::string wrong;
  for (const RecordKind kind : {RecordKind::kPassport, RecordKind::kTask, RecordKind::kErasure}) {
    const auto status = store.Scan({kind, "", ""}, [&](const Record& record) {
      if (expected == records_.end() || record != expected->second) {
        wrong = absl::StrCat("record ", record.key.id, " of version ", record.version,
                             " is not what the journal tells");
        return false;
      }
      ++expected;
      return true;
    });
    if (!status.ok()) return status.ToString();
    if (!wrong.empty()) return wrong;
  }
  if (expected != records_.end()) {
    return absl::StrCat("record ", expected->first.id, " is missing");
  }
  return "";
}

std::string Ledger::CheckReceipts(const Store& store) const {
  for (const auto& [sequence, number] : commits_) {
    const auto receipt = store.FindReceipt(std::to_string(number));
    if (!receipt.ok()) return receipt.status().ToString();
    if (!*receipt || (*receipt)->sequence != sequence) {
      return absl::StrCat("the receipt of commit ", sequence, " is not there");
    }
  }
  return "";
}

}  // namespace passend::storage
