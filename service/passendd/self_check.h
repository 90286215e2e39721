// What a server found in order before it serves.
#ifndef PASSEND_SERVICE_PASSENDD_SELF_CHECK_H_
#define PASSEND_SERVICE_PASSENDD_SELF_CHECK_H_

#include <string>

#include "service/passendd/state_of.h"

namespace passend::service {

// In one line for the log. It says no more than what opening a store looks at.
std::string SelfCheckOf(const Watched& watched);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_SELF_CHECK_H_
