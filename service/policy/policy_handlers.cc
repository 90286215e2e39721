#include "service/policy/policy_handlers.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/names/resource_names.h"
#include "service/policy_projection.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/rules/policy_rules.h"

namespace passend::service {
namespace {

// One publication at a time, whatever the version.
constexpr char kPublishing[] = "policies";

}  // namespace

absl::StatusOr<v1::Policy> PolicyHandlers::ReadByName(const std::string& name) const {
  const std::optional<PolicyName> parsed = ParsePolicyName(name);
  if (!parsed.has_value()) return PolicyNotFound(name);
  auto record = ReadOne(tools_.store, KeyOf(*parsed));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return PolicyNotFound(name);
  return ParsePolicy(**record);
}

absl::StatusOr<v1::Policy> PolicyHandlers::Get(const CallContext& /*context*/,
                                               const v1::GetPolicyRequest& request) const {
  return ReadByName(request.name());
}

absl::StatusOr<v1::ListPoliciesResponse> PolicyHandlers::List(
    const CallContext& context, const v1::ListPoliciesRequest& request) const {
  auto cursor = tools_.page_tokens.Open(ScopedMethod(context), request);
  if (!cursor.ok()) return cursor.status();
  // The version before which the page starts, counting down.
  uint32_t before = current_.Get()->version + 1;
  if (!cursor->empty() && !absl::SimpleAtoi(*cursor, &before)) {
    return InvalidPageToken("page_token");
  }
  const auto size =
      static_cast<uint32_t>(PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax));
  const uint32_t last = before > size ? before - size : 1;
  std::vector<storage::Key> keys;
  for (uint32_t version = before - 1; version >= last; --version) {
    keys.push_back(KeyOf(PolicyName{version}));
  }
  auto records = tools_.store.Read(keys);
  if (!records.ok()) return records.status();
  v1::ListPoliciesResponse response;
  for (const std::optional<storage::Record>& record : *records) {
    if (!record.has_value()) continue;
    absl::StatusOr<v1::Policy> policy = ParsePolicy(*record);
    if (!policy.ok()) return policy.status();
    *response.add_policies() = *std::move(policy);
  }
  if (last > 1) {
    response.set_next_page_token(
        tools_.page_tokens.Make(ScopedMethod(context), request, absl::StrCat(last)));
  }
  return response;
}

absl::StatusOr<v1::Policy> PolicyHandlers::Publish(const CallContext& context,
                                                   const v1::PublishPolicyRequest& request) {
  const RepeatableRequest repeatable(context, request);
  absl::MutexLock lock(&tools_.locks.For(kPublishing));
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(**receipt);
  const FieldViolations violations = CheckPolicy(request.policy(), FieldPath("policy"));
  if (!violations.empty()) return InvalidFields(violations);

  const PolicyName name{current_.Get()->version + 1};
  v1::Policy policy = request.policy();
  policy.set_name(MakeName(name));
  *policy.mutable_create_time() = ToTimestamp(tools_.surroundings.now());
  if (request.validate_only()) return policy;

  const storage::Key key = KeyOf(name);
  storage::Batch batch;
  batch.expectations = {{key, 0}};
  batch.mutations.push_back({key, StoredValue(policy)});
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
  auto committed = repeatable.Commit(tools_.store, std::move(batch), policy.name());
  if (!committed.ok()) return committed.status();
  current_.Raise({name.version, PolicyOf(policy)});
  return policy;
}

void PolicyHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::GetPolicyRequest, v1::Policy>(
      "passend.v1.PolicyService.GetPolicy",
      [this](const auto& context, const auto& request) { return Get(context, request); });
  bindings.Bind<v1::ListPoliciesRequest, v1::ListPoliciesResponse>(
      "passend.v1.PolicyService.ListPolicies",
      [this](const auto& context, const auto& request) { return List(context, request); });
  bindings.Bind<v1::PublishPolicyRequest, v1::Policy>(
      "passend.v1.PolicyService.PublishPolicy",
      [this](const auto& context, const auto& request) { return Publish(context, request); });
}

}  // namespace passend::service
