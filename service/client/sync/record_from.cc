#include "service/client/sync/partner_export.h"

namespace passend::client {
namespace v1 = passend::v1;

std::string LastPart(const std::string& name) { return name.substr(name.rfind('/') + 1); }

v1::PushRecord RecordFrom(const v1::WatchChange& change, const std::string& external_id) {
  v1::PushRecord record;
  record.set_external_id(external_id);
  record.set_revision(std::to_string(change.sequence()));
  v1::PushUpsert& upsert = *record.mutable_upsert();
  *upsert.mutable_passport() = change.passport();
  v1::Passport& passport = *upsert.mutable_passport();
  passport.clear_name();
  passport.clear_etag();
  passport.clear_create_time();
  passport.clear_update_time();
  passport.clear_skills();
  passport.clear_partners();
  for (v1::SupportNeed& need : *passport.mutable_support()->mutable_needs()) need.clear_kind();
  if (!change.passport().has_support()) passport.clear_support();
  // Who is told which partners keep the person is one of them, and is told all of these: what is
  // not filled in was emptied. Of others it may be that it is not shared.
  if (change.passport().partners_size() > 0) {
    auto& mask = *upsert.mutable_update_mask();
    for (const char* field : {"region", "wishes", "paces", "support", "coaches"}) {
      mask.add_paths(field);
    }
    if (passport.state() != v1::PASSPORT_STATE_UNSPECIFIED) mask.add_paths("state");
  }
  for (const v1::Validation& validation : change.validations()) {
    v1::PushValidation& pushed = *upsert.add_validations();
    pushed.set_external_id(LastPart(validation.name()));
    if (validation.has_revoke_time()) {
      const std::string& reason = validation.revoke_reason();
      pushed.set_revoke_reason(reason.empty() ? "-" : reason);
      continue;
    }
    v1::Validation& said = *pushed.mutable_validation();
    said.set_skill(validation.skill());
    said.set_level(validation.level());
    said.set_method(validation.method());
    if (validation.has_validate_time()) *said.mutable_validate_time() = validation.validate_time();
    if (validation.has_expire_time()) *said.mutable_expire_time() = validation.expire_time();
    said.set_validator(validation.validator());
    said.set_capacity(validation.capacity());
    said.set_place(validation.place());
    said.set_evidence_uri(validation.evidence_uri());
  }
  return record;
}

v1::PushRecord EraseRecord(const std::string& external_id) {
  v1::PushRecord record;
  record.set_external_id(external_id);
  record.mutable_erase();
  return record;
}

int SnapshotBasisPoints(const std::string& passport_name) {
  constexpr int kWhole = 10000;
  const std::string id = LastPart(passport_name);
  int reached = 0;
  int whole = 1;
  for (std::size_t i = 0; i < 3 && i < id.size(); ++i) {
    const char c = id[i];
    const int digit = c >= '2' && c <= '7' ? c - '2' : c >= 'a' && c <= 'z' ? c - 'a' + 6 : 0;
    reached = reached * 32 + digit;
    whole *= 32;
  }
  return reached * kWhole / whole;
}

}  // namespace passend::client
