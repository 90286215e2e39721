#include "service/audit/log_checker.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/audit/audit_keys.h"
#include "service/audit/looks.h"
#include "service/errors/call_errors.h"
#include "service/errors/request_errors.h"
#include "service/names/resource_names.h"
#include "storage/limits.h"

namespace passend::service {
namespace {

using storage::Key;
using storage::RecordKind;
using storage::Sequence;

constexpr int kProblemsMax = 20;

// One check, as of one moment.
class Check {
 public:
  Check(const CallContext& context, const storage::Store& store, const storage::Snapshot& now)
      : context_(context), store_(store), now_(now) {}

  absl::StatusOr<v1::CheckAccessLogResponse> Run(const v1::CheckAccessLogRequest& request) {
    absl::Status ended = CheckChain(request);
    if (ended.ok() && !broken_) ended = CheckLines();
    if (ended.ok() && !broken_) ended = CountAll();
    if (!ended.ok()) return ended;
    response_.set_whole(response_.problems().empty());
    return std::move(response_);
  }

 private:
  void Tell(std::string problem) {
    if (response_.problems_size() < kProblemsMax) response_.add_problems(std::move(problem));
  }

  absl::Status CheckChain(const v1::CheckAccessLogRequest& request) {
    const auto journal = store_.CheckJournal();
    if (absl::IsDataLoss(journal.status())) {
      broken_ = true;
      Tell(std::string(journal.status().message()));
      return absl::OkStatus();
    }
    if (!journal.ok()) return journal.status();
    const auto last = store_.ChainAt(now_.sequence());
    if (!last.ok()) return last.status();
    response_.set_first_sequence(static_cast<int64_t>(journal->first.sequence));
    response_.set_last_sequence(static_cast<int64_t>(last->sequence));
    response_.set_last_chain(absl::BytesToHexString(last->chain));
    return request.known_sequence() > 0 ? CheckKnown(request) : absl::OkStatus();
  }

  absl::Status CheckKnown(const v1::CheckAccessLogRequest& request) {
    const auto known = store_.ChainAt(static_cast<Sequence>(request.known_sequence()));
    if (absl::IsOutOfRange(known.status())) {
      Tell(request.known_sequence() > response_.last_sequence()
               ? absl::StrCat("there is no commit ", request.known_sequence(),
                              " any more: the last is ", response_.last_sequence())
               : absl::StrCat("commit ", request.known_sequence(),
                              " was kept for long enough: what is kept begins after commit ",
                              response_.first_sequence()));
      return absl::OkStatus();
    }
    if (!known.ok()) return known.status();
    if (absl::BytesToHexString(known->chain) != request.known_chain()) {
      Tell(absl::StrCat("the chain up to commit ", request.known_sequence(),
                        " is another than was noted"));
    }
    return absl::OkStatus();
  }

  absl::Status CheckLines() {
    const auto swept = now_.Read({SweptKey()});
    if (!swept.ok()) return swept.status();
    Sequence after = static_cast<Sequence>(response_.first_sequence());
    Sequence through = 0;
    if (swept->front() && absl::SimpleAtoi(swept->front()->value, &through)) {
      after = std::max(after, through);
      response_.set_first_sequence(static_cast<int64_t>(after));
    }
    while (after < now_.sequence()) {
      if (context_.pointless()) return context_.cancelled() ? Cancelled() : DeadlineExceeded();
      const auto entries = store_.Tail(after, storage::kTailEntriesMax);
      if (!entries.ok()) return entries.status();
      if (entries->empty()) return absl::UnavailableError("the journal ends before its snapshot");
      for (const storage::JournalEntry& entry : *entries) {
        if (entry.sequence > now_.sequence()) break;
        if (absl::Status checked = CheckEntry(entry); !checked.ok()) return checked;
      }
      after = entries->back().sequence;
    }
    return absl::OkStatus();
  }

  absl::Status CheckEntry(const storage::JournalEntry& entry) {
    for (const storage::Event& event : entry.events) {
      absl::Status checked;
      if (event.key.kind == RecordKind::kLook) checked = CheckLooks(entry.sequence, event);
      if (event.key.kind == RecordKind::kDecision) checked = CheckDecision(entry.sequence, event);
      if (!checked.ok()) return checked;
    }
    return absl::OkStatus();
  }

  absl::Status CheckLooks(Sequence sequence, const storage::Event& event) {
    const auto tally = ParseTally(event.payload);
    if (!tally) {
      Tell(absl::StrCat("commit ", sequence, ": what it says of its lines cannot be read"));
      return absl::OkStatus();
    }
    std::vector<Key> keys;
    for (const TalliedLook& look : *tally) keys.push_back(LookKey(look.passport, event.key.id));
    const auto records = now_.Read(keys);
    if (absl::IsDataLoss(records.status())) {
      Tell(absl::StrCat("commit ", sequence, ": a line of it is damaged"));
      return absl::OkStatus();
    }
    if (!records.ok()) return records.status();
    for (size_t i = 0; i < keys.size(); ++i) {
      const auto& record = (*records)[i];
      if (!record) {
        if (absl::Status missing = TellMissing(sequence, (*tally)[i].passport); !missing.ok()) {
          return missing;
        }
      } else if (record->version != sequence ||
                 DigestOf(keys[i], record->value) != (*tally)[i].digest) {
        Tell(absl::StrCat("commit ", sequence, ": a line about a look was changed"));
        seen_looks_ += 1;
      } else {
        seen_looks_ += 1;
        response_.set_looks(response_.looks() + 1);
      }
    }
    return absl::OkStatus();
  }

  absl::Status TellMissing(Sequence sequence, const std::string& passport) {
    const auto tombstone = now_.Read({ErasureKeyOf(PassportName{passport})});
    if (!tombstone.ok()) return tombstone.status();
    if (tombstone->front()) {
      response_.set_erased_looks(response_.erased_looks() + 1);
    } else {
      Tell(absl::StrCat("commit ", sequence, ": a line about a look is missing"));
    }
    return absl::OkStatus();
  }

  absl::Status CheckDecision(Sequence sequence, const storage::Event& event) {
    const auto record = now_.Read({event.key});
    if (absl::IsDataLoss(record.status())) {
      Tell(absl::StrCat("commit ", sequence, ": its decision is damaged"));
      return absl::OkStatus();
    }
    if (!record.ok()) return record.status();
    if (!record->front()) {
      Tell(absl::StrCat("commit ", sequence, ": its decision is missing"));
      return absl::OkStatus();
    }
    seen_decisions_ += 1;
    if (record->front()->version != sequence ||
        DigestOf(event.key, record->front()->value) != event.payload) {
      Tell(absl::StrCat("commit ", sequence, ": its decision was changed"));
    } else {
      response_.set_decisions(response_.decisions() + 1);
    }
    return absl::OkStatus();
  }

  // Lines that the journal does not know were slipped in.
  absl::Status CountAll() {
    const auto count = [this](RecordKind kind) -> absl::StatusOr<int64_t> {
      int64_t records = 0;
      const absl::Status scanned =
          now_.ScanViews({kind, "", ""}, [&records](const storage::RecordView&) {
            ++records;
            return true;
          });
      if (!scanned.ok()) return scanned;
      return records;
    };
    for (const auto& [kind, seen] : {std::pair(RecordKind::kLook, seen_looks_),
                                     std::pair(RecordKind::kDecision, seen_decisions_)}) {
      const auto there = count(kind);
      if (absl::IsDataLoss(there.status())) continue;  // told of above
      if (!there.ok()) return there.status();
      if (*there > seen) {
        Tell(absl::StrCat(*there - seen, kind == RecordKind::kLook ? " lines" : " decisions",
                          " are there that no commit tells of"));
      }
    }
    return absl::OkStatus();
  }

  const CallContext& context_;
  const storage::Store& store_;
  const storage::Snapshot& now_;
  v1::CheckAccessLogResponse response_;
  bool broken_ = false;
  int64_t seen_looks_ = 0;
  int64_t seen_decisions_ = 0;
};

}  // namespace

absl::StatusOr<v1::CheckAccessLogResponse> CheckLog(const CallContext& context,
                                                    const storage::Store& store,
                                                    const v1::CheckAccessLogRequest& request) {
  if (request.known_sequence() > 0 && request.known_chain().empty()) {
    return InvalidField("known_chain", "must be given with known_sequence");
  }
  const auto now = store.GetSnapshot();
  if (!now.ok()) return now.status();
  return Check(context, store, **now).Run(request);
}

}  // namespace passend::service
