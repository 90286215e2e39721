// What gRPC tells of a call and of its messages, in our words.
#ifndef PASSEND_SERVICE_CALL_GRPC_ARRIVAL_H_
#define PASSEND_SERVICE_CALL_GRPC_ARRIVAL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "service/call/call_server.h"

namespace passend::service {

CallContext ContextOf(const CallServer& calls, grpc::CallbackServerContext& context,
                      std::string_view method,
                      std::shared_ptr<const std::atomic<bool>> cancel_signal);

// What the call brings along to say who makes it. `context` must outlive it.
Credentials CredentialsOf(const grpc::CallbackServerContext& context, std::string_view peer);

// Tells the caller of a write, in trailing metadata, what SequenceToTell says. Before the call is
// finished, and only where it went well.
inline constexpr char kSequenceMetadata[] = "passend-data-sequence";
void TellSequence(const CallServer& calls, const CallContext& call,
                  grpc::CallbackServerContext& context);

// All bytes of a message, copied. Empty where gRPC gave none.
std::string BytesOf(const grpc::ByteBuffer& buffer);

grpc::ByteBuffer BufferOf(const std::string& bytes);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_GRPC_ARRIVAL_H_
