// The kinds of record, with numbers that are frozen on disk: never reuse, never renumber.
#ifndef PASSEND_STORAGE_RECORD_KIND_H_
#define PASSEND_STORAGE_RECORD_KIND_H_

#include <cstdint>

namespace passend::storage {

enum class RecordKind : uint8_t {
  kPassport = 1,
  // id: passport id, '/', validation id. In events; no longer of records, which are
  // kValidationBook.
  kValidation = 2,
  kTask = 3,
  kTaxonomy = 4,
  kConcept = 5,  // id: taxonomy id, '/', concept id
  kPolicy = 6,   // id: version, 10 decimal digits
  kExposure = 7,
  kErasure = 8,
  kSecret = 9,
  kValidationBook = 10,  // id: passport id; all its validations
  kConsentBook = 11,     // id: passport id; what the person shares
  kRevealBook = 12,      // id: passport id; who was told who the person is
  // One person, shown in one answer. id: passport id, '/', id of the answer. In events, of an
  // answer: the id of the answer alone.
  kLook = 13,
  // An earlier version of a person's record, and of one that is nobody's. id: u8 kind, the record's
  // id, a zero byte, u64 version.
  kPersonHistory = 14,
  kHistory = 15,
  kDecision = 16,        // id: of the answer
  kEmployerList = 17,    // id: 32 hexadecimal digits; a list that an employer was given
  kEmployerBudget = 18,  // id: 32 hexadecimal digits; which lists of an employer are in force
  kProposalBook = 19,    // id: passport id; for what the person was proposed
  // Whom a partner calls what. id: the partner's id, '/', 64 hexadecimal digits. In events, of a
  // batch that changed nothing: the partner's id alone.
  kPartnerLink = 20,
  kPartnerBook = 21,     // id: passport id; what partners said of the person
  kCredentialBook = 23,  // id: passport id; credentials that were given out
  // One credential that was given out; it does not say whose. id: number of the status list, 8
  // hexadecimal digits, and of the bit, 5 of them; value: u8 state.
  kCredentialStatus = 24,
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_RECORD_KIND_H_
