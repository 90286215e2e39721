#include "service/call/grpc_arrival.h"

#include <grpcpp/support/slice.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace passend::service {

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
  const auto deadline = context.deadline();
  if (deadline != std::chrono::system_clock::time_point::max()) {
    arrival.deadline = absl::FromChrono(deadline);
  }
  arrival.cancel_signal = std::move(cancel_signal);
  return calls.ContextOf(arrival);
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
