#include "service/client/validation_arguments.h"

#include <algorithm>
#include <vector>

#include "service/client/commands.h"
#include "service/client/dates.h"
#include "service/client/listing.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

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

}  // namespace

void AddValidationOptions(CLI::App& command, const CommandContext& context,
                          ValidationArguments& arguments) {
  const auto text = [&](const std::string& name, std::string& value, Word help,
                        const std::string& type) {
    return command.add_option(name, value, context.Said(help))->type_name(type);
  };
  text("--skill", arguments.skill, Word::kHelpSkill, "CONCEPT")->required();
  command.add_option("--level", arguments.level, context.Said(Word::kHelpLevel))
      ->required()
      ->type_name("1-5")
      ->check(WholeNumber(context, "--level", 1, 5));
  AllowOnly(*text("--method", arguments.method, Word::kHelpMethod, "")->required(), context,
            MethodFlags());
  text("--date", arguments.day, Word::kHelpDate, "DAY")->check(Day(context, "--date"));
  text("--expires", arguments.expire_day, Word::kHelpExpires, "DAY")
      ->check(Day(context, "--expires"));
  text("--by", arguments.validator, Word::kHelpBy, "TEXT");
  text("--capacity", arguments.capacity, Word::kHelpCapacity, "TEXT");
  text("--place", arguments.place, Word::kHelpPlace, "TEXT");
  text("--evidence", arguments.evidence, Word::kHelpEvidence, "URI");
}

v1::Validation ValidationOf(const ValidationArguments& arguments) {
  v1::Validation validation;
  validation.set_skill(ConceptName(arguments.skill));
  validation.set_level(arguments.level);
  validation.set_method(MethodOf(arguments.method));
  validation.set_validator(arguments.validator);
  validation.set_capacity(arguments.capacity);
  validation.set_place(arguments.place);
  validation.set_evidence_uri(arguments.evidence);
  if (const auto day = ParseDay(arguments.day)) *validation.mutable_validate_time() = *day;
  if (const auto day = ParseDay(arguments.expire_day)) *validation.mutable_expire_time() = *day;
  return validation;
}

}  // namespace passend::client
