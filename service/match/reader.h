// For whose eyes a fit is put into words.
#ifndef PASSEND_SERVICE_MATCH_READER_H_
#define PASSEND_SERVICE_MATCH_READER_H_

#include <cstdint>

#include "service/call/caller.h"

namespace passend::service {

enum class Reader : uint8_t {
  kCoach,   // everything, to the last term
  kPerson,  // the same, said to the person, with what would help
};

// Who a caller's answers about fits are for. Employers get none (employer_view.h); whoever else is
// not the person reads as a coach does.
inline Reader ReaderOf(const Caller& caller) {
  return caller.role == Role::kPerson ? Reader::kPerson : Reader::kCoach;
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_READER_H_
