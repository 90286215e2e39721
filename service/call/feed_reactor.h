// A call with one request and a feed of answers, over gRPC.
#ifndef PASSEND_SERVICE_CALL_FEED_REACTOR_H_
#define PASSEND_SERVICE_CALL_FEED_REACTOR_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <string>

#include "service/call/call_server.h"

namespace passend::service {

// Makes an answer, writes it, and makes the next one when that was taken: one answer is held for a
// reader, and no thread, while it reads slowly or nothing happens. Who calls is asked for anew
// before each answer. Ends itself with the call. `method` must outlive it.
grpc::ServerWriteReactor<grpc::ByteBuffer>* NewFeedReactor(CallServer& calls,
                                                           grpc::CallbackServerContext& context,
                                                           const std::string& method,
                                                           const grpc::ByteBuffer* request);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_FEED_REACTOR_H_
