#include "service/match/changed_records.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"

namespace passend::service {
namespace {

absl::Status TakePassport(const storage::Snapshot& snapshot, const std::string& id,
                          const matcher::Taxonomy& taxonomy, ChangedRecords& changed) {
  auto stored = ReadPerson(snapshot, id, taxonomy);
  if (!stored.ok()) return stored.status();
  if (!*stored || (*stored)->state != v1::PASSPORT_STATE_ACTIVE) {
    changed.changes.people_gone.push_back(absl::StrCat("passports/", id));
    return absl::OkStatus();
  }
  changed.skills_unknown |= (*stored)->skills_unknown;
  changed.changes.people.push_back(std::move((*stored)->person));
  return absl::OkStatus();
}

// Of a passport that did not change otherwise.
absl::Status TakeExposure(const storage::Snapshot& snapshot, const std::string& id,
                          const matcher::MatchIndex& index, ChangedRecords& changed) {
  auto person = index.FindPerson(absl::StrCat("passports/", id));
  if (!person) return absl::OkStatus();
  const auto records = snapshot.Read({ExposureKey(id)});
  if (!records.ok()) return records.status();
  const std::optional<storage::Record>& record = records->front();
  if (!record) return absl::OkStatus();
  const auto shown = ParseExposure(record->value);
  if (!shown) return DamagedData("a stored exposure");
  person->last_shown = *shown;
  changed.changes.people.push_back(*std::move(person));
  return absl::OkStatus();
}

absl::Status TakeTask(const storage::Snapshot& snapshot, const std::string& id,
                      const matcher::Taxonomy& taxonomy, ChangedRecords& changed) {
  auto task = ReadTask(snapshot, id);
  if (!task.ok()) return task.status();
  if (!*task || (*task)->state() != v1::TASK_STATE_OPEN) {
    changed.changes.works_gone.push_back(absl::StrCat("tasks/", id));
    return absl::OkStatus();
  }
  changed.skills_unknown |= AsksUnknownSkill(**task, taxonomy);
  changed.changes.works.push_back(WorkOf(**task, taxonomy));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ChangedRecords> ReadChanged(const storage::Snapshot& snapshot,
                                           const JournalChanges& changes,
                                           const matcher::MatchIndex& index,
                                           const matcher::Taxonomy& taxonomy) {
  ChangedRecords changed;
  for (const std::string& id : changes.passports) {
    if (absl::Status taken = TakePassport(snapshot, id, taxonomy, changed); !taken.ok()) {
      return taken;
    }
  }
  for (const std::string& id : changes.exposures) {
    if (changes.passports.contains(id)) continue;  // read with the passport
    if (absl::Status taken = TakeExposure(snapshot, id, index, changed); !taken.ok()) return taken;
  }
  for (const std::string& id : changes.tasks) {
    if (absl::Status taken = TakeTask(snapshot, id, taxonomy, changed); !taken.ok()) return taken;
  }
  return changed;
}

}  // namespace passend::service
