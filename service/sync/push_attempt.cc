#include "service/sync/push_attempt.h"

#include <iterator>
#include <utility>

#include "service/audit/looks.h"
#include "service/audit/tell.h"
#include "service/canonical_bytes.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/sync/partner_records.h"

namespace passend::service {

absl::Status PushAttempt::ReadLinks() {
  std::vector<std::string> places;
  places.reserve(records_.size());
  for (const PreparedRecord& prepared : records_) places.push_back(prepared.place);
  auto links = ReadPartnerLinks(tools_.tools.store, tools_.partner.id, places);
  if (!links.ok()) return links.status();
  links_ = *std::move(links);
  return absl::OkStatus();
}

std::vector<PersonToRead> PushAttempt::Linked() const {
  std::map<std::string, PersonToRead> by_id;
  for (size_t i = 0; i < records_.size(); ++i) {
    const PreparedRecord& prepared = records_[i];
    PersonToRead* person = nullptr;
    if (links_[i].exists() && !links_[i].link.erased()) {
      person = &by_id[links_[i].link.passport()];
    } else if (links_[i].link.passport().empty() && prepared.named) {
      person = &by_id[prepared.named->passport];
    } else {
      continue;
    }
    person->with_validations |= !prepared.validations.empty();
    person->with_consents |= prepared.erases();
  }
  std::vector<PersonToRead> people;
  for (const auto& [id, person] : by_id) {
    people.push_back({{id}, person.with_validations, person.with_consents});
  }
  return people;
}

PushedPerson* PushAttempt::Find(const std::string& passport_id) {
  const auto at = people_.find(passport_id);
  return at == people_.end() || !at->second.passport ? nullptr : &at->second;
}

RecordOutcome PushAttempt::Decide(const PreparedRecord& prepared, const PartnerLink& link,
                                  std::string& passport_id) {
  // Erased when they were the partner's no longer: it is told no more than before.
  if (link.link.erased() && link.link.withdrawn()) {
    return prepared.faults.empty() ? NotThere("external_id") : Rejected(prepared.faults);
  }
  PushedPerson* const person =
      link.exists() && !link.link.erased() ? Find(link.link.passport()) : nullptr;
  const bool theirs = person == nullptr || tools_.partner.Keeps(*person->passport);
  if (link.exists() && theirs) passport_id = link.link.passport();
  if (!prepared.faults.empty()) return Rejected(prepared.faults);
  if (prepared.erases()) return DecideErasure(prepared, link, person, passport_id);
  if (!link.exists()) return DecideNew(prepared, passport_id);
  if (person == nullptr) return Erase(tools_, link, nullptr);
  if (!theirs) return NotThere("external_id");
  if (prepared.named && *prepared.named != person->name) {
    return Rejected({FaultOf("upsert.passport.name",
                             "must be empty, or the passport that the external id means already")});
  }
  // Of somebody who was taken away and is back the link says nothing by now.
  return TakeOver(tools_, prepared, /*linked=*/!link.link.withdrawn(), *person);
}

RecordOutcome PushAttempt::DecideErasure(const PreparedRecord& prepared, const PartnerLink& link,
                                         PushedPerson* person, std::string& passport_id) {
  constexpr char kPassport[] = "erase.passport";
  const std::string& meant = link.link.passport();
  if (!meant.empty()) {
    if (prepared.named && prepared.named->passport != meant) {
      return Rejected(
          {FaultOf(kPassport, "must be empty, or the passport that the external id means")});
    }
    return Erase(tools_, link, person);
  }
  if (!prepared.named) return EraseNobody(link);
  RecordOutcome outcome;
  PushedPerson* const named = FindNamed(prepared, kPassport, outcome);
  if (named == nullptr) return outcome;
  passport_id = named->name.passport;
  outcome = Erase(tools_, link, named);
  outcome.link.emplace().set_passport(passport_id);
  outcome.link->set_erased(true);
  return outcome;
}

PushedPerson* PushAttempt::FindNamed(const PreparedRecord& prepared, const char* field,
                                     RecordOutcome& refused) {
  PushedPerson* const person = Find(prepared.named->passport);
  if (person == nullptr || !tools_.partner.Keeps(*person->passport)) {
    refused = NotThere(field);
    return nullptr;
  }
  if (person->partners.Find(tools_.partner.name) == nullptr) return person;
  refused =
      Rejected({FaultOf(field, "must be a passport that no other external id of yours means")});
  return nullptr;
}

RecordOutcome PushAttempt::DecideNew(const PreparedRecord& prepared, std::string& passport_id) {
  RecordOutcome outcome;
  if (prepared.named) {
    PushedPerson* const person = FindNamed(prepared, "upsert.passport.name", outcome);
    if (person == nullptr) return outcome;
    passport_id = person->name.passport;
    return TakeOver(tools_, prepared, /*linked=*/false, *person);
  }
  PushedPerson made = MakePerson(tools_, prepared, outcome);
  if (outcome.outcome == v1::PUSH_OUTCOME_ACCEPTED) {
    passport_id = made.name.passport;
    people_.emplace(passport_id, std::move(made));
  }
  return outcome;
}

void PushAttempt::DecideAll() {
  passport_ids_.resize(records_.size());
  for (size_t i = 0; i < records_.size(); ++i) {
    outcomes_.push_back(Decide(records_[i], links_[i], passport_ids_[i]));
  }
}

absl::StatusOr<storage::Batch> PushAttempt::MakeBatch() const {
  storage::Batch batch;
  for (size_t i = 0; i < records_.size(); ++i) {
    if (!outcomes_[i].link) continue;
    storage::Key key = PartnerLinkKey(tools_.partner.id, records_[i].place);
    batch.expectations.push_back({key, links_[i].version});
    batch.mutations.push_back({std::move(key), CanonicalBytes(*outcomes_[i].link)});
  }
  for (const auto& [id, person] : people_) {
    absl::Status added = person.AddTo(tools_.tools.store, tools_.now, batch);
    if (!added.ok()) return added;
  }
  return batch;
}

void PushAttempt::TellPeople() {
  TellNobody(tools_.context);  // of whom there is none
  for (const std::string& id : passport_ids_) {
    if (id.empty() || Find(id) == nullptr) continue;
    TellPerson(tools_.context, id);
    told_.push_back(id);
  }
}

absl::StatusOr<storage::CommitResult> PushAttempt::CommitWithLooks(storage::Batch batch) {
  Looks* const looks = tools_.context.looks.get();
  if (looks != nullptr) looks->AddTo(batch);
  // The receipt of a batch that changes nothing is kept as well: it may come again when it would.
  if (batch.mutations.empty() && batch.events.empty()) {
    batch.events.push_back(
        ChangeEvent({storage::RecordKind::kPartnerLink, tools_.partner.id}, Change::kChanged));
  }
  auto committed = tools_.tools.store.Commit(std::move(batch));
  if (looks == nullptr) return committed;
  if (committed.ok() && !committed->repeated_response) {
    looks->Committed();
  } else {
    for (const std::string& id : told_) looks->Drop(id);
  }
  return committed;
}

absl::StatusOr<std::optional<v1::PushResponse>> PushAttempt::Commit(storage::Idempotency receipt) {
  if (absl::Status read = ReadLinks(); !read.ok()) return read;
  const std::vector<PersonToRead> linked = Linked();
  const LockedPeople locked(tools_.tools.locks, linked);
  auto people = ReadPeople(tools_.tools.store, linked);
  if (!people.ok()) return people.status();
  for (PushedPerson& person : *people) {
    std::string id = person.name.passport;
    people_.emplace(std::move(id), std::move(person));
  }
  DecideAll();
  TellPeople();

  absl::StatusOr<storage::Batch> batch = MakeBatch();
  if (!batch.ok()) return batch.status();
  store::v1::PushReceipt kept;
  v1::PushResponse response;
  for (size_t i = 0; i < records_.size(); ++i) {
    const RecordOutcome& outcome = outcomes_[i];
    store::v1::PushedRecord& record = *kept.add_records();
    record.set_outcome(outcome.outcome);
    record.set_passport(passport_ids_[i]);
    v1::PushResult& result = *response.add_results();
    result.set_external_id(records_[i].record->external_id());
    result.set_outcome(outcome.outcome);
    if (!passport_ids_[i].empty()) result.set_passport(MakeName(PassportName{passport_ids_[i]}));
    for (const std::string& field : outcome.fields) {
      record.add_fields(field);
      result.add_fields(field);
    }
    for (const v1::PushFault& fault : outcome.faults) {
      *result.add_faults() = fault;
      *record.add_faults() = fault;
      record.mutable_faults()->rbegin()->clear_description();
    }
  }
  receipt.response = CanonicalBytes(kept);
  batch->idempotency = std::move(receipt);
  auto committed = CommitWithLooks(*std::move(batch));
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response) return std::nullopt;
  for (size_t i = 0; i < records_.size(); ++i) {
    const PushedPerson* const person = Find(passport_ids_[i]);
    if (person == nullptr) continue;
    response.mutable_results(static_cast<int>(i))
        ->set_etag(
            EtagOf(person->passport_changed ? committed->sequence : person->passport_version));
  }
  response.set_data_sequence(static_cast<int64_t>(committed->sequence));
  return response;
}

}  // namespace passend::service
