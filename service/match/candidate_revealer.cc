#include "service/match/candidate_revealer.h"

#include <optional>
#include <string>
#include <utility>

#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/consent/consent_book.h"
#include "service/consent/reveal_book.h"
#include "service/disclosure/disclosure.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/names/resource_names.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

constexpr char kMethod[] = "passend.v1.MatchService.RevealCandidate";

absl::StatusOr<v1::Task> OwnTask(const CallContext& context, const storage::Store& store,
                                 const std::string& name) {
  const std::optional<TaskName> parsed = ParseTaskName(name);
  if (!parsed) return TaskNotFound(name);
  const auto record = ReadOne(store, KeyOf(*parsed));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return TaskNotFound(name);
  auto task = ParseStored<v1::Task>(**record, name);
  if (!task.ok()) return task;
  if (!Access(context, kMethod, store).Reaches(*task)) return TaskNotFound(name);
  return task;
}

// The note of the telling, as long as the consents are still what was looked at.
storage::Batch BatchOf(const PassportName& passport, const ConsentBook& consents,
                       const RevealBook& reveals) {
  const storage::Key key = RevealBookKeyOf(passport);
  storage::Batch batch;
  batch.expectations = {{ConsentBookKeyOf(passport), consents.version},
                        {key, reveals.version},
                        {ErasureKeyOf(passport), 0}};
  batch.mutations.push_back({key, StoredValue(reveals)});
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
  return batch;
}

}  // namespace

absl::StatusOr<v1::RevealCandidateResponse> CandidateRevealer::Reveal(
    const CallContext& context, const v1::RevealCandidateRequest& request) {
  const auto task = OwnTask(context, tools_.store, request.task());
  if (!task.ok()) return task.status();
  const auto found = find_(context, *task, request.candidate());
  if (!found.ok()) return found.status();
  if (!found->has_value()) return CandidateNotFound(task->name());
  const PassportName passport = ParsePassportName(**found).value();
  absl::MutexLock lock(&tools_.locks.For(passport.passport));
  const auto record = ReadOne(tools_.store, KeyOf(passport));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return CandidateNotFound(task->name());
  const auto stored = ParseStored<v1::Passport>(**record, **found);
  if (!stored.ok()) return stored.status();
  if (stored->state() != v1::PASSPORT_STATE_ACTIVE) return CandidateNotFound(task->name());
  const absl::StatusOr<ConsentBook> consents = ReadConsents(tools_.store, passport);
  if (!consents.ok()) return consents.status();
  const absl::Time now = tools_.surroundings.now();
  const v1::Consent* consent = FindIntroduction(*consents, task->employer(), task->name(), now);
  if (consent == nullptr) return ConsentMissing();

  // A request that was repeated is answered again, and counts once.
  const RepeatableRequest repeatable(context, request);
  const auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  std::optional<storage::Batch> note;
  if (!receipt->has_value()) {
    absl::StatusOr<RevealBook> reveals = ReadReveals(tools_.store, passport);
    if (!reveals.ok()) return reveals.status();
    reveals->Add(task->employer(), task->name(), consent->name(), now);
    if (reveals->reveals.size() > kRevealsMax) {
      return LimitExceeded("employers and tasks that a person was revealed to", kRevealsMax);
    }
    note = BatchOf(passport, *consents, *reveals);
  }
  // The line about it goes with the note, and says what is told.
  if (context.disclosure != nullptr) context.disclosure->Allow({v1::FIELD_GROUP_IDENTITY});
  TellPerson(context, passport.passport);
  if (note) {
    const auto committed = repeatable.Commit(tools_.store, *std::move(note), "");
    if (!committed.ok()) return committed.status();
  }
  v1::RevealCandidateResponse response;
  response.set_passport(**found);
  return response;
}

void CandidateRevealer::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::RevealCandidateRequest, v1::RevealCandidateResponse>(
      kMethod,
      [this](const auto& context, const auto& request) { return Reveal(context, request); });
}

}  // namespace passend::service
