#include "service/policy/current_policy.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/names/resource_names.h"
#include "service/policy_projection.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

constexpr char kShippedRationale[] =
    "The policy that Passend ships with. What each number does, and why it has this value, is in "
    "matcher/README.md.";

}  // namespace

absl::StatusOr<v1::Policy> ParsePolicy(const storage::Record& record) {
  uint32_t version = 0;
  if (!absl::SimpleAtoi(record.key.id, &version)) return DamagedData("a stored policy");
  return ParseStored<v1::Policy>(record, MakeName(PolicyName{version}));
}

absl::Status SeedPolicy(storage::Store& store, const Surroundings& surroundings) {
  const storage::Key key = KeyOf(PolicyName{1});
  auto record = ReadOne(store, key);
  if (!record.ok() || record->has_value()) return record.status();
  v1::Policy shipped = ToProto(matcher::Policy{});
  shipped.set_rationale(kShippedRationale);
  *shipped.mutable_create_time() = ToTimestamp(surroundings.now());
  storage::Batch batch;
  batch.expectations = {{key, 0}};
  batch.mutations.push_back({key, StoredValue(shipped)});
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
  return store.Commit(std::move(batch)).status();
}

absl::StatusOr<std::unique_ptr<CurrentPolicy>> CurrentPolicy::Load(const storage::Store& store) {
  std::optional<storage::Record> newest;
  const absl::Status scanned =
      store.Scan({storage::RecordKind::kPolicy, "", ""}, [&](storage::Record record) {
        newest = std::move(record);
        return true;
      });
  if (!scanned.ok()) return scanned;
  if (!newest.has_value()) return DamagedData("the list of policies, which has none,");
  absl::StatusOr<v1::Policy> policy = ParsePolicy(*newest);
  if (!policy.ok()) return policy.status();
  const std::optional<PolicyName> name = ParsePolicyName(policy->name());
  if (!name.has_value()) return DamagedData("a stored policy");
  return std::make_unique<CurrentPolicy>(Published{name->version, PolicyOf(*policy)});
}

CurrentPolicy::CurrentPolicy(Published newest)
    : newest_(std::make_shared<const Published>(std::move(newest))) {}

std::shared_ptr<const CurrentPolicy::Published> CurrentPolicy::Get() const {
  absl::MutexLock lock(&mutex_);
  return newest_;
}

void CurrentPolicy::Raise(Published newer) {
  absl::MutexLock lock(&mutex_);
  if (newer.version > newest_->version) {
    newest_ = std::make_shared<const Published>(std::move(newer));
  }
}

}  // namespace passend::service
