// The services of the API as gRPC sees them, made from the proto's own descriptors: every method
// of every service goes through the one CallServer, and none can be left out.
#ifndef PASSEND_SERVICE_CALL_GRPC_SERVICES_H_
#define PASSEND_SERVICE_CALL_GRPC_SERVICES_H_

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "service/call/call_server.h"
#include "service/call/health_service.h"

namespace passend::service {

// Full names of the services: `passend.v1.PassportService`.
std::vector<std::string> ServiceNames();

// One for each of ServiceNames(), and that of health. `calls` and `health` must outlive them, and
// they the server.
std::vector<std::unique_ptr<grpc::Service>> MakeGrpcServices(CallServer& calls, Health& health);

// Answers whatever else is called: NO_SUCH_METHOD.
std::unique_ptr<grpc::CallbackGenericService> MakeFallbackService(CallServer& calls);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_GRPC_SERVICES_H_
