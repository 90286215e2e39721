// A call with one request and a feed of answers, over gRPC.
#ifndef PASSEND_SERVICE_CALL_FEED_REACTOR_H_
#define PASSEND_SERVICE_CALL_FEED_REACTOR_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <string>

#include "service/call/call_server.h"
#include "service/call/message_intake.h"

namespace passend::service {

// Takes the request once it is known who calls. Then makes an answer, writes it, and makes the next
// one when that was taken: one answer is held for a reader, and no thread, while it reads slowly or
// nothing happens. Who calls is asked for anew before each answer. Ends itself with the call.
// `method` must outlive it.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* NewFeedReactor(
    CallServer& calls, MessageIntake& intake, grpc::CallbackServerContext& context,
    const std::string& method);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_FEED_REACTOR_H_
