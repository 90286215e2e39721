// Which handler answers which method, and the one way from a request's bytes to an answer's.
//
// A handler is a plain function: absl::StatusOr<Response>(const CallContext&, const Request&). Its
// request is parsed and has passed the rules of its fields; output-only fields are cleared.
#ifndef PASSEND_SERVICE_CALL_METHOD_BINDINGS_H_
#define PASSEND_SERVICE_CALL_METHOD_BINDINGS_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "service/audit/answer_ledger.h"
#include "service/call/call_context.h"
#include "service/call/feed_bell.h"
#include "service/call/feed_binding.h"
#include "service/call/method_table.h"
#include "service/disclosure/disclosure.h"
#include "service/disclosure/disclosure_plan.h"

namespace passend::service {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// The parts of a stream as they come, and the answer after the last. One for each call; not
// thread-safe. After an error it is thrown away.
template <typename Request, typename Response>
class StreamHandler {
 public:
  virtual ~StreamHandler() = default;
  virtual absl::Status Add(const CallContext& context, Request part) = 0;
  virtual absl::StatusOr<Response> Finish(const CallContext& context) = 0;
};

// The same with bytes.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  virtual absl::Status Add(const CallContext& context, std::string_view bytes) = 0;
  virtual absl::StatusOr<std::string> Finish(const CallContext& context) = 0;
};

// Thread safety: bind first, then any number of threads may answer.
class MethodBindings {
 public:
  // Binds a method with one request. INTERNAL where the table has no such method, the proto gives
  // it other types, or it is bound already; All() says so before anything is served.
  template <typename Request, typename Response, typename Handler>
  void Bind(std::string_view method, Handler handler) {
    BindAnswer<Request, Response>(method, Shape::kCall, std::move(handler));
  }

  // Binds a method with a stream of requests and an answer to each, before the next one is read.
  // The handler answers one request, as for Bind; nothing else is kept between them.
  template <typename Request, typename Response, typename Handler>
  void BindExchange(std::string_view method, Handler handler) {
    BindAnswer<Request, Response>(method, Shape::kExchange, std::move(handler));
  }

  // Binds a method with a stream of requests. `make` gives a handler for each call:
  // std::unique_ptr<StreamHandler<Request, Response>>(const CallContext&).
  template <typename Request, typename Response, typename Make>
  void BindClientStream(std::string_view method, Make make) {
    Binding binding = BindingOf<Request, Response>(Shape::kClientStream);
    binding.open = [make = std::move(make), plan = binding.plan](const CallContext& context) {
      return std::make_unique<TypedStream<Request, Response>>(make(context), plan);
    };
    Add(method, std::move(binding));
  }

  // Binds a method with one request and a stream of answers. `open` gives a handler for each call:
  // absl::StatusOr<std::unique_ptr<FeedHandler<Response>>>(const CallContext&, const Request&).
  template <typename Request, typename Response, typename Open>
  void BindFeed(std::string_view method, Open open) {
    Binding binding = BindingOf<Request, Response>(Shape::kFeed);
    binding.open_feed = [open = std::move(open)](const CallContext& context,
                                                 const google::protobuf::Message& request)
        -> absl::StatusOr<std::unique_ptr<MessageFeed>> {
      auto handler = open(context, static_cast<const Request&>(request));
      if (!handler.ok()) return handler.status();
      return std::make_unique<TypedMessageFeed<Response>>(*std::move(handler));
    };
    Add(method, std::move(binding));
  }

  // Rung when there is news for feeds.
  FeedBell& bell() const { return *bell_; }

  // From now on no answer is given whose looks are not in the ledger. It must outlive the bindings.
  void KeepLooks(const AnswerLedger& ledger) { ledger_ = &ledger; }

  // OK when everything that was bound could be; otherwise what could not.
  absl::Status CheckBound() const;
  // Methods of the table without a handler.
  std::vector<std::string> Unbound() const;

  // Parses, checks, answers, takes out what the caller does not get to see, serialises. Of an
  // exchange: for one of its requests.
  // MALFORMED_MESSAGE, INVALID_FIELD, NO_SUCH_METHOD, and whatever the handler gives. An exception
  // of the handler becomes INTERNAL. Every error has a reason.
  absl::StatusOr<std::string> Answer(const CallContext& context, std::string_view bytes) const;

  // A stream for the call; its errors are as for Answer.
  absl::StatusOr<std::unique_ptr<ByteStream>> Open(const CallContext& context) const;

  // The feed that the bytes of the one request ask for; its errors are as for Answer.
  absl::StatusOr<std::unique_ptr<ByteFeed>> OpenFeed(const CallContext& context,
                                                     std::string_view bytes) const;

 private:
  enum class Shape {
    kCall,          // one request, one answer
    kClientStream,  // many requests, one answer
    kExchange,      // many requests, an answer to each
    kFeed,          // one request, many answers
  };

  struct Binding {
    const google::protobuf::Message* request;
    const google::protobuf::Message* response;
    Shape shape;
    std::shared_ptr<const DisclosurePlan> plan;  // of the response
    std::function<absl::StatusOr<MessagePtr>(const CallContext&, const google::protobuf::Message&)>
        answer;
    std::function<std::unique_ptr<ByteStream>(const CallContext&)> open;
    std::function<absl::StatusOr<std::unique_ptr<MessageFeed>>(const CallContext&,
                                                               const google::protobuf::Message&)>
        open_feed;
  };

  template <typename Request, typename Response>
  class TypedStream;

  template <typename Request, typename Response>
  static Binding BindingOf(Shape shape) {
    return {&Request::default_instance(),
            &Response::default_instance(),
            shape,
            std::make_shared<const DisclosurePlan>(*Response::descriptor()),
            {},
            {},
            {}};
  }

  template <typename Request, typename Response, typename Handler>
  void BindAnswer(std::string_view method, Shape shape, Handler handler) {
    Binding binding = BindingOf<Request, Response>(shape);
    binding.answer = [handler = std::move(handler)](
                         const CallContext& context,
                         const google::protobuf::Message& request) -> absl::StatusOr<MessagePtr> {
      absl::StatusOr<Response> response = handler(context, static_cast<const Request&>(request));
      if (!response.ok()) return response.status();
      return std::make_unique<Response>(*std::move(response));
    };
    Add(method, std::move(binding));
  }

  void Add(std::string_view method, Binding binding);

  std::map<std::string, Binding, std::less<>> bindings_;
  std::vector<std::string> mistakes_;
  const AnswerLedger* ledger_ = nullptr;  // null: nothing is written down
  const std::unique_ptr<FeedBell> bell_ = std::make_unique<FeedBell>();
};

// A `type` from bytes, checked by the rules of its fields; unknown fields are dropped.
absl::Status ParseRequest(std::string_view bytes, google::protobuf::Message& request);

// `work`'s result; INTERNAL, and a line in the error log, where it throws.
absl::Status Guarded(const CallContext& context, const std::function<absl::Status()>& work);

template <typename Request, typename Response>
class MethodBindings::TypedStream : public ByteStream {
 public:
  TypedStream(std::unique_ptr<StreamHandler<Request, Response>> handler,
              std::shared_ptr<const DisclosurePlan> plan)
      : handler_(std::move(handler)), plan_(std::move(plan)) {}

  absl::Status Add(const CallContext& context, std::string_view bytes) override {
    return Guarded(context, [&]() -> absl::Status {
      Request part;
      if (absl::Status parsed = ParseRequest(bytes, part); !parsed.ok()) return parsed;
      return handler_->Add(context, std::move(part));
    });
  }

  absl::StatusOr<std::string> Finish(const CallContext& context) override {
    std::string bytes;
    absl::Status status = Guarded(context, [&]() -> absl::Status {
      Disclosure disclosure(context.caller, plan_->groups());
      CallContext call = context;
      call.disclosure = &disclosure;
      absl::StatusOr<Response> response = handler_->Finish(call);
      if (!response.ok()) return response.status();
      plan_->Keep(disclosure.groups(), *response);
      bytes = response->SerializeAsString();
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    return bytes;
  }

 private:
  std::unique_ptr<StreamHandler<Request, Response>> handler_;
  std::shared_ptr<const DisclosurePlan> plan_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_METHOD_BINDINGS_H_
