#include "service/audit/answer_ledger.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

// Somebody who is erased while an answer is made has its commit refused: then it is made anew, of
// the others, and the answer is not given.
constexpr int kAttempts = 5;

}  // namespace

std::shared_ptr<Looks> AnswerLedger::Open(const CallContext& context,
                                          const MethodRow& method) const {
  return std::make_shared<Looks>(context, method, surroundings_.now(), surroundings_, &writer_);
}

absl::Status AnswerLedger::Close(const CallContext& context, Looks& looks) const {
  if (looks.untold()) {
    return absl::InternalError(
        absl::StrCat(context.method, " shows people and did not say whom its answer shows"));
  }
  absl::Status written = looks.AwaitBegun();
  bool anybody_erased = absl::IsAborted(written);
  if (!written.ok() && !anybody_erased) return written;
  if (anybody_erased) {
    if (absl::Status dropped = DropErased(looks); !dropped.ok()) return dropped;
  }
  for (int attempt = 0; attempt < kAttempts && looks.waiting(); ++attempt) {
    storage::Batch batch;
    looks.AddTo(batch);
    written = store_.Commit(std::move(batch)).status();
    if (written.ok()) {
      looks.Committed();
    } else if (!absl::IsAborted(written)) {
      return written;
    } else if (absl::Status dropped = DropErased(looks); !dropped.ok()) {
      return dropped;
    } else {
      anybody_erased = true;
    }
  }
  if (anybody_erased) {
    return StoreUnavailable(absl::StatusCode::kUnavailable,
                            "somebody in the answer was erased meanwhile; please ask again");
  }
  return absl::OkStatus();
}

absl::Status AnswerLedger::DropErased(Looks& looks) const {
  std::vector<storage::Key> tombstones;
  const std::set<std::string> people = looks.WaitingPeople();
  for (const std::string& person : people) tombstones.push_back(ErasureKeyOf({person}));
  if (tombstones.empty()) return absl::OkStatus();
  const auto records = store_.Read(tombstones);
  if (!records.ok()) return records.status();
  for (const auto& record : *records) {
    if (record) looks.Drop(record->key.id);
  }
  return absl::OkStatus();
}

}  // namespace passend::service
