#include <memory>

#include "service/client/commands.h"
#include "service/client/listing.h"
#include "service/client/record_views.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kPageSizeMax = 1000;

struct ListArguments {
  std::string region;
  std::string state;
  int limit = 50;
};

int RunShow(CommandContext& context, const std::string& person) {
  const Labels labels = context.labels();
  v1::GetPassportRequest request;
  auto name = PassportName(person, labels, context.language());
  if (!name.ok()) return context.Fail(name.status());
  request.set_name(*std::move(name));
  Connection& connection = context.connection();
  auto passport =
      connection.Call(connection.passports(), &v1::PassportService::Stub::GetPassport, request);
  if (!passport.ok()) return context.Fail(passport.status());
  return context.Show(*passport, PassportText(context.style(), labels, *passport));
}

int RunList(CommandContext& context, const ListArguments& arguments) {
  v1::ListPassportsRequest request;
  request.set_region(arguments.region);
  if (arguments.state == "active") request.set_state(v1::PASSPORT_STATE_ACTIVE);
  if (arguments.state == "paused") request.set_state(v1::PASSPORT_STATE_PAUSED);
  if (arguments.state == "placed") request.set_state(v1::PASSPORT_STATE_PLACED);
  Connection& connection = context.connection();
  auto response = ListUpTo<v1::ListPassportsResponse>(
      request, arguments.limit, kPageSizeMax,
      [&](const v1::ListPassportsRequest& page) {
        return connection.Call(connection.passports(), &v1::PassportService::Stub::ListPassports,
                               page);
      },
      [](v1::ListPassportsResponse& r) { return r.mutable_passports(); });
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response,
                      PassportsText(context.style(), context.labels(), response->passports()));
}

bool Confirmed(CommandContext& context, const std::string& passport) {
  context.surroundings().err << context.Said(Word::kEraseQuestion, {passport}) << std::flush;
  std::string answer;
  std::getline(context.surroundings().in, answer);
  return answer == "yes" || answer == "ja";
}

int RunErase(CommandContext& context, const std::string& person, bool yes) {
  Labels labels = context.labels();
  v1::ErasePassportRequest request;
  auto name = PassportName(person, labels, context.language());
  if (!name.ok()) return context.Fail(name.status());
  request.set_name(*std::move(name));
  if (!yes && !context.surroundings().in_is_terminal) {
    return context.Misused(context.Said(Word::kEraseNeedsYes));
  }
  if (!yes && !Confirmed(context, request.name())) {
    context.surroundings().err << context.Said(Word::kNotErased) << "\n";
    return kExitRefused;
  }
  Connection& connection = context.connection();
  auto response =
      connection.Call(connection.passports(), &v1::PassportService::Stub::ErasePassport, request);
  if (!response.ok()) return context.Fail(response.status());
  if (!labels.LabelOf(request.name()).empty()) {
    labels.Forget(request.name());
    if (absl::Status written = labels.Write(context.labels_path()); !written.ok()) {
      context.surroundings().err << context.Said(
                                        Word::kLabelsUnwritable,
                                        {context.labels_path(), std::string(written.message())})
                                 << "\n";
    }
  }
  const std::string count = std::to_string(response->erased_validations());
  return context.Show(*response, context.Said(Word::kErased, {request.name(), count}) + "\n");
}

}  // namespace

void AddPassportCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "passport", Word::kHelpPassportGroup);
  group->require_subcommand(1);
  AddPortableCommands(*group, context);

  auto person = std::make_shared<std::string>();
  CLI::App* command = AddCommand(*group, context, "show", Word::kHelpPassportShow);
  command->add_option("passport", *person, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  command->callback([&context, person] {
    context.action = [&context, person] { return RunShow(context, *person); };
  });

  auto list = std::make_shared<ListArguments>();
  command = AddCommand(*group, context, "list", Word::kHelpPassportList);
  command->add_option("--region", list->region, context.Said(Word::kHelpRegion))
      ->type_name("REGION");
  AllowOnly(*command->add_option("--state", list->state, context.Said(Word::kHelpState)), context,
            {"active", "paused", "placed"});
  command->add_option("--limit", list->limit, context.Said(Word::kHelpLimit))
      ->type_name("N")
      ->check(WholeNumber(context, "--limit", 1, 1000000))
      ->capture_default_str();
  command->callback(
      [&context, list] { context.action = [&context, list] { return RunList(context, *list); }; });

  auto erased = std::make_shared<std::string>();
  auto yes = std::make_shared<bool>(false);
  command = AddCommand(*group, context, "erase", Word::kHelpPassportErase);
  command->add_option("passport", *erased, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  command->add_flag("--yes", *yes, context.Said(Word::kHelpYes));
  command->callback([&context, erased, yes] {
    context.action = [&context, erased, yes] { return RunErase(context, *erased, *yes); };
  });
}

}  // namespace passend::client
