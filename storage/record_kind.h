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
  kProposalBook = 19,    // id: passport id; for what the person was proposed
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_RECORD_KIND_H_
