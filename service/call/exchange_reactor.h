// A call on which requests and answers take turns, over gRPC.
#ifndef PASSEND_SERVICE_CALL_EXCHANGE_REACTOR_H_
#define PASSEND_SERVICE_CALL_EXCHANGE_REACTOR_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <string>

#include "service/call/call_server.h"

namespace passend::service {

// Reads a request, answers it on a thread of the method's lane, and reads the next one once the
// answer is written: so the caller cannot send faster than is worked on and it reads, and a stream
// that waits holds no thread. The caller has to be let in anew for each request. The first request
// that cannot be answered ends the call with its error. Each request is a line of the call log, and
// so is the end. A stream whose caller neither sends nor reads for exchange_idle_max is cancelled.
// When serving ends, a stream that waits for its caller ends at once with NOT_SERVING, any other
// one once its request is answered. Ends itself with the call. `method` must outlive it.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* NewExchangeReactor(
    CallServer& calls, grpc::CallbackServerContext& context, const std::string& method);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_EXCHANGE_REACTOR_H_
