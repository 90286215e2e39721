#include <limits>
#include <memory>

#include "service/client/commands.h"
#include "service/client/listing.h"
#include "service/client/record_views.h"
#include "service/client/validation_arguments.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kPageSizeMax = 1000;

struct RecordArguments {
  std::string passport;
  ValidationArguments validation;
};

int RunRecord(CommandContext& context, const RecordArguments& arguments) {
  v1::RecordValidationsRequest request;
  auto passport = PassportName(arguments.passport, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_parent(*std::move(passport));
  *request.add_validations() = ValidationOf(arguments.validation);
  Connection& connection = context.connection();
  auto response = connection.Call(connection.validations(),
                                  &v1::ValidationService::Stub::RecordValidations, request);
  if (!response.ok()) return context.Fail(response.status());
  std::string text;
  for (const v1::Validation& recorded : response->validations()) {
    text += context.Said(Word::kRecorded, {recorded.name()}) + "\n";
  }
  return context.Show(*response, text);
}

int RunRevoke(CommandContext& context, const std::string& name, const std::string& reason) {
  v1::RevokeValidationRequest request;
  request.set_name(name);
  request.set_reason(reason);
  Connection& connection = context.connection();
  auto response = connection.Call(connection.validations(),
                                  &v1::ValidationService::Stub::RevokeValidation, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, context.Said(Word::kRevokedName, {response->name()}) + "\n");
}

int RunList(CommandContext& context, const std::string& person) {
  v1::ListValidationsRequest request;
  auto passport = PassportName(person, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_parent(*std::move(passport));
  Connection& connection = context.connection();
  auto response = ListUpTo<v1::ListValidationsResponse>(
      request, std::numeric_limits<int>::max(), kPageSizeMax,
      [&](const v1::ListValidationsRequest& page) {
        return connection.Call(connection.validations(),
                               &v1::ValidationService::Stub::ListValidations, page);
      },
      [](v1::ListValidationsResponse& r) { return r.mutable_validations(); });
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, ValidationsText(context.style(), response->validations()));
}

void AddRecordCommand(CLI::App& group, CommandContext& context) {
  auto record = std::make_shared<RecordArguments>();
  CLI::App* command = AddCommand(group, context, "record", Word::kHelpValidationRecord);
  command->footer(context.Said(Word::kHelpRecordExamples));
  command->add_option("passport", record->passport, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  AddValidationOptions(*command, context, record->validation);
  command->callback([&context, record] {
    context.action = [&context, record] { return RunRecord(context, *record); };
  });
}

}  // namespace

void AddValidationCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "validation", Word::kHelpValidationGroup);
  group->require_subcommand(1);
  AddRecordCommand(*group, context);
  AddEvidenceCommands(*group, context);

  auto name = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  CLI::App* command = AddCommand(*group, context, "revoke", Word::kHelpValidationRevoke);
  command->add_option("validation", *name, context.Said(Word::kHelpValidation))
      ->required()
      ->type_name("VALIDATION");
  command->add_option("--reason", *reason, context.Said(Word::kHelpReason))
      ->required()
      ->type_name("TEXT");
  command->callback([&context, name, reason] {
    context.action = [&context, name, reason] { return RunRevoke(context, *name, *reason); };
  });

  auto person = std::make_shared<std::string>();
  command = AddCommand(*group, context, "list", Word::kHelpValidationList);
  command->add_option("passport", *person, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  command->callback([&context, person] {
    context.action = [&context, person] { return RunList(context, *person); };
  });
}

}  // namespace passend::client
