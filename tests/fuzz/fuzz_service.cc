// The whole service, without a channel: calls of any method by any role, one after the other, with
// messages that are nearly right. Whatever is asked, there is an answer or an error with a reason,
// and nothing is ever called damaged or a mistake of the server's.
#include <fuzzer/FuzzedDataProvider.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "google/protobuf/dynamic_message.h"
#include "service/call/method_table.h"
#include "service/errors/error_status.h"
#include "service/passendd/assembly.h"
#include "storage/memory_store.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/message_maker.h"

namespace passend::service {
namespace {

using fuzz::Promise;

constexpr int kCallsMax = 40;

struct Somebody {
  Role role;
  const char* tenant;
};
constexpr std::array<Somebody, 7> kCallers = {{
    {Role::kOperator, ""},
    {Role::kOperator, ""},
    {Role::kCoach, "step-up"},
    {Role::kEmployer, "garden"},
    {Role::kPartner, "delft"},
    {Role::kPerson, "nobody"},
    {Role::kAuditor, "house"},
}};

class World {
 public:
  World()
      : assembly_(*store_,
                  {[] { return absl::Now(); }, [this](size_t count) { return Random(count); }},
                  {.system_clock = [] { return absl::Now(); }}, {.keep = true}) {
    Promise(assembly_.Start().ok(), "the service starts");
  }

  absl::StatusOr<std::string> Answer(const MethodRow& method, const Somebody& somebody,
                                     const std::string& bytes) const {
    CallContext context;
    context.method = std::string(method.name);
    context.trace = std::string(32, 'a');
    context.now = [] { return absl::Now(); };
    context.start_time = absl::Now();
    context.deadline = absl::Now() + absl::Seconds(20);
    context.caller.peer = "unix:";
    context.caller.role = somebody.role;
    context.caller.tenant = somebody.tenant;
    context.caller.subject = somebody.tenant[0] == '\0' ? "" : "somebody";
    context.caller.proof = somebody.tenant[0] == '\0' ? Proof::kLocal : Proof::kToken;
    return assembly_.bindings().Answer(context, bytes);
  }

 private:
  // Not random at all, and no two alike: the same input gives the same names.
  std::string Random(size_t count) {
    std::string bytes(count, '\0');
    for (char& byte : bytes)
      byte = static_cast<char>((state_ = state_ * 6364136223846793005u + 1) >> 56);
    return bytes;
  }

  uint64_t state_ = 1;
  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  Assembly assembly_;
};

void Call(const World& world, FuzzedDataProvider& choices, fuzz::MessageMaker& maker) {
  const auto table = MethodTable();
  const MethodRow& method = table[choices.ConsumeIntegralInRange<size_t>(0, table.size() - 1)];
  if (method.lane == Lane::kFeed || method.lane == Lane::kBulk) return;  // streams
  const Somebody& somebody = choices.PickValueInArray(kCallers);
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> request(
      factory.GetPrototype(method.request_type())->New());
  maker.Fill(*request);
  const auto answer = world.Answer(method, somebody, request->SerializeAsString());
  if (answer.ok()) {
    maker.LearnFrom(*answer);
    return;
  }
  const absl::StatusCode code = answer.status().code();
  if (code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss ||
      code == absl::StatusCode::kUnknown) {
    std::fprintf(stderr, "%s: %s\n%s\n", std::string(method.name).c_str(),
                 answer.status().ToString().c_str(), request->DebugString().c_str());
    Promise(false, "nothing that is asked is a mistake of the server's");
  }
  Promise(ReasonOf(answer.status()) != v1::ERROR_REASON_UNSPECIFIED, "every error has a reason");
}

}  // namespace
}  // namespace passend::service

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider choices(data, size);
  passend::fuzz::MessageMaker maker(choices);
  const passend::service::World world;
  for (int call = 0; call < passend::service::kCallsMax && choices.remaining_bytes() > 0; ++call) {
    passend::service::Call(world, choices, maker);
  }
  return 0;
}
