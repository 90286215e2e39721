#include "service/call/method_bindings.h"

#include <exception>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "service/call/mistake_log.h"
#include "service/errors/call_errors.h"
#include "service/errors/request_errors.h"
#include "service/text.h"
#include "service/validation/field_check.h"
#include "service/validation/utf8_finder.h"

namespace passend::service {

absl::Status ParseRequest(std::string_view bytes, google::protobuf::Message& request) {
  if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return MalformedMessage(request.GetDescriptor()->full_name(),
                            FindInvalidUtf8(*request.GetDescriptor(), bytes).value_or(""));
  }
  // What has no meaning here is not kept: it could be anything, of anybody.
  request.DiscardUnknownFields();
  return CheckRequest(request);
}

absl::Status Guarded(const CallContext& context, const std::function<absl::Status()>& work) {
  absl::Status status;
  try {
    status = work();
  } catch (const std::exception& mistake) {
    LogMistake(context, mistake.what());
    return InternalMistake(context.trace);
  } catch (...) {
    LogMistake(context, "something that is no std::exception was thrown");
    return InternalMistake(context.trace);
  }
  absl::Status with_reason = WithReason(status, context.trace);
  const bool of_the_store = ReasonOf(with_reason) == v1::ERROR_REASON_STORE_UNAVAILABLE &&
                            ReasonOf(status) == v1::ERROR_REASON_UNSPECIFIED;
  if (of_the_store || with_reason.code() == absl::StatusCode::kInternal) {
    LogMistake(context, ToStd(status.message()));
  }
  return with_reason;
}

void MethodBindings::Add(std::string_view method, Binding binding) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  const auto* known = pool->FindMethodByName(std::string(method));
  if (FindMethod(method) == nullptr) {
    mistakes_.push_back(absl::StrCat(ToAbsl(method), " is not in the method table"));
  } else if (known == nullptr || known->input_type() != binding.request->GetDescriptor() ||
             known->output_type() != binding.response->GetDescriptor() ||
             known->client_streaming() !=
                 (binding.shape == Shape::kClientStream || binding.shape == Shape::kExchange) ||
             known->server_streaming() !=
                 (binding.shape == Shape::kExchange || binding.shape == Shape::kFeed)) {
    mistakes_.push_back(absl::StrCat(ToAbsl(method), " is another method in the proto"));
  } else if (!bindings_.emplace(method, std::move(binding)).second) {
    mistakes_.push_back(absl::StrCat(ToAbsl(method), " is bound twice"));
  }
}

absl::Status MethodBindings::CheckBound() const {
  if (mistakes_.empty()) return absl::OkStatus();
  return absl::InternalError(absl::StrJoin(mistakes_, "; "));
}

std::vector<std::string> MethodBindings::Unbound() const {
  std::vector<std::string> unbound;
  for (const MethodRow& row : MethodTable()) {
    if (bindings_.find(row.name) == bindings_.end()) unbound.emplace_back(row.name);
  }
  return unbound;
}

absl::StatusOr<std::string> MethodBindings::Answer(const CallContext& context,
                                                   std::string_view bytes) const {
  const auto at = bindings_.find(context.method);
  if (at == bindings_.end() || at->second.answer == nullptr) return NoSuchMethod(context.method);
  const Binding& binding = at->second;
  std::string answer;
  absl::Status status = Guarded(context, [&]() -> absl::Status {
    const MessagePtr request(binding.request->New());
    if (absl::Status parsed = ParseRequest(bytes, *request); !parsed.ok()) return parsed;
    Disclosure disclosure(context.caller, binding.plan->groups());
    CallContext call = context;
    call.disclosure = &disclosure;
    if (ledger_ != nullptr) call.looks = ledger_->Open(call, *FindMethod(context.method));
    bool is_written = false;
    const auto write = [&](google::protobuf::Message& response) {
      binding.plan->Keep(disclosure.groups(), response);
      answer = response.SerializeAsString();
      is_written = true;
    };
    if (call.looks != nullptr) call.looks->WriteAnswerWith(write);
    const absl::Cleanup written = [&call] {
      if (call.looks != nullptr) call.looks->WriteAnswerWith(nullptr);
    };
    const absl::StatusOr<MessagePtr> response = binding.answer(call, *request);
    const bool shows = response.ok() || (call.looks != nullptr && call.looks->refusal_shows());
    if (response.ok() && !is_written) write(**response);
    if (ledger_ != nullptr && shows) {
      if (absl::Status kept = ledger_->Close(context, *call.looks); !kept.ok()) return kept;
    }
    return response.status();
  });
  if (!status.ok()) return status;
  return answer;
}

absl::StatusOr<std::unique_ptr<ByteStream>> MethodBindings::Open(const CallContext& context) const {
  const auto at = bindings_.find(context.method);
  if (at == bindings_.end() || at->second.shape != Shape::kClientStream) {
    return NoSuchMethod(context.method);
  }
  std::unique_ptr<ByteStream> stream;
  absl::Status status = Guarded(context, [&] {
    stream = at->second.open(context);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return stream;
}

absl::StatusOr<std::unique_ptr<ByteFeed>> MethodBindings::OpenFeed(const CallContext& context,
                                                                   std::string_view bytes) const {
  const auto at = bindings_.find(context.method);
  if (at == bindings_.end() || at->second.shape != Shape::kFeed) {
    return NoSuchMethod(context.method);
  }
  const Binding& binding = at->second;
  std::unique_ptr<ByteFeed> feed;
  absl::Status status = Guarded(context, [&]() -> absl::Status {
    const MessagePtr request(binding.request->New());
    if (absl::Status parsed = ParseRequest(bytes, *request); !parsed.ok()) return parsed;
    auto opened = binding.open_feed(context, *request);
    if (!opened.ok()) return opened.status();
    feed = NewByteFeed(*std::move(opened), binding.plan, ledger_);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return feed;
}

}  // namespace passend::service
