#include "service/match/match_records.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/policy_projection.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"
#include "service/text.h"

namespace passend::service {
namespace {

using storage::Record;
using storage::RecordKind;

// `take` reads one record; its first error ends the scan.
absl::Status ScanAll(const storage::Snapshot& snapshot, const storage::ScanRange& range,
                     const std::function<absl::Status(const Record&)>& take) {
  absl::Status taken = absl::OkStatus();
  const absl::Status scanned = snapshot.Scan(range, [&](const Record& record) {
    taken = take(record);
    return taken.ok();
  });
  return taken.ok() ? scanned : taken;
}

absl::StatusOr<v1::Passport> ParsePassport(const Record& record) {
  return ParseStored<v1::Passport>(record, MakeName(PassportName{record.key.id}));
}

absl::StatusOr<v1::Task> ParseTask(const Record& record) {
  return ParseStored<v1::Task>(record, MakeName(TaskName{record.key.id}));
}

bool AnyUnknown(const std::vector<v1::Validation>& validations, const matcher::Taxonomy& taxonomy) {
  for (const v1::Validation& validation : validations) {
    if (!taxonomy.Find(validation.skill())) return true;
  }
  return false;
}

std::vector<matcher::ConceptIndex> ContestedIn(const std::vector<v1::Validation>& validations,
                                               const matcher::Taxonomy& taxonomy) {
  std::vector<matcher::ConceptIndex> contested;
  for (const v1::Validation& validation : validations) {
    if (!HasOpenDispute(validation)) continue;
    const auto skill = taxonomy.Find(validation.skill());
    if (!skill) continue;
    if (std::find(contested.begin(), contested.end(), *skill) == contested.end()) {
      contested.push_back(*skill);
    }
  }
  return contested;
}

}  // namespace

absl::StatusOr<std::optional<StoredPerson>> ReadPerson(const storage::Snapshot& snapshot,
                                                       const std::string& passport_id,
                                                       const matcher::Taxonomy& taxonomy) {
  const PassportName name{passport_id};
  auto records = snapshot.Read({KeyOf(name), ExposureKey(passport_id), BookKeyOf(name)});
  if (!records.ok()) return records.status();
  if (!(*records)[0]) return std::nullopt;
  absl::StatusOr<v1::Passport> passport = ParsePassport(*(*records)[0]);
  if (!passport.ok()) return passport.status();
  uint64_t last_shown = 0;
  if ((*records)[1]) {
    const auto shown = ParseExposure((*records)[1]->value);
    if (!shown) return DamagedData("a stored exposure");
    last_shown = *shown;
  }
  ValidationBook book;
  if ((*records)[2]) {
    absl::StatusOr<ValidationBook> parsed = ParseBook(*(*records)[2]);
    if (!parsed.ok()) return parsed.status();
    book = *std::move(parsed);
  }
  return StoredPerson{PersonOf(*passport, SkillsOf(book.validations, taxonomy), last_shown),
                      passport->state(), AnyUnknown(book.validations, taxonomy),
                      ContestedIn(book.validations, taxonomy)};
}

absl::StatusOr<std::optional<v1::Task>> ReadTask(const storage::Snapshot& snapshot,
                                                 const std::string& task_id) {
  const auto records = snapshot.Read({KeyOf(TaskName{task_id})});
  if (!records.ok()) return records.status();
  const std::optional<Record>& record = records->front();
  if (!record) return std::nullopt;
  absl::StatusOr<v1::Task> task = ParseTask(*record);
  if (!task.ok()) return task.status();
  return *std::move(task);
}

bool AsksUnknownSkill(const v1::Task& task, const matcher::Taxonomy& taxonomy) {
  for (const v1::RequiredSkill& required : task.required_skills()) {
    if (!taxonomy.Find(required.skill())) return true;
  }
  return false;
}

absl::StatusOr<PolicyBook> ReadPolicies(const storage::Snapshot& snapshot) {
  PolicyBook book;
  const absl::Status scanned =
      ScanAll(snapshot, {RecordKind::kPolicy, "", ""}, [&](const Record& record) -> absl::Status {
        uint32_t version;
        v1::Policy policy;
        if (!absl::SimpleAtoi(record.key.id, &version) || !policy.ParseFromString(record.value)) {
          return DamagedData("a stored policy");
        }
        book[version] = PolicyOf(policy);
        return absl::OkStatus();
      });
  if (!scanned.ok()) return scanned;
  if (book.empty()) book[1] = matcher::Policy{};
  return book;
}

absl::StatusOr<std::vector<std::string>> ReadTaxonomyEtags(const storage::Snapshot& snapshot) {
  std::vector<std::string> etags;
  const absl::Status scanned =
      ScanAll(snapshot, {RecordKind::kTaxonomy, "", ""}, [&](const Record& record) {
        etags.push_back(absl::StrCat("taxonomies/", record.key.id, "@", EtagOf(record.version)));
        return absl::OkStatus();
      });
  if (!scanned.ok()) return scanned;
  return etags;
}

storage::Key ExposureKey(const std::string& passport_id) {
  return {RecordKind::kExposure, passport_id};
}

std::string ExposureValue(absl::Time shown) { return absl::StrCat(absl::ToUnixSeconds(shown)); }

std::optional<uint64_t> ParseExposure(std::string_view value) {
  uint64_t seconds;
  if (!absl::SimpleAtoi(ToAbsl(value), &seconds) || seconds == 0) return std::nullopt;
  return seconds;
}

}  // namespace passend::service
