// Errors as gRPC carries them.
#ifndef PASSEND_SERVICE_CALL_GRPC_STATUS_H_
#define PASSEND_SERVICE_CALL_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace passend::service {

// With google.rpc.Status in the trailer `grpc-status-details-bin`.
grpc::Status ToGrpc(const absl::Status& status);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_GRPC_STATUS_H_
