#include "service/sync/prepared_record.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "service/canonical_bytes.h"
#include "service/names/string_form.h"
#include "service/records/support_kinds.h"
#include "service/rules/passport_rules.h"
#include "service/sync/passport_fields.h"
#include "service/validation/field_check.h"
#include "service/validations/validation_write.h"

namespace passend::service {
namespace {

constexpr char kUpsert[] = "upsert";
constexpr int kPartnersMax = 16;

void AddFaults(PushFaults more, PushFaults& faults) {
  std::move(more.begin(), more.end(), std::back_inserter(faults));
}

std::string DigestOf(v1::Validation validation) {
  validation.clear_name();
  return DigestOfValue(CanonicalBytes(validation));
}

void PrepareName(const std::string& name, const FieldPath& path, PreparedRecord& prepared) {
  if (name.empty()) return;
  prepared.named = ParsePassportName(name);
  if (!prepared.named) {
    prepared.faults.push_back(
        FaultOf(path.text(), "must be `passports/{passport}`, or be left empty"));
  }
}

void PreparePassport(const PushTools& tools, const v1::PushUpsert& upsert,
                     PreparedRecord& prepared) {
  const FieldPath path = FieldPath(kUpsert) / "passport";
  service::AddFaults(CheckPassport(upsert.passport(), path, tools.now), prepared.faults);
  const auto fields = FieldsSaid(upsert.update_mask(), upsert.passport());
  if (!fields.ok()) return AddFaults(FaultsOf(fields.status(), kUpsert), prepared.faults);
  PrepareName(upsert.passport().name(), path / "name", prepared);
  v1::Passport& said = prepared.said;
  for (const PassportField field : *fields) CopyField(upsert.passport(), field, said);
  if (said.has_support()) FillSupportKinds(*said.mutable_support()->mutable_needs());
  for (const PassportField field : *fields) {
    if (field == PassportField::kState && said.state() == v1::PASSPORT_STATE_UNSPECIFIED) {
      prepared.faults.push_back(
          FaultOf((path / "state").text(), "must be given where update_mask is `*` or names it"));
    }
    if (field == PassportField::kPartners && !tools.partner.Keeps(said)) {
      said.add_partners(tools.partner.name);
      if (said.partners_size() > kPartnersMax) {
        prepared.faults.push_back(
            FaultOf((path / "partners").text(), "must have at most 16 entries, you among them"));
      }
    }
    std::string value = ValueOf(said, field);
    std::string digest = DigestOfValue(value);
    prepared.values.push_back({field, std::move(value), std::move(digest)});
  }
}

void PrepareValidations(const PushTools& tools, const v1::PushUpsert& upsert,
                        PreparedRecord& prepared) {
  std::set<std::string> seen;
  std::vector<AskedValidation> all;
  for (int i = 0; i < upsert.validations_size(); ++i) {
    const v1::PushValidation& asked = upsert.validations(i);
    const FieldPath path = (FieldPath(kUpsert) / "validations")[i];
    if (!seen.insert(asked.external_id()).second) {
      prepared.faults.push_back(
          FaultOf((path / "external_id").text(), "must not be the same as that of an earlier one"));
    }
    if (asked.has_validation()) {
      all.push_back({path / "validation", asked.validation()});
      prepared.validations.push_back({&asked, DigestOf(asked.validation())});
    } else if (!asked.revoke_reason().empty()) {
      prepared.validations.push_back({&asked, ""});
    } else {
      prepared.faults.push_back(
          FaultOf(path.text(), "must have validation, or revoke_reason to take it back"));
    }
  }
  const absl::Status checked =
      CheckValidations(tools.catalog, tools.context.caller, all, tools.now);
  if (!checked.ok()) AddFaults(FaultsOf(checked, ""), prepared.faults);
}

}  // namespace

PreparedRecord Prepare(const PushTools& tools, const v1::PushRecord& record) {
  PreparedRecord prepared;
  prepared.record = &record;
  prepared.place = tools.key.PlaceOf(record.external_id());
  prepared.mark = tools.key.MarkOf(record.external_id(), record.revision());
  service::AddFaults(FindViolations(record), prepared.faults);
  if (record.change_case() == v1::PushRecord::CHANGE_NOT_SET) {
    prepared.faults.push_back(FaultOf("", "must have upsert or erase"));
  }
  // Rules between fields are for fields that are as they have to be.
  if (!prepared.faults.empty()) return prepared;
  if (record.has_erase()) {
    PrepareName(record.erase().passport(), FieldPath("erase") / "passport", prepared);
    return prepared;
  }
  PreparePassport(tools, record.upsert(), prepared);
  PrepareValidations(tools, record.upsert(), prepared);
  return prepared;
}

}  // namespace passend::service
