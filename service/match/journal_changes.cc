#include "service/match/journal_changes.h"

namespace passend::service {

using storage::RecordKind;

void JournalChanges::Add(const storage::JournalEntry& entry) {
  for (const storage::Event& event : entry.events) {
    const std::string& id = event.key.id;
    switch (event.key.kind) {
      case RecordKind::kPassport:
        passports.insert(id);
        break;
      case RecordKind::kValidation:
        passports.insert(id.substr(0, id.find('/')));
        break;
      case RecordKind::kExposure:
        exposures.insert(id);
        break;
      case RecordKind::kTask:
        tasks.insert(id);
        break;
      case RecordKind::kPolicy:
        policies = true;
        break;
      case RecordKind::kTaxonomy:
      case RecordKind::kConcept:
        taxonomies = true;
        break;
      case RecordKind::kErasure:
      case RecordKind::kSecret:
        break;
    }
  }
  last = entry.sequence;
}

void JournalChanges::Add(const JournalChanges& other) {
  passports.insert(other.passports.begin(), other.passports.end());
  exposures.insert(other.exposures.begin(), other.exposures.end());
  tasks.insert(other.tasks.begin(), other.tasks.end());
}

}  // namespace passend::service
