// A memory store and everything that answers over it, without a channel: requests go in as bytes,
// pass the rules of their fields, and reach the handler.
#ifndef PASSEND_TESTS_SERVICE_SERVICE_WORLD_H_
#define PASSEND_TESTS_SERVICE_SERVICE_WORLD_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/consent/consent_handlers.h"
#include "service/errors/error_status.h"
#include "service/handler_tools.h"
#include "service/match/candidate_revealer.h"
#include "service/passport/passport_handlers.h"
#include "service/policy/current_policy.h"
#include "service/policy/policy_handlers.h"
#include "service/portable/portable_handlers.h"
#include "service/skill_catalog.h"
#include "service/task/task_handlers.h"
#include "service/validations/validation_handlers.h"
#include "storage/store.h"

namespace passend::service {

inline constexpr char kSweeping[] = "taxonomies/demo/concepts/sweeping";     // SKILL
inline constexpr char kPlants[] = "taxonomies/demo/concepts/plants";         // KNOWLEDGE
inline constexpr char kOutside[] = "taxonomies/demo/concepts/outside";       // SKILL_GROUP
inline constexpr char kGardener[] = "taxonomies/demo/concepts/gardener";     // OCCUPATION
inline constexpr char kUnheardOf[] = "taxonomies/demo/concepts/unheard-of";  // nowhere

class FixedCatalog : public SkillCatalog {
 public:
  std::optional<v1::ConceptKind> KindOf(std::string_view concept_name) const override;
};

// Everything that a store holds.
struct Contents {
  storage::Sequence sequence;
  std::vector<storage::Record> records;
  friend bool operator==(const Contents&, const Contents&) = default;
};
Contents ContentsOf(const storage::Store& store);

// The time is 2026-11-21T09:00:00Z until it is advanced; random bytes are a counter.
class ServiceWorld {
 public:
  ServiceWorld() : ServiceWorld(nullptr) {}
  // Over a store of the caller's; null: one in memory.
  explicit ServiceWorld(std::unique_ptr<storage::Store> store, CredentialParts credentials = {});

  storage::Store& store() { return *store_; }
  const MethodBindings& bindings() const { return bindings_; }
  const HandlerTools& tools() const { return tools_; }
  // What the employer of a stored task calls everybody in this world, and whom it calls so.
  static std::string Reference(const v1::Task& task, const std::string& passport);
  static std::optional<std::string> WhoIs(const v1::Task& task, const std::string& reference);
  absl::Time now() const { return now_; }
  void Advance(absl::Duration by) { now_ += by; }

  CallContext ContextFor(std::string_view method) const;

  // `method` is `PassportService.GetPassport`.
  template <typename Response>
  absl::StatusOr<Response> Call(std::string_view method,
                                const google::protobuf::Message& request) const {
    absl::StatusOr<std::string> bytes =
        bindings_.Answer(ContextFor(method), request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Response response;
    response.ParseFromString(*bytes);
    return response;
  }

  // Creates; fails the test where that does not go.
  v1::Passport CreatePassport(const v1::Passport& passport = {});
  v1::Task CreateTask(const v1::Task& task);
  // Records one validation of level `level`, validated `days_ago`.
  v1::Validation Record(const std::string& passport, std::string_view skill, int level,
                        v1::ValidationMethod method = v1::VALIDATION_METHOD_OBSERVED,
                        int days_ago = 0);

 private:
  absl::Time now_;
  std::atomic<uint64_t> random_count_ = 0;
  Surroundings surroundings_;
  std::unique_ptr<storage::Store> store_;
  FixedCatalog catalog_;
  KeyedLocks locks_;
  PageTokens page_tokens_{std::string(32, 's')};
  HandlerTools tools_;
  std::unique_ptr<CurrentPolicy> policy_;
  std::unique_ptr<PassportHandlers> passports_;
  std::unique_ptr<ValidationHandlers> validations_;
  std::unique_ptr<TaskHandlers> tasks_;
  std::unique_ptr<PolicyHandlers> policies_;
  std::unique_ptr<ConsentHandlers> consents_;
  std::unique_ptr<PortableHandlers> portable_;
  std::unique_ptr<CandidateRevealer> revealer_;
  MethodBindings bindings_;
};

// A passport with every part filled in, and a task alike.
v1::Passport WholePassport();
v1::Task WholeTask();

// The wrong field of an error; "" where it names none.
std::string FieldOf(const absl::Status& status);
// What the error's ErrorInfo says of `key`; "" where it says nothing.
std::string MetadataOf(const absl::Status& status, const std::string& key);

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_SERVICE_WORLD_H_
