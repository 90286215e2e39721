// The whole service, without a channel: calls of any method by any role, one after the other, with
// messages that are nearly right. Whatever is asked,
//
// - there is an answer of the method's type, or an error with a reason, and never one that calls it
//   damage or a mistake of the server's;
// - a call that is refused, or only reads, changes nothing but what is written down about looks and
//   lists;
// - a call that is made again with its request id gives the same answer.
//
// With PASSEND_FUZZ_CALLS set it tells at the end how often each method was called and answered.
#include <fuzzer/FuzzedDataProvider.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "service/call/method_table.h"
#include "service/credential/issuer_key.h"
#include "service/errors/error_status.h"
#include "service/passendd/assembly.h"
#include "storage/memory_store.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/message_maker.h"
#include "tests/fuzz/service_seeds.h"

namespace passend::service {
namespace {

using fuzz::Promise;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using MessagePointer = std::unique_ptr<Message>;

constexpr int kCallsMax = 40;
constexpr int64_t kStart = 1'795'300'000;  // 2026-11-21
// The example of RFC 7517, A.2: a key that everybody knows.
constexpr char kSigningKey[] = R"({"kty":"EC","crv":"P-256",
  "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
  "d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"})";

struct Somebody {
  Role role;
  const char* tenant;  // of persons: none, it is the passport that is there from the start
};
constexpr std::array<Somebody, 8> kCallers = {{
    {Role::kOperator, ""},  // of this machine: may do everything
    {Role::kOperator, ""},
    {Role::kOperator, ""},
    {Role::kCoach, "step-up"},
    {Role::kEmployer, "garden"},
    {Role::kPartner, "delft"},
    {Role::kPerson, ""},
    {Role::kAuditor, "house"},
}};

struct Calls {
  int64_t made = 0;
  int64_t answered = 0;
};
std::map<std::string_view, Calls>& CallsByMethod() {
  static auto& calls = *new std::map<std::string_view, Calls>;
  return calls;
}

// Kinds of records that reading may write, and refusing: who looked, what was ranked, what an
// employer was shown.
bool IsOfLooks(storage::RecordKind kind) {
  switch (kind) {
    case storage::RecordKind::kExposure:
    case storage::RecordKind::kLook:
    case storage::RecordKind::kDecision:
    case storage::RecordKind::kEmployerList:
    case storage::RecordKind::kEmployerBudget:
      return true;
    default:
      return false;
  }
}

const MethodDescriptor& DescriptorOf(std::string_view method) {
  return *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(std::string(method));
}

MessagePointer NewMessage(const google::protobuf::Descriptor& type) {
  return MessagePointer(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

class World {
 public:
  World()
      : key_(IssuerKey::Parse(kSigningKey, {"https://passend.example.org", ""}).value()),
        assembly_(*store_,
                  {[this] { return Now(); }, [this](size_t count) { return Random(count); }}, {},
                  {.keep = true}, {.key = key_.get(), .trusted = nullptr}) {
    Promise(assembly_.Start().ok(), "the service starts");
  }

  // What there is from the start, and what the maker knows by it.
  void Plant(fuzz::MessageMaker& maker) {
    seeds_ = fuzz::Plant(
        [&](std::string_view method, const std::vector<std::string>& requests) {
          auto answer = Answer(*FindMethod(method), kCallers[0], requests);
          if (answer.ok()) maker.LearnFrom(*AnswerOf(method, *answer));
          return answer;
        },
        kStart);
  }

  absl::StatusOr<std::string> Answer(const MethodRow& method, const Somebody& somebody,
                                     const std::vector<std::string>& requests) {
    ++seconds_;
    const CallContext context = ContextFor(method, somebody);
    const MethodBindings& bindings = assembly_.bindings();
    const MethodDescriptor& descriptor = DescriptorOf(method.name);
    if (descriptor.server_streaming() && !descriptor.client_streaming()) {
      auto feed = bindings.OpenFeed(context, requests.front());
      if (!feed.ok()) return feed.status();
      auto step = (*feed)->Next(context, /*heartbeat_due=*/true);
      if (!step.ok()) return step.status();
      return step->answer.value_or("");
    }
    if (!descriptor.client_streaming() || descriptor.server_streaming()) {
      return bindings.Answer(context, requests.front());
    }
    auto stream = bindings.Open(context);
    if (!stream.ok()) return stream.status();
    for (const std::string& request : requests) {
      if (absl::Status added = (*stream)->Add(context, request); !added.ok()) return added;
    }
    return (*stream)->Finish(context);
  }

  static MessagePointer AnswerOf(std::string_view method, const std::string& bytes) {
    MessagePointer answer = NewMessage(*DescriptorOf(method).output_type());
    Promise(answer->ParseFromString(bytes), "an answer is of the method's type");
    return answer;
  }

  storage::Sequence sequence() const { return store_->LastSequence(); }

  // Whether nothing is told of since but looks.
  bool OnlyLookedSince(storage::Sequence sequence) const {
    const auto entries = store_->Tail(sequence, 1'000);
    if (!entries.ok()) return false;
    for (const auto& entry : *entries) {
      for (const auto& event : entry.events) {
        if (IsOfLooks(event.key.kind)) continue;
        std::fprintf(stderr, "kind %d, id %s\n", static_cast<int>(event.key.kind),
                     event.key.id.c_str());
        return false;
      }
    }
    return true;
  }

 private:
  absl::Time Now() const { return absl::FromUnixSeconds(kStart + seconds_); }

  // Not random at all, and no two alike: the same input gives the same names.
  std::string Random(size_t count) {
    std::string bytes(count, '\0');
    for (char& byte : bytes)
      byte = static_cast<char>((state_ = state_ * 6364136223846793005u + 1) >> 56);
    return bytes;
  }

  CallContext ContextFor(const MethodRow& method, const Somebody& somebody) const {
    CallContext context;
    context.method = std::string(method.name);
    context.trace = std::string(32, 'a');
    context.now = [this] { return Now(); };
    context.start_time = Now();
    context.deadline = Now() + absl::Seconds(20);
    context.caller.peer = "unix:";
    context.caller.role = somebody.role;
    context.caller.tenant = somebody.role == Role::kPerson
                                ? seeds_.passport.substr(std::string_view("passports/").size())
                                : somebody.tenant;
    context.caller.subject = context.caller.tenant.empty() ? "" : "somebody";
    context.caller.proof = context.caller.tenant.empty() ? Proof::kLocal : Proof::kToken;
    return context;
  }

  std::atomic<uint64_t> state_ = 1;
  std::atomic<int64_t> seconds_ = 0;
  fuzz::Seeds seeds_;
  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  const std::unique_ptr<IssuerKey> key_;
  Assembly assembly_;
};

[[noreturn]] void Broken(const MethodRow& method, const absl::Status& status,
                         const std::vector<MessagePointer>& requests, const char* what) {
  std::fprintf(stderr, "%s: %s\n", std::string(method.name).c_str(), status.ToString().c_str());
  for (const auto& request : requests) std::fprintf(stderr, "%s\n", request->DebugString().c_str());
  Promise(false, what);
  std::abort();
}

bool HasRequestId(const Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  return field != nullptr && !request.GetReflection()->GetString(request, field).empty();
}

void Call(World& world, FuzzedDataProvider& choices, fuzz::MessageMaker& maker) {
  const auto table = MethodTable();
  const MethodRow& method = table[choices.ConsumeIntegralInRange<size_t>(0, table.size() - 1)];
  const Somebody& somebody = choices.PickValueInArray(kCallers);
  const MethodDescriptor& descriptor = DescriptorOf(method.name);
  const bool many = descriptor.client_streaming() && !descriptor.server_streaming();
  std::vector<MessagePointer> requests;
  std::vector<std::string> bytes;
  for (int left = many ? choices.ConsumeIntegralInRange(1, 4) : 1; left > 0; --left) {
    requests.push_back(NewMessage(*descriptor.input_type()));
    maker.Fill(*requests.back());
    bytes.push_back(requests.back()->SerializeAsString());
  }
  const storage::Sequence before = world.sequence();
  const auto answer = world.Answer(method, somebody, bytes);
  Calls& calls = CallsByMethod()[method.name];
  ++calls.made;
  if ((!answer.ok() || method.effect == Effect::kReads) && !world.OnlyLookedSince(before)) {
    Broken(method, answer.status(), requests, "what is refused, or only read, changes nothing");
  }
  if (!answer.ok()) {
    const absl::StatusCode code = answer.status().code();
    if (code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss ||
        code == absl::StatusCode::kUnknown || code == absl::StatusCode::kUnimplemented) {
      Broken(method, answer.status(), requests, "nothing that is asked is the server's mistake");
    }
    if (ReasonOf(answer.status()) == v1::ERROR_REASON_UNSPECIFIED) {
      Broken(method, answer.status(), requests, "every error has a reason");
    }
    return;
  }
  ++calls.answered;
  maker.LearnFrom(*World::AnswerOf(method.name, *answer));
  if (!many && method.effect == Effect::kWrites && HasRequestId(*requests.front())) {
    const auto again = world.Answer(method, somebody, bytes);
    if (!again.ok() || *again != *answer) {
      Broken(method, again.status(), requests, "what is asked again is answered as before");
    }
  }
}

}  // namespace
}  // namespace passend::service

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (std::getenv("PASSEND_FUZZ_CALLS") != nullptr) {
    std::atexit([] {
      for (const auto& method : passend::service::MethodTable()) {
        const auto& calls = passend::service::CallsByMethod()[method.name];
        std::fprintf(stderr, "calls\t%s\t%lld\tanswered\t%lld\n", std::string(method.name).c_str(),
                     static_cast<long long>(calls.made), static_cast<long long>(calls.answered));
      }
    });
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider choices(data, size);
  passend::fuzz::MessageMaker maker(choices, passend::service::kStart);
  passend::service::World world;
  world.Plant(maker);
  for (int call = 0; call < passend::service::kCallsMax && choices.remaining_bytes() > 0; ++call) {
    passend::service::Call(world, choices, maker);
  }
  return 0;
}
