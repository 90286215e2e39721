// The whole service, without a channel: calls of any method, one after the other, with messages
// that are nearly right. The first byte says whether the service asks who calls. Whatever is asked,
//
// - there is an answer of the method's type, or an error with a reason, and never one that calls it
//   damage or a mistake of the server's;
// - a call that is refused, or only reads, changes nothing but what is written down about looks and
//   lists, and a call that the caller may not make at all changes nothing;
// - a call that is made again with its request id gives the same answer, and so does an erasure
//   without one;
// - where it is asked who calls, an answer shows what the caller may see of people whom it may know
//   of (sight.h), and a refusal about anybody else is the one about nobody.
//
// With PASSEND_FUZZ_CALLS set it tells at the end how often each method was called and answered.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/message.h"
#include "google/rpc/error_details.pb.h"
#include "service/call/method_table.h"
#include "service/errors/error_status.h"
#include "tests/fuzz/choices.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzzed_service.h"
#include "tests/fuzz/message_maker.h"
#include "tests/fuzz/service_seeds.h"
#include "tests/fuzz/sight.h"

namespace passend::fuzz {
namespace {

using google::protobuf::Message;
using service::Caller;
using service::Effect;
using service::MethodRow;
using service::Proof;
using service::Role;
using MessagePointer = std::unique_ptr<Message>;

constexpr int kCallsMax = 40;

struct Somebody {
  Role role;
  const char* tenant;
};
// Whom the seeds are about, another one of each, and people with a passport.
constexpr std::array<Somebody, 11> kCallers = {{
    {Role::kCoach, "step-up"},
    {Role::kPartner, "delft"},
    {Role::kEmployer, "garden"},
    {Role::kPerson, ""},
    {Role::kPerson, ""},
    {Role::kCoach, "other"},
    {Role::kPartner, "other"},
    {Role::kEmployer, "other"},
    {Role::kAuditor, "house"},
    {Role::kOperator, "house"},
    {Role::kNone, "house"},
}};

struct Calls {
  int64_t made = 0;
  int64_t answered = 0;
};
std::map<std::string_view, Calls>& CallsByMethod() {
  static auto& calls = *new std::map<std::string_view, Calls>;
  return calls;
}

std::string ValueOf(const Message& request, const char* field_name) {
  const auto* field = request.GetDescriptor()->FindFieldByName(field_name);
  return field == nullptr ? "" : request.GetReflection()->GetString(request, field);
}

MessagePointer AnswerOf(const MethodRow& method, const std::string& bytes) {
  MessagePointer answer = NewMessage(*DescriptorOf(method.name).output_type());
  Promise(answer->ParseFromString(bytes), "an answer is of the method's type");
  return answer;
}

// All that an error says; Abseil has its details in any order.
std::string TextOf(const absl::Status& status) {
  std::map<std::string, std::string> details;
  status.ForEachPayload([&](absl::string_view type, const absl::Cord& bytes) {
    google::rpc::ErrorInfo info;  // whose map has no order in bytes, and one in text
    const bool is_info = absl::EndsWith(type, info.GetDescriptor()->full_name()) &&
                         info.ParseFromString(std::string(bytes));
    details.emplace(type, is_info ? info.ShortDebugString() : std::string(bytes));
  });
  std::string text = absl::Status(status.code(), status.message()).ToString();
  for (const auto& [type, bytes] : details) absl::StrAppend(&text, " ", type, "=", bytes);
  return text;
}

// A call, and what it has to keep to.
class Call {
 public:
  Call(FuzzedService& service, Choices& choices, MessageMaker& maker, const Caller& caller)
      : service_(service),
        maker_(maker),
        caller_(caller),
        method_(
            service::MethodTable()[choices.Between<size_t>(0, service::MethodTable().size() - 1)]) {
    const auto& descriptor = DescriptorOf(method_.name);
    many_ = descriptor.client_streaming() && !descriptor.server_streaming();
    for (int left = many_ ? choices.Between(1, 4) : 1; left > 0; --left) {
      requests_.push_back(NewMessage(*descriptor.input_type()));
      maker.Fill(*requests_.back());
      bytes_.push_back(requests_.back()->SerializeAsString());
      asked_.merge(PeopleIn(requests_.back()->Utf8DebugString()));
    }
  }

  void Make() {
    service_.Advance();
    const storage::Sequence before = service_.store().LastSequence();
    const auto answer = service_.Answer(method_, caller_, bytes_);
    Calls& calls = CallsByMethod()[method_.name];
    ++calls.made;
    calls.answered += answer.ok();
    status_ = answer.status();
    if (!answer.ok() || method_.effect == Effect::kReads) {
      Check(service_.OnlyLookedSince(before), "what is refused, or only read, changes nothing");
    }
    if (!answer.ok()) {
      CheckRefusal(before);
      CheckNobodyIsBetrayed();
      return;
    }
    const MessagePointer message = AnswerOf(method_, *answer);
    maker_.LearnFrom(*message);
    CheckSight(*message);
    CheckRepeat(*answer);
  }

 private:
  void CheckRefusal(storage::Sequence before) {
    const absl::StatusCode code = status_.code();
    Check(code != absl::StatusCode::kInternal && code != absl::StatusCode::kDataLoss &&
              code != absl::StatusCode::kUnknown && code != absl::StatusCode::kUnimplemented,
          "nothing that is asked is the server's mistake");
    Check(service::ReasonOf(status_) != v1::ERROR_REASON_UNSPECIFIED, "every error has a reason");
    if (code == absl::StatusCode::kPermissionDenied) {
      Check(service_.store().LastSequence() == before, "who may not call changes nothing at all");
    }
  }

  // Of people who are not there for the caller it hears what it would hear of nobody. Not where it
  // shows that it knew somebody, by its request id or its page token.
  void CheckNobodyIsBetrayed() {
    if (caller_.proof == Proof::kLocal || many_ || asked_.empty()) return;
    if (!ValueOf(*requests_.front(), "request_id").empty() ||
        !ValueOf(*requests_.front(), "page_token").empty()) {
      return;
    }
    const Sight sight(service_.store(), caller_, method_, service_.now());
    std::vector<std::pair<std::string, std::string>> nobodies;
    for (const std::string& person : asked_) {
      if (sight.Reaches(person)) return;
      std::string nobody = person;
      std::fill(nobody.begin() + nobody.find('/') + 1, nobody.end(), 'z');
      nobody.back() = static_cast<char>('0' + nobodies.size() % 10);
      nobodies.emplace_back(person, nobody);
    }
    const auto answer =
        service_.Answer(method_, caller_, {absl::StrReplaceAll(bytes_.front(), nobodies)});
    if (TextOf(answer.status()) == absl::StrReplaceAll(TextOf(status_), nobodies)) return;
    std::fprintf(stderr, "of nobody: %s\n", answer.status().ToString().c_str());
    Check(false, "who is not there for the caller is nobody");
  }

  void CheckSight(const Message& answer) {
    if (caller_.proof == Proof::kLocal) return;
    const std::string fault =
        Sight(service_.store(), caller_, method_, service_.now()).FaultOf(answer, asked_);
    if (fault.empty()) return;
    std::fprintf(stderr, "%s\n%s\n", fault.c_str(), answer.DebugString().c_str());
    Check(false, "an answer shows what the caller may see");
  }

  void CheckRepeat(const std::string& answer) {
    const bool repeatable = !ValueOf(*requests_.front(), "request_id").empty() ||
                            method_.name == "passend.v1.PassportService.ErasePassport";
    if (many_ || method_.effect != Effect::kWrites || !repeatable || ValidateOnly()) return;
    service_.Advance();
    const auto again = service_.Answer(method_, caller_, bytes_);
    status_ = again.status();
    Check(again.ok() && *again == answer, "what is asked again is answered as before");
  }

  bool ValidateOnly() const {
    const Message& request = *requests_.front();
    const auto* field = request.GetDescriptor()->FindFieldByName("validate_only");
    return field != nullptr && request.GetReflection()->GetBool(request, field);
  }

  void Check(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "%s by %s %s: %s\n", std::string(method_.name).c_str(),
                 std::string(service::NameOf(caller_.role)).c_str(), caller_.tenant.c_str(),
                 status_.ToString().c_str());
    for (const auto& request : requests_) {
      std::fprintf(stderr, "%s\n", request->DebugString().c_str());
    }
    Promise(false, what);
  }

  FuzzedService& service_;
  MessageMaker& maker_;
  const Caller& caller_;
  const MethodRow& method_;
  bool many_;
  std::vector<MessagePointer> requests_;
  std::vector<std::string> bytes_;
  std::set<std::string> asked_;  // who is named in the requests
  absl::Status status_;
};

Caller CallerOf(Choices& choices, MessageMaker& maker) {
  const Somebody& somebody = choices.OneOf(kCallers);
  std::string tenant = somebody.tenant;
  if (somebody.role == Role::kPerson) {
    const std::string& name = maker.NameOf(v1::STRING_FORM_PASSPORT_NAME);
    tenant = name.substr(name.find('/') + 1);
  }
  return {"unix:", "somebody", somebody.role, tenant, Proof::kToken};
}

// What every input begins with: it is planted once.
struct Beginning {
  FuzzedService::Past past;
  std::vector<MessagePointer> answers;
};
const Beginning& Planted() {
  static const Beginning& planted = *[] {
    auto* const made = new Beginning;
    FuzzedService service({});
    Plant(
        [&](std::string_view method, const std::vector<std::string>& requests) {
          const MethodRow& row = *service::FindMethod(method);
          service.Advance();
          auto answer = service.Answer(row, Anybody(), requests);
          if (answer.ok()) made->answers.push_back(AnswerOf(row, *answer));
          return answer;
        },
        kStart);
    made->past = service.past();
    return made;
  }();
  return planted;
}

}  // namespace
}  // namespace passend::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (std::getenv("PASSEND_FUZZ_CALLS") != nullptr) {
    std::atexit([] {
      for (const auto& method : passend::service::MethodTable()) {
        const auto& calls = passend::fuzz::CallsByMethod()[method.name];
        std::fprintf(stderr, "calls\t%s\t%lld\tanswered\t%lld\n", std::string(method.name).c_str(),
                     static_cast<long long>(calls.made), static_cast<long long>(calls.answered));
      }
    });
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace passend::fuzz;
  Choices choices(data, size);
  MessageMaker maker(choices, kStart);
  for (const auto& answer : Planted().answers) maker.LearnFrom(*answer);
  FuzzedService service(Planted().past);
  const bool asks_who = !choices.Either();
  for (int calls = 0; calls < kCallsMax && choices.any_left(); ++calls) {
    const passend::service::Caller caller = asks_who ? CallerOf(choices, maker) : Anybody();
    Call(service, choices, maker, caller).Make();
  }
  return 0;
}
