#include <limits>
#include <memory>

#include "service/client/byte_source.h"
#include "service/client/commands.h"
#include "service/client/json_output.h"
#include "service/client/listing.h"
#include "service/client/record_views.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kPageSizeMax = 1000;

absl::StatusOr<v1::ListPoliciesResponse> ListPolicies(CommandContext& context, int limit) {
  Connection& connection = context.connection();
  return ListUpTo<v1::ListPoliciesResponse>(
      v1::ListPoliciesRequest(), limit, kPageSizeMax,
      [&](const v1::ListPoliciesRequest& page) {
        return connection.Call(connection.policies(), &v1::PolicyService::Stub::ListPolicies, page);
      },
      [](v1::ListPoliciesResponse& r) { return r.mutable_policies(); });
}

int RunShow(CommandContext& context, const std::string& version) {
  if (version.empty()) {
    auto newest = ListPolicies(context, 1);
    if (!newest.ok()) return context.Fail(newest.status());
    if (newest->policies().empty()) {
      return context.Show(v1::Policy(), context.Said(Word::kNothing) + "\n");
    }
    return context.Show(newest->policies(0), PolicyText(context.style(), newest->policies(0)));
  }
  v1::GetPolicyRequest request;
  request.set_name(ResourceName("policies/", version));
  Connection& connection = context.connection();
  auto policy =
      connection.Call(connection.policies(), &v1::PolicyService::Stub::GetPolicy, request);
  if (!policy.ok()) return context.Fail(policy.status());
  return context.Show(*policy, PolicyText(context.style(), *policy));
}

int RunList(CommandContext& context) {
  auto response = ListPolicies(context, std::numeric_limits<int>::max());
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, PoliciesText(context.style(), response->policies()));
}

int RunPublish(CommandContext& context, const std::string& path, bool validate_only) {
  auto json = ReadWholeFile(path);
  if (!json.ok()) return context.Fail(json.status());
  v1::PublishPolicyRequest request;
  if (absl::Status parsed = ParseJson(*json, *request.mutable_policy()); !parsed.ok()) {
    return context.Fail(absl::InvalidArgumentError(path + ": " + std::string(parsed.message())));
  }
  request.set_validate_only(validate_only);
  Connection& connection = context.connection();
  auto policy =
      connection.Call(connection.policies(), &v1::PolicyService::Stub::PublishPolicy, request);
  if (!policy.ok()) return context.Fail(policy.status());
  const Word done = validate_only ? Word::kPolicyChecked : Word::kPublished;
  return context.Show(*policy, context.Said(done, {policy->name()}) + "\n");
}

}  // namespace

void AddPolicyCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "policy", Word::kHelpPolicyGroup);
  group->require_subcommand(1);

  auto version = std::make_shared<std::string>();
  CLI::App* command = AddCommand(*group, context, "show", Word::kHelpPolicyShow);
  command->add_option("version", *version, context.Said(Word::kHelpPolicy))->type_name("VERSION");
  command->callback([&context, version] {
    context.action = [&context, version] { return RunShow(context, *version); };
  });

  command = AddCommand(*group, context, "list", Word::kHelpPolicyList);
  command->callback([&context] { context.action = [&context] { return RunList(context); }; });

  auto path = std::make_shared<std::string>();
  auto validate_only = std::make_shared<bool>(false);
  command = AddCommand(*group, context, "publish", Word::kHelpPolicyPublish);
  command->add_option("file", *path, context.Said(Word::kHelpPolicyFile))
      ->required()
      ->type_name("FILE");
  command->add_flag("--validate-only", *validate_only, context.Said(Word::kHelpValidateOnly));
  command->callback([&context, path, validate_only] {
    context.action = [&context, path, validate_only] {
      return RunPublish(context, *path, *validate_only);
    };
  });
}

}  // namespace passend::client
