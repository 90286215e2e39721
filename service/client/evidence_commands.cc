#include <limits>
#include <memory>

#include "service/client/commands.h"
#include "service/client/evidence_view.h"
#include "service/client/listing.h"
#include "service/client/validation_arguments.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kDueMax = 100;
constexpr int kPageSizeMax = 1000;
constexpr char kUpheld[] = "upheld";

// An option that takes a text, or the argument `name` where that has no dashes.
CLI::Option* AddText(CLI::App& command, const CommandContext& context, const std::string& name,
                     std::string& value, Word help, const std::string& type) {
  return command.add_option(name, value, context.Said(help))->type_name(type);
}

struct CorrectArguments {
  std::string name;
  std::string reason;
  ValidationArguments validation;
};

int RunCorrect(CommandContext& context, const CorrectArguments& arguments) {
  v1::CorrectValidationRequest request;
  request.set_name(arguments.name);
  request.set_reason(arguments.reason);
  *request.mutable_validation() = ValidationOf(arguments.validation);
  Connection& connection = context.connection();
  auto response = connection.Call(connection.validations(),
                                  &v1::ValidationService::Stub::CorrectValidation, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(
      *response,
      context.Said(Word::kCorrectedName, {response->name(), response->corrects()}) + "\n");
}

int RunDispute(CommandContext& context, const std::string& name, const std::string& reason) {
  v1::DisputeValidationRequest request;
  request.set_name(name);
  request.set_reason(reason);
  Connection& connection = context.connection();
  auto response = connection.Call(connection.validations(),
                                  &v1::ValidationService::Stub::DisputeValidation, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, context.Said(Word::kDisputedName, {response->name()}) + "\n");
}

struct ResolveArguments {
  std::string name;
  std::string outcome;
  std::string reason;
};

int RunResolve(CommandContext& context, const ResolveArguments& arguments) {
  v1::ResolveDisputeRequest request;
  request.set_name(arguments.name);
  request.set_reason(arguments.reason);
  const bool upheld = arguments.outcome == kUpheld;
  request.set_resolution(upheld ? v1::DISPUTE_RESOLUTION_UPHELD : v1::DISPUTE_RESOLUTION_REJECTED);
  Connection& connection = context.connection();
  auto response = connection.Call(connection.validations(),
                                  &v1::ValidationService::Stub::ResolveDispute, request);
  if (!response.ok()) return context.Fail(response.status());
  const Word said = upheld ? Word::kUpheldName : Word::kRejectedName;
  return context.Show(*response, context.Said(said, {response->name()}) + "\n");
}

int RunDue(CommandContext& context, const std::string& person, int top) {
  v1::ListDueRequest request;
  auto passport = PassportName(person, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_parent(*std::move(passport));
  request.set_page_size(top);
  request.set_language_code(context.language_code());
  Connection& connection = context.connection();
  auto response =
      connection.Call(connection.validations(), &v1::ValidationService::Stub::ListDue, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, DueText(context.style(), *response));
}

struct ProposeArguments {
  std::string passport;
  std::string task;
  std::string motivation;
};

int RunPropose(CommandContext& context, const ProposeArguments& arguments) {
  v1::ProposeCandidateRequest request;
  auto passport = PassportName(arguments.passport, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_passport(*std::move(passport));
  request.set_task(ResourceName("tasks/", arguments.task));
  request.set_motivation(arguments.motivation);
  Connection& connection = context.connection();
  auto response = connection.Call(connection.proposals(),
                                  &v1::ProposalService::Stub::ProposeCandidate, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response,
                      context.Said(Word::kProposed, {response->task(), response->name()}) + "\n");
}

int RunProposals(CommandContext& context, const std::string& person) {
  v1::ListProposalsRequest request;
  auto passport = PassportName(person, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_parent(*std::move(passport));
  Connection& connection = context.connection();
  auto response = ListUpTo<v1::ListProposalsResponse>(
      request, std::numeric_limits<int>::max(), kPageSizeMax,
      [&](const v1::ListProposalsRequest& page) {
        return connection.Call(connection.proposals(), &v1::ProposalService::Stub::ListProposals,
                               page);
      },
      [](v1::ListProposalsResponse& r) { return r.mutable_proposals(); });
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, ProposalsText(context.style(), *response));
}

int RunProposed(CommandContext& context, const std::string& task) {
  v1::ListProposedCandidatesRequest request;
  request.set_parent(ResourceName("tasks/", task));
  Connection& connection = context.connection();
  auto response = ListUpTo<v1::ListProposedCandidatesResponse>(
      request, std::numeric_limits<int>::max(), kPageSizeMax,
      [&](const v1::ListProposedCandidatesRequest& page) {
        return connection.Call(connection.proposals(),
                               &v1::ProposalService::Stub::ListProposedCandidates, page);
      },
      [](v1::ListProposedCandidatesResponse& r) { return r.mutable_candidates(); });
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, ProposedText(context.style(), *response));
}

void AddResolve(CLI::App& group, CommandContext& context) {
  auto resolve = std::make_shared<ResolveArguments>();
  CLI::App* command = AddCommand(group, context, "resolve", Word::kHelpValidationResolve);
  AddText(*command, context, "validation", resolve->name, Word::kHelpValidation, "VALIDATION")
      ->required();
  AllowOnly(*AddText(*command, context, "--outcome", resolve->outcome, Word::kHelpOutcome, "")
                 ->required(),
            context, {kUpheld, "rejected"});
  AddText(*command, context, "--reason", resolve->reason, Word::kHelpReason, "TEXT")->required();
  command->callback([&context, resolve] {
    context.action = [&context, resolve] { return RunResolve(context, *resolve); };
  });
}

void AddDue(CLI::App& group, CommandContext& context) {
  auto person = std::make_shared<std::string>();
  auto top = std::make_shared<int>(10);
  CLI::App* command = AddCommand(group, context, "due", Word::kHelpValidationDue);
  AddText(*command, context, "passport", *person, Word::kHelpPassport, "PASSPORT")->required();
  command->add_option("--top", *top, context.Said(Word::kHelpDueTop))
      ->type_name("1-100")
      ->check(WholeNumber(context, "--top", 1, kDueMax));
  command->callback([&context, person, top] {
    context.action = [&context, person, top] { return RunDue(context, *person, *top); };
  });
}

}  // namespace

void AddEvidenceCommands(CLI::App& group, CommandContext& context) {
  auto correct = std::make_shared<CorrectArguments>();
  CLI::App* command = AddCommand(group, context, "correct", Word::kHelpValidationCorrect);
  AddText(*command, context, "validation", correct->name, Word::kHelpValidation, "VALIDATION")
      ->required();
  AddText(*command, context, "--reason", correct->reason, Word::kHelpReason, "TEXT")->required();
  AddValidationOptions(*command, context, correct->validation);
  command->callback([&context, correct] {
    context.action = [&context, correct] { return RunCorrect(context, *correct); };
  });

  auto name = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  command = AddCommand(group, context, "dispute", Word::kHelpValidationDispute);
  AddText(*command, context, "validation", *name, Word::kHelpValidation, "VALIDATION")->required();
  AddText(*command, context, "--reason", *reason, Word::kHelpReason, "TEXT")->required();
  command->callback([&context, name, reason] {
    context.action = [&context, name, reason] { return RunDispute(context, *name, *reason); };
  });
  AddResolve(group, context);
  AddDue(group, context);
}

void AddProposalCommands(CLI::App& app, CommandContext& context) {
  auto propose = std::make_shared<ProposeArguments>();
  CLI::App* command = AddCommand(app, context, "propose", Word::kHelpPropose);
  AddText(*command, context, "passport", propose->passport, Word::kHelpPassport, "PASSPORT")
      ->required();
  AddText(*command, context, "task", propose->task, Word::kHelpTask, "TASK")->required();
  AddText(*command, context, "--why", propose->motivation, Word::kHelpWhy, "TEXT");
  command->callback([&context, propose] {
    context.action = [&context, propose] { return RunPropose(context, *propose); };
  });

  auto person = std::make_shared<std::string>();
  command = AddCommand(app, context, "proposals", Word::kHelpProposals);
  AddText(*command, context, "passport", *person, Word::kHelpPassport, "PASSPORT")->required();
  command->callback([&context, person] {
    context.action = [&context, person] { return RunProposals(context, *person); };
  });

  auto task = std::make_shared<std::string>();
  command = AddCommand(app, context, "proposed", Word::kHelpProposed);
  AddText(*command, context, "task", *task, Word::kHelpTask, "TASK")->required();
  command->callback([&context, task] {
    context.action = [&context, task] { return RunProposed(context, *task); };
  });
}

}  // namespace passend::client
