#include "service/match/journal_changes.h"

namespace passend::service {

using storage::RecordKind;

namespace {

// Entries that are read together.
constexpr size_t kTailEntries = 256;

}  // namespace

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
        imports.insert(entry.sequence);
        break;
      case RecordKind::kErasure:
      case RecordKind::kSecret:
      case RecordKind::kEmployerList:
      case RecordKind::kEmployerBudget:
      case RecordKind::kValidationBook:  // its validations have the events
      case RecordKind::kConsentBook:     // nobody is matched by it
      case RecordKind::kRevealBook:
      case RecordKind::kLook:
      case RecordKind::kPersonHistory:
      case RecordKind::kHistory:
      case RecordKind::kDecision:
      case RecordKind::kProposalBook:  // changes no match
      case RecordKind::kPartnerLink:
      case RecordKind::kPartnerBook:
      case RecordKind::kCredentialBook:
      case RecordKind::kCredentialStatus:
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

absl::StatusOr<JournalChanges> ReadJournal(const storage::Store& store, storage::Sequence after,
                                           storage::Sequence through) {
  JournalChanges changes;
  changes.last = after;
  while (changes.last < through) {
    const auto entries = store.Tail(changes.last, kTailEntries);
    if (!entries.ok()) return entries.status();
    if (entries->empty()) return absl::UnavailableError("the journal ends before its snapshot");
    for (const storage::JournalEntry& entry : *entries) {
      if (entry.sequence > through) break;
      changes.Add(entry);
    }
  }
  return changes;
}

}  // namespace passend::service
