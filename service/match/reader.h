// For whose eyes a fit is put into words.
#ifndef PASSEND_SERVICE_MATCH_READER_H_
#define PASSEND_SERVICE_MATCH_READER_H_

#include <cstdint>

#include "service/call/caller.h"

namespace passend::service {

enum class Reader : uint8_t {
  kCoach,     // everything, to the last term
  kPerson,    // the same, said to the person, with what would help
  kEmployer,  // ability, wishes that the work meets, and whether the offer is enough; nothing else
};

// Who answers that a caller gets are for. Whoever is neither an employer nor the person reads as a
// coach does: the permission table lets nobody else in who may not.
inline Reader ReaderOf(const Caller& caller) {
  switch (caller.role) {
    case Role::kEmployer:
      return Reader::kEmployer;
    case Role::kPerson:
      return Reader::kPerson;
    default:
      return Reader::kCoach;
  }
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_READER_H_
