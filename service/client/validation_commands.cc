#include <algorithm>
#include <limits>
#include <memory>

#include "service/client/commands.h"
#include "service/client/dates.h"
#include "service/client/listing.h"
#include "service/client/record_views.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kPageSizeMax = 1000;

struct RecordArguments {
  std::string passport;
  std::string skill;
  int level = 0;
  std::string method;
  std::string day;
  std::string expire_day;
  std::string validator;
  std::string capacity;
  std::string place;
  std::string evidence;
};

// "work-sample" for VALIDATION_METHOD_WORK_SAMPLE: what people type, from the proto enum itself.
std::string FlagOf(const std::string& value_name) {
  std::string flag = value_name.substr(std::string("VALIDATION_METHOD_").size());
  std::transform(flag.begin(), flag.end(), flag.begin(), [](unsigned char c) {
    return c == '_' ? '-' : static_cast<char>(std::tolower(c));
  });
  return flag;
}

std::vector<std::string> MethodFlags() {
  std::vector<std::string> flags;
  const auto* methods = v1::ValidationMethod_descriptor();
  for (int i = 0; i < methods->value_count(); ++i) {
    if (methods->value(i)->number() != 0) flags.push_back(FlagOf(methods->value(i)->name()));
  }
  return flags;
}

v1::ValidationMethod MethodOf(const std::string& flag) {
  const auto* methods = v1::ValidationMethod_descriptor();
  for (int i = 0; i < methods->value_count(); ++i) {
    const auto* method = methods->value(i);
    if (method->number() != 0 && FlagOf(method->name()) == flag) {
      return static_cast<v1::ValidationMethod>(method->number());
    }
  }
  return v1::VALIDATION_METHOD_UNSPECIFIED;
}

int RunRecord(CommandContext& context, const RecordArguments& arguments) {
  v1::RecordValidationsRequest request;
  auto passport = PassportName(arguments.passport, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_parent(*std::move(passport));
  v1::Validation& validation = *request.add_validations();
  validation.set_skill(ConceptName(arguments.skill));
  validation.set_level(arguments.level);
  validation.set_method(MethodOf(arguments.method));
  validation.set_validator(arguments.validator);
  validation.set_capacity(arguments.capacity);
  validation.set_place(arguments.place);
  validation.set_evidence_uri(arguments.evidence);
  if (const auto day = ParseDay(arguments.day)) *validation.mutable_validate_time() = *day;
  if (const auto day = ParseDay(arguments.expire_day)) *validation.mutable_expire_time() = *day;
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
  const auto text = [&](const std::string& name, std::string& value, Word help,
                        const std::string& type) {
    return command->add_option(name, value, context.Said(help))->type_name(type);
  };
  text("passport", record->passport, Word::kHelpPassport, "PASSPORT")->required();
  text("--skill", record->skill, Word::kHelpSkill, "CONCEPT")->required();
  command->add_option("--level", record->level, context.Said(Word::kHelpLevel))
      ->required()
      ->type_name("1-5")
      ->check(WholeNumber(context, "--level", 1, 5));
  AllowOnly(*text("--method", record->method, Word::kHelpMethod, "")->required(), context,
            MethodFlags());
  text("--date", record->day, Word::kHelpDate, "DAY")->check(Day(context, "--date"));
  text("--expires", record->expire_day, Word::kHelpExpires, "DAY")
      ->check(Day(context, "--expires"));
  text("--by", record->validator, Word::kHelpBy, "TEXT");
  text("--capacity", record->capacity, Word::kHelpCapacity, "TEXT");
  text("--place", record->place, Word::kHelpPlace, "TEXT");
  text("--evidence", record->evidence, Word::kHelpEvidence, "URI");
  command->callback([&context, record] {
    context.action = [&context, record] { return RunRecord(context, *record); };
  });
}

}  // namespace

void AddValidationCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "validation", Word::kHelpValidationGroup);
  group->require_subcommand(1);
  AddRecordCommand(*group, context);

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
