#include <algorithm>
#include <limits>
#include <memory>

#include "absl/time/clock.h"
#include "service/client/commands.h"
#include "service/client/dates.h"
#include "service/client/listing.h"
#include "service/client/record_views.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kPageSizeMax = 1000;
constexpr char kPurposePrefix[] = "PURPOSE_";
constexpr char kGroupPrefix[] = "FIELD_GROUP_";

struct GrantArguments {
  std::string passport;
  std::string audience;
  std::string purpose;
  std::vector<std::string> groups;
  std::string end_day;
  std::vector<std::string> tasks;
  bool any_task = false;
  std::string statement;
};

// What people type for PURPOSE_GUIDANCE: "guidance".
std::string FlagOf(const std::string& value_name, const std::string& prefix) {
  std::string flag = value_name.substr(prefix.size());
  std::transform(flag.begin(), flag.end(), flag.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return flag;
}

// The number of the value that `flag` stands for; 0 for none.
int NumberOf(const google::protobuf::EnumDescriptor& type, const std::string& prefix,
             const std::string& flag) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (FlagOf(type.value(i)->name(), prefix) == flag) return type.value(i)->number();
  }
  return 0;
}

int RunGrant(CommandContext& context, const GrantArguments& arguments) {
  v1::GrantConsentRequest request;
  auto passport = PassportName(arguments.passport, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_parent(*std::move(passport));
  v1::Consent& consent = *request.mutable_consent();
  consent.set_audience(arguments.audience);
  consent.set_purpose(static_cast<v1::Purpose>(
      NumberOf(*v1::Purpose_descriptor(), kPurposePrefix, arguments.purpose)));
  for (const std::string& group : arguments.groups) {
    consent.add_groups(
        static_cast<v1::FieldGroup>(NumberOf(*v1::FieldGroup_descriptor(), kGroupPrefix, group)));
  }
  for (const std::string& task : arguments.tasks) consent.add_tasks(ResourceName("tasks/", task));
  consent.set_any_task(arguments.any_task);
  consent.set_statement(arguments.statement);
  if (const auto day = ParseDay(arguments.end_day)) *consent.mutable_expire_time() = *day;
  Connection& connection = context.connection();
  auto response =
      connection.Call(connection.consents(), &v1::ConsentService::Stub::GrantConsent, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, context.Said(Word::kShared, {response->name()}) + "\n");
}

int RunRevoke(CommandContext& context, const std::string& name) {
  v1::RevokeConsentRequest request;
  request.set_name(name);
  Connection& connection = context.connection();
  auto response =
      connection.Call(connection.consents(), &v1::ConsentService::Stub::RevokeConsent, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, context.Said(Word::kRevokedName, {response->name()}) + "\n");
}

int RunList(CommandContext& context, const std::string& person, bool standing_only) {
  v1::ListConsentsRequest request;
  auto passport = PassportName(person, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_parent(*std::move(passport));
  request.set_standing_only(standing_only);
  Connection& connection = context.connection();
  auto response = ListUpTo<v1::ListConsentsResponse>(
      request, std::numeric_limits<int>::max(), kPageSizeMax,
      [&](const v1::ListConsentsRequest& page) {
        return connection.Call(connection.consents(), &v1::ConsentService::Stub::ListConsents,
                               page);
      },
      [](v1::ListConsentsResponse& r) { return r.mutable_consents(); });
  if (!response.ok()) return context.Fail(response.status());
  google::protobuf::Timestamp now;
  now.set_seconds(absl::ToUnixSeconds(absl::Now()));
  return context.Show(*response, ConsentsText(context.style(), response->consents(), now));
}

int RunReveals(CommandContext& context, const std::string& person) {
  v1::ListRevealsRequest request;
  auto passport = PassportName(person, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_parent(*std::move(passport));
  Connection& connection = context.connection();
  auto response = ListUpTo<v1::ListRevealsResponse>(
      request, std::numeric_limits<int>::max(), kPageSizeMax,
      [&](const v1::ListRevealsRequest& page) {
        return connection.Call(connection.consents(), &v1::ConsentService::Stub::ListReveals, page);
      },
      [](v1::ListRevealsResponse& r) { return r.mutable_reveals(); });
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, RevealsText(context.style(), response->reveals()));
}

int RunReveal(CommandContext& context, const std::string& task, const std::string& candidate) {
  v1::RevealCandidateRequest request;
  request.set_task(ResourceName("tasks/", task));
  request.set_candidate(candidate);
  Connection& connection = context.connection();
  auto response =
      connection.Call(connection.matches(), &v1::MatchService::Stub::RevealCandidate, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, response->passport() + "\n");
}

void AddGrantCommand(CLI::App& group, CommandContext& context) {
  auto grant = std::make_shared<GrantArguments>();
  CLI::App* command = AddCommand(group, context, "grant", Word::kHelpConsentGrant);
  command->footer(context.Said(Word::kHelpGrantExamples));
  command->add_option("passport", grant->passport, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  command->add_option("--to", grant->audience, context.Said(Word::kHelpAudience))
      ->required()
      ->type_name("NAME");
  AllowOnly(
      *command->add_option("--for", grant->purpose, context.Said(Word::kHelpPurpose))->required(),
      context, {"guidance", "matching", "introduction", "sync"});
  AllowOnly(
      *command->add_option("--what", grant->groups, context.Said(Word::kHelpGroups))->required(),
      context,
      {"identity", "basic", "skills", "evidence", "wishes", "pace", "support", "fit", "scores"});
  command->add_option("--until", grant->end_day, context.Said(Word::kHelpConsentEnd))
      ->required()
      ->type_name("DAY")
      ->check(Day(context, "--until"));
  command->add_option("--task", grant->tasks, context.Said(Word::kHelpConsentTask))
      ->type_name("TASK");
  command->add_flag("--any-task", grant->any_task, context.Said(Word::kHelpAnyTask));
  command->add_option("--statement", grant->statement, context.Said(Word::kHelpStatement))
      ->type_name("TEXT");
  command->callback([&context, grant] {
    context.action = [&context, grant] { return RunGrant(context, *grant); };
  });
}

}  // namespace

void AddConsentCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "consent", Word::kHelpConsentGroup);
  group->require_subcommand(1);
  AddGrantCommand(*group, context);

  auto name = std::make_shared<std::string>();
  CLI::App* command = AddCommand(*group, context, "revoke", Word::kHelpConsentRevoke);
  command->add_option("consent", *name, context.Said(Word::kHelpConsent))
      ->required()
      ->type_name("CONSENT");
  command->callback([&context, name] {
    context.action = [&context, name] { return RunRevoke(context, *name); };
  });

  auto person = std::make_shared<std::string>();
  auto standing = std::make_shared<bool>(false);
  command = AddCommand(*group, context, "list", Word::kHelpConsentList);
  command->add_option("passport", *person, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  command->add_flag("--standing", *standing, context.Said(Word::kHelpStanding));
  command->callback([&context, person, standing] {
    context.action = [&context, person, standing] { return RunList(context, *person, *standing); };
  });

  command = AddCommand(*group, context, "reveals", Word::kHelpConsentReveals);
  command->add_option("passport", *person, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  command->callback([&context, person] {
    context.action = [&context, person] { return RunReveals(context, *person); };
  });

  auto task = std::make_shared<std::string>();
  auto candidate = std::make_shared<std::string>();
  command = AddCommand(app, context, "reveal", Word::kHelpReveal);
  command->add_option("task", *task, context.Said(Word::kHelpTask))->required()->type_name("TASK");
  command->add_option("candidate", *candidate, context.Said(Word::kHelpCandidate))
      ->required()
      ->type_name("CANDIDATE");
  command->callback([&context, task, candidate] {
    context.action = [&context, task, candidate] { return RunReveal(context, *task, *candidate); };
  });
}

}  // namespace passend::client
