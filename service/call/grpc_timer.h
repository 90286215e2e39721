// When timers of gRPC are due.
#ifndef PASSEND_SERVICE_CALL_GRPC_TIMER_H_
#define PASSEND_SERVICE_CALL_GRPC_TIMER_H_

#include <grpc/support/time.h>

#include "absl/time/time.h"

namespace passend::service {

// For grpc::Alarm::Set: counted from then, by a clock of gRPC's that nobody sets. A moment of the
// system's clock would have come at once, or not for a long time, where that clock jumps.
inline gpr_timespec TimerIn(absl::Duration duration) {
  return gpr_time_from_nanos(absl::ToInt64Nanoseconds(duration), GPR_TIMESPAN);
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_GRPC_TIMER_H_
