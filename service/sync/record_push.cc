#include "service/sync/record_push.h"

#include <utility>

#include "service/errors/error_status.h"
#include "service/names/random_id.h"
#include "service/records/stored_message.h"
#include "service/sync/brought_validations.h"

namespace passend::service {
namespace {

constexpr char kValidations[] = "validations";

store::v1::PartnerLink LinkTo(const PushedPerson& person, const PreparedRecord& prepared) {
  store::v1::PartnerLink link;
  link.set_passport(person.name.passport);
  link.set_mark(prepared.mark);
  return link;
}

// Notes whom the record is about, and which revision it is; whether that is new.
bool NoteRecord(const PreparedRecord& prepared, store::v1::PartnerSide& side) {
  const v1::PushRecord& record = *prepared.record;
  if (side.place() == prepared.place && side.revision() == record.revision()) return false;
  side.set_external_id(record.external_id());
  side.set_place(prepared.place);
  side.set_revision(record.revision());
  return true;
}

RecordOutcome Conflict(const std::vector<PassportField>& fields) {
  RecordOutcome conflict;
  conflict.outcome = v1::PUSH_OUTCOME_CONFLICT;
  for (const PassportField field : fields) conflict.fields.emplace_back(NameOf(field));
  return conflict;
}

// The fields that the passport does not say as the partner does.
std::vector<PassportField> Differing(const v1::Passport& passport,
                                     const std::vector<SaidValue>& values) {
  std::vector<PassportField> differing;
  for (const SaidValue& one : values) {
    if (ValueOf(passport, one.field) != one.value) differing.push_back(one.field);
  }
  return differing;
}

}  // namespace

RecordOutcome Rejected(PushFaults faults) {
  RecordOutcome rejected;
  rejected.faults = std::move(faults);
  return rejected;
}

RecordOutcome NotThere(std::string_view field) {
  v1::PushFault fault = FaultOf(field, "must be a passport of yours; there is none like that");
  fault.set_reason(v1::ErrorReason_Name(v1::ERROR_REASON_PASSPORT_NOT_FOUND));
  return Rejected({std::move(fault)});
}

RecordOutcome Erase(const PushTools& tools, const PartnerLink& link, PushedPerson* person) {
  if (person != nullptr && !tools.partner.Keeps(*person->passport)) return NotThere("external_id");
  RecordOutcome erased;
  erased.outcome = v1::PUSH_OUTCOME_ERASED;
  if (person != nullptr) {
    person->passport.reset();
    person->erased = true;
  } else if (!link.link.erased()) {
    erased.link = link.link;  // so that what comes late makes nobody of it
    erased.link->clear_mark();
    erased.link->set_erased(true);
  }
  return erased;
}

RecordOutcome EraseNobody(const PartnerLink& link) {
  RecordOutcome nobody;
  nobody.outcome = v1::PUSH_OUTCOME_NOBODY;
  if (!link.exists()) nobody.link.emplace().set_erased(true);
  return nobody;
}

RecordOutcome TakeOver(const PushTools& tools, const PreparedRecord& prepared, bool linked,
                       PushedPerson& person) {
  const std::string& etag = prepared.record->upsert().etag();
  const bool seen = !etag.empty() && etag == EtagOf(person.passport_version);
  if (!etag.empty() && !seen) {
    const std::vector<PassportField> differing = Differing(*person.passport, prepared.values);
    if (!differing.empty()) return Conflict(differing);
  }
  store::v1::PartnerSide side;
  if (const auto* before = person.partners.Find(tools.partner.name)) side = *before;
  const FieldMerge merge = MergeFields(*person.passport, prepared.values, side, seen);
  if (!merge.conflicts.empty()) return Conflict(merge.conflicts);

  Brought brought;
  ValidationBook book;
  if (!prepared.validations.empty()) {
    book = person.validations;
    auto result = BringValidations(tools, person.name, prepared.validations, book, side);
    if (!result.ok()) return Rejected(FaultsOf(result.status(), "", "upsert.validations"));
    brought = *std::move(result);
    if (brought.conflict || (!etag.empty() && !seen && !brought.changed.empty())) {
      RecordOutcome conflict = Conflict({});
      conflict.fields.emplace_back(kValidations);
      return conflict;
    }
  }

  // The feed tells it, and nothing else may change here.
  if (side.external_id() != prepared.record->external_id()) side.set_id_is_new(true);
  const bool links = NoteRecord(prepared, side) || !linked;
  bool noted = links || brought.noted;
  for (const SaidValue* one : merge.settled) noted = Note(*one, side) || noted;
  for (const SaidValue* one : merge.taken) CopyField(prepared.said, one->field, *person.passport);
  if (!merge.taken.empty()) {
    *person.passport->mutable_update_time() = ToTimestamp(tools.now);
    person.passport_changed = true;
  }
  if (!brought.changed.empty()) {
    person.validations = std::move(book);
    person.validations_changed = brought.changed;
  }
  if (noted) {
    side.set_partner(tools.partner.name);
    person.partners.SideOf(tools.partner.name) = std::move(side);
    person.partners_changed = true;
  }
  RecordOutcome outcome;
  const bool changed = !linked || !merge.taken.empty() || !brought.changed.empty();
  outcome.outcome = changed ? v1::PUSH_OUTCOME_ACCEPTED : v1::PUSH_OUTCOME_UNCHANGED;
  for (const PassportField field : merge.kept) outcome.fields.emplace_back(NameOf(field));
  if (brought.kept) outcome.fields.emplace_back(kValidations);
  if (links) outcome.link = LinkTo(person, prepared);
  return outcome;
}

PushedPerson MakePerson(const PushTools& tools, const PreparedRecord& prepared,
                        RecordOutcome& outcome) {
  PushedPerson person;
  if (!prepared.record->upsert().etag().empty()) {
    outcome = Rejected({FaultOf("upsert.etag", "must be empty for somebody new")});
    return person;
  }
  person.name.passport = RandomId(tools.tools.surroundings);
  v1::Passport& passport = person.passport.emplace(prepared.said);
  passport.set_name(MakeName(person.name));
  if (passport.state() == v1::PASSPORT_STATE_UNSPECIFIED) {
    passport.set_state(v1::PASSPORT_STATE_ACTIVE);
  }
  if (!tools.partner.Keeps(passport)) passport.add_partners(tools.partner.name);
  *passport.mutable_create_time() = ToTimestamp(tools.now);
  *passport.mutable_update_time() = ToTimestamp(tools.now);
  // Whoever makes the passport has said all of it, what is not filled in as well.
  store::v1::PartnerSide& side = person.partners.SideOf(tools.partner.name);
  for (const PassportField field : kPassportFields) {
    std::string value = ValueOf(passport, field);
    std::string digest = DigestOfValue(value);
    Note({field, std::move(value), std::move(digest)}, side);
  }
  NoteRecord(prepared, side);
  auto brought =
      BringValidations(tools, person.name, prepared.validations, person.validations, side);
  if (!brought.ok()) {
    outcome = Rejected(FaultsOf(brought.status(), "", "upsert.validations"));
    return person;
  }
  person.validations_changed = std::move(brought->changed);
  person.passport_changed = true;
  person.partners_changed = true;
  outcome.outcome = v1::PUSH_OUTCOME_ACCEPTED;
  outcome.link = LinkTo(person, prepared);
  return person;
}

}  // namespace passend::service
