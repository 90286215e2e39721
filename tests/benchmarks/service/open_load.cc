#include "tests/benchmarks/service/open_load.h"

#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "service/call/grpc_arrival.h"

namespace passend::service {
struct OpenLoad::Connection {
  explicit Connection(const std::string& address) : stub(ChannelTo(address)) {}

  static std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
  }

  grpc::GenericStub stub;
};

// One run.
class OpenLoad::Sender {
 public:
  Sender(OpenLoad& load, const std::vector<CallSource>& sources) : load_(load) {
    size_t kinds = 0;
    for (const CallSource& source : sources) {
      states_.push_back({&source, 0, absl::Now()});
      kinds = std::max(kinds, source.kind + 1);
    }
    outcomes_.resize(kinds);
  }

  std::vector<Outcome> Run(absl::Duration time) {
    const absl::Time end = absl::Now() + time;
    for (absl::Time now = absl::Now(); now < end; now = absl::Now()) {
      absl::Time next = end;
      for (size_t i = 0; i < states_.size(); ++i) next = std::min(next, SendWhatIsDue(i, now));
      Take(next);
    }
    while (unanswered_ > 0) Take(absl::Now() + absl::Seconds(1));
    return std::move(outcomes_);
  }

 private:
  struct State {
    const CallSource* source;
    size_t in_flight;
    absl::Time next;
  };
  struct Sent {
    size_t source;
    absl::Time time;
    grpc::ClientContext context;
    grpc::ByteBuffer response;
    grpc::Status status;
    std::unique_ptr<grpc::ClientAsyncResponseReader<grpc::ByteBuffer>> reader;
  };

  // When it is to send again. What it could not send in time is not sent later.
  absl::Time SendWhatIsDue(size_t number, absl::Time now) {
    State& state = states_[number];
    const CallSource& source = *state.source;
    if (source.calls_a_second == 0) {
      while (state.in_flight < source.in_flight_max) Send(number);
      return absl::InfiniteFuture();
    }
    for (; state.next <= now; state.next += absl::Seconds(1) / source.calls_a_second) {
      if (state.in_flight < source.in_flight_max) Send(number);
    }
    return state.next;
  }

  void Send(size_t number) {
    const CallSource& source = *states_[number].source;
    auto* call = new Sent{number, absl::Now(), {}, {}, {}, nullptr};
    call->context.set_deadline(absl::ToChronoTime(call->time + source.deadline));
    const grpc::ByteBuffer request = BufferOf(source.next());
    call->reader = load_.ConnectionOf(source.connection)
                       .stub.PrepareUnaryCall(&call->context, source.method, request, &queue_);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
    ++states_[number].in_flight;
    ++unanswered_;
  }

  // Waits for an answer until then, and takes what else has been answered.
  void Take(absl::Time until) {
    void* tag = nullptr;
    bool ok = false;
    auto deadline = absl::ToChronoTime(until);
    for (int taken = 0; taken < 64; ++taken) {
      if (queue_.AsyncNext(&tag, &ok, deadline) != grpc::CompletionQueue::GOT_EVENT) return;
      Answered(std::unique_ptr<Sent>(static_cast<Sent*>(tag)));
      deadline = std::chrono::system_clock::time_point();  // only what is there already
    }
  }

  void Answered(std::unique_ptr<Sent> call) {
    State& state = states_[call->source];
    --state.in_flight;
    --unanswered_;
    Outcome& outcome = outcomes_[state.source->kind];
    const double millis = absl::ToDoubleMilliseconds(absl::Now() - call->time);
    if (call->status.ok()) {
      outcome.answered_millis.push_back(millis);
    } else if (call->status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      outcome.turned_away_millis.push_back(millis);
    } else {
      ++outcome.failed;
      outcome.last_failure = call->status.error_message();
    }
  }

  OpenLoad& load_;
  grpc::CompletionQueue queue_;
  std::vector<State> states_;
  std::vector<Outcome> outcomes_;
  size_t unanswered_ = 0;
};

OpenLoad::OpenLoad(const std::string& address) : address_(address) {}
OpenLoad::~OpenLoad() = default;

OpenLoad::Connection& OpenLoad::ConnectionOf(size_t number) {
  while (connections_.size() <= number) {
    connections_.push_back(std::make_unique<Connection>(address_));
  }
  return *connections_[number];
}

std::string OpenLoad::Call(const std::string& method, const std::string& request) {
  grpc::ClientContext context;
  const grpc::ByteBuffer sent = BufferOf(request);
  grpc::ByteBuffer response;
  grpc::Status status;
  absl::Notification done;
  ConnectionOf(0).stub.UnaryCall(&context, method, {}, &sent, &response,
                                 [&](grpc::Status answered) {
                                   status = std::move(answered);
                                   done.Notify();
                                 });
  done.WaitForNotification();
  if (!status.ok()) {
    std::fprintf(stderr, "%s: %s\n", method.c_str(), status.error_message().c_str());
    std::exit(EXIT_FAILURE);
  }
  return BytesOf(response);
}

std::vector<Outcome> OpenLoad::Run(const std::vector<CallSource>& sources, absl::Duration time) {
  return Sender(*this, sources).Run(time);
}

}  // namespace passend::service
