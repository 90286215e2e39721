#include "service/call/grpc_arrival.h"

#include <grpc/grpc_security_constants.h>
#include <grpc/support/time.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/support/slice.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace passend::service {
namespace {

// By the clock that gRPC keeps deadlines by: what it says in the system's time is no longer so once
// that is set.
absl::Duration TimeLeft(const grpc::CallbackServerContext& context) {
  const gpr_timespec deadline = context.raw_deadline();
  if (gpr_time_cmp(deadline, gpr_inf_future(deadline.clock_type)) == 0) {
    return absl::InfiniteDuration();
  }
  const gpr_timespec left = gpr_time_sub(deadline, gpr_now(deadline.clock_type));
  return absl::Seconds(left.tv_sec) + absl::Nanoseconds(left.tv_nsec);
}

}  // namespace

CallContext ContextOf(const CallServer& calls, grpc::CallbackServerContext& context,
                      std::string_view method,
                      std::shared_ptr<const std::atomic<bool>> cancel_signal) {
  const std::string peer = context.peer();
  Arrival arrival;
  arrival.method = method;
  arrival.peer = peer;
  const auto header = context.client_metadata().find("traceparent");
  if (header != context.client_metadata().end()) {
    arrival.traceparent = {header->second.data(), header->second.size()};
  }
  arrival.time_left = TimeLeft(context);
  arrival.cancel_signal = std::move(cancel_signal);
  return calls.ContextOf(arrival);
}

Credentials CredentialsOf(const grpc::CallbackServerContext& context, std::string_view peer) {
  Credentials credentials;
  credentials.peer = peer;
  const auto [begin, end] = context.client_metadata().equal_range("authorization");
  for (auto header = begin; header != end; ++header) {
    credentials.authorization.emplace_back(header->second.data(), header->second.size());
  }
  credentials.through_edge = context.client_metadata().contains("passend-edge");
  const std::shared_ptr<const grpc::AuthContext> tls = context.auth_context();
  if (tls == nullptr || !tls->IsPeerAuthenticated()) return credentials;
  for (const grpc::string_ref& uri : tls->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
    credentials.certificate_uris.emplace_back(uri.data(), uri.size());
  }
  return credentials;
}

void TellSequence(const CallServer& calls, const CallContext& call,
                  grpc::CallbackServerContext& context) {
  const std::optional<uint64_t> sequence = calls.SequenceToTell(call);
  if (sequence) context.AddTrailingMetadata(kSequenceMetadata, std::to_string(*sequence));
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::string bytes;
  std::vector<grpc::Slice> slices;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace passend::service
