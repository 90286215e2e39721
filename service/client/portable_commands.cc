#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "service/client/byte_source.h"
#include "service/client/commands.h"
#include "service/client/json_output.h"
#include "service/client/listing.h"
#include "service/client/portable_file.h"
#include "service/client/request_id.h"
#include "service/client/whole_file.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

struct ExportArguments {
  std::string passport;
  std::string format = "json";
  std::string out;
  std::string name;
  bool for_employer = false;
};

struct ImportArguments {
  std::string file;
  std::string into;
  std::string skill;
  int level = 0;
  std::vector<std::string> status_lists;
};

constexpr int kAll = std::numeric_limits<int>::max();
constexpr int kPageSizeMax = 1000;

// How often one file may have made a passport that was erased since.
constexpr int kLivesMax = 100;

// All pages of credentials, or the error.
absl::StatusOr<std::vector<std::string>> Credentials(Connection& connection,
                                                     const std::string& passport) {
  std::vector<std::string> credentials;
  v1::ExportPassportRequest request;
  request.set_name(passport);
  request.set_format(v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL);
  do {
    auto response = connection.Call(connection.passports(),
                                    &v1::PassportService::Stub::ExportPassport, request);
    if (!response.ok()) return response.status();
    for (std::string& credential : *response->mutable_credentials()) {
      credentials.push_back(std::move(credential));
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return credentials;
}

// What became of the person's data, as far as the caller may see it; what is left out is said.
absl::Status AddHistory(CommandContext& context, const std::string& passport,
                        v1::PassportHistory& history) {
  Connection& connection = context.connection();
  const auto leave_out = [&context](const absl::Status& why, const char* what) {
    const bool not_for_them = absl::IsPermissionDenied(why) || absl::IsFailedPrecondition(why);
    if (!not_for_them) return why;
    context.surroundings().err << what << ": "
                               << context.Said(Word::kServerSays, {std::string(why.message())})
                               << "\n";
    return absl::OkStatus();
  };
  v1::ListProposalsRequest of_proposals;
  of_proposals.set_parent(passport);
  auto proposals = ListUpTo<v1::ListProposalsResponse>(
      of_proposals, kAll, kPageSizeMax,
      [&](const v1::ListProposalsRequest& page) {
        return connection.Call(connection.proposals(), &v1::ProposalService::Stub::ListProposals,
                               page);
      },
      [](v1::ListProposalsResponse& r) { return r.mutable_proposals(); });
  if (proposals.ok()) {
    history.mutable_proposals()->Swap(proposals->mutable_proposals());
  } else if (auto why = leave_out(proposals.status(), "proposals"); !why.ok()) {
    return why;
  }
  v1::ListRevealsRequest of_reveals;
  of_reveals.set_parent(passport);
  auto reveals = ListUpTo<v1::ListRevealsResponse>(
      of_reveals, kAll, kPageSizeMax,
      [&](const v1::ListRevealsRequest& page) {
        return connection.Call(connection.consents(), &v1::ConsentService::Stub::ListReveals, page);
      },
      [](v1::ListRevealsResponse& r) { return r.mutable_reveals(); });
  if (reveals.ok()) {
    history.mutable_reveals()->Swap(reveals->mutable_reveals());
  } else if (auto why = leave_out(reveals.status(), "reveals"); !why.ok()) {
    return why;
  }
  v1::ListAccessLogRequest of_looks;
  of_looks.set_parent(passport);
  auto looks = ListUpTo<v1::ListAccessLogResponse>(
      of_looks, kAll, kPageSizeMax,
      [&](const v1::ListAccessLogRequest& page) {
        return connection.Call(connection.audit(), &v1::AuditService::Stub::ListAccessLog, page);
      },
      [](v1::ListAccessLogResponse& r) { return r.mutable_entries(); });
  if (looks.ok()) {
    history.mutable_looks()->Swap(looks->mutable_entries());
    return absl::OkStatus();
  }
  return leave_out(looks.status(), "looks");
}

absl::StatusOr<std::string> ExportedText(CommandContext& context, const ExportArguments& arguments,
                                         const std::string& passport) {
  Connection& connection = context.connection();
  if (arguments.format == "vc") {
    auto credentials = Credentials(connection, passport);
    if (!credentials.ok()) return credentials.status();
    std::string text;
    for (const std::string& credential : *credentials) text += credential + "\n";
    return text;
  }
  v1::ExportPassportRequest request;
  request.set_name(passport);
  request.set_format(arguments.format == "html" ? v1::EXPORT_FORMAT_HTML : v1::EXPORT_FORMAT_JSON);
  request.set_language_code(context.language_code());
  request.set_for_employer(arguments.for_employer);
  request.set_display_name(arguments.name);
  auto response =
      connection.Call(connection.passports(), &v1::PassportService::Stub::ExportPassport, request);
  if (!response.ok()) return response.status();
  if (arguments.format == "html") return response->page();
  v1::PortablePassport& everything = *response->mutable_everything();
  auto credentials = Credentials(connection, passport);
  if (credentials.ok()) {
    for (std::string& credential : *credentials) {
      everything.add_credentials(std::move(credential));
    }
  } else if (absl::IsFailedPrecondition(credentials.status())) {
    context.surroundings().err << context.Said(Word::kNoCredentials) << "\n";
  } else {
    return credentials.status();
  }
  if (arguments.format == "all") {
    absl::Status added = AddHistory(context, passport, *everything.mutable_history());
    if (!added.ok()) return added;
  }
  return JsonLine(everything);
}

int RunExport(CommandContext& context, const ExportArguments& arguments) {
  if (arguments.format != "html") {
    if (arguments.for_employer) {
      return context.Misused(context.Said(Word::kForPageOnly, {"--for-employer"}));
    }
    if (!arguments.name.empty()) {
      return context.Misused(context.Said(Word::kForPageOnly, {"--name"}));
    }
  }
  auto passport = PassportName(arguments.passport, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  auto text = ExportedText(context, arguments, *passport);
  if (!text.ok()) return context.Fail(text.status());
  if (arguments.out.empty()) {
    context.surroundings().out << *text << std::flush;
    return kExitOk;
  }
  if (absl::Status written = WriteWholeFile(arguments.out, *text); !written.ok()) {
    return context.Fail(written);
  }
  context.surroundings().err << context.Said(Word::kExported, {arguments.out}) << "\n";
  return kExitOk;
}

// Whose passport the credentials go to: the one that was named, or a new one. A file makes one
// passport, however often it is read, until that is erased.
absl::StatusOr<std::string> PassportFor(CommandContext& context, const ImportArguments& arguments,
                                        const v1::PortablePassport& portable) {
  if (!arguments.into.empty()) {
    return PassportName(arguments.into, context.labels(), context.language());
  }
  if (!portable.has_passport()) {
    return absl::InvalidArgumentError(context.Said(Word::kImportNeedsInto));
  }
  v1::CreatePassportRequest request;
  *request.mutable_passport() = CreatableFrom(portable.passport());
  Connection& connection = context.connection();
  absl::StatusOr<v1::Passport> created;
  for (int life = 0; life < kLivesMax; ++life) {
    request.set_request_id(
        RequestIdOf("import", {portable.SerializeAsString(), std::to_string(life)}));
    created = connection.Call(connection.passports(), &v1::PassportService::Stub::CreatePassport,
                              request);
    if (!absl::IsNotFound(created.status())) break;
  }
  if (!created.ok()) return created.status();
  return created->name();
}

int RunImport(CommandContext& context, const ImportArguments& arguments) {
  auto portable = ReadPortableFile(arguments.file);
  if (!portable.ok()) return context.Misused(std::string(portable.status().message()));
  if (arguments.into.empty() && !portable->has_passport()) {
    return context.Misused(context.Said(Word::kImportNeedsInto));
  }
  std::vector<std::string> lists;
  for (const std::string& path : arguments.status_lists) {
    auto list = ReadWholeFile(path);
    if (!list.ok()) return context.Misused(std::string(list.status().message()));
    while (!list->empty() && (list->back() == '\n' || list->back() == '\r')) list->pop_back();
    lists.push_back(*std::move(list));
  }
  auto passport = PassportFor(context, arguments, *portable);
  if (!passport.ok()) return context.Fail(passport.status());
  v1::ImportCredentialsResponse all;
  Connection& connection = context.connection();
  const auto credentials = CredentialsIn(
      *portable, arguments.skill.empty() ? "" : ConceptName(arguments.skill), arguments.level);
  for (const auto& request : ImportRequests(*passport, credentials, lists)) {
    auto response = connection.Call(connection.passports(),
                                    &v1::PassportService::Stub::ImportCredentials, request);
    if (!response.ok()) {
      context.surroundings().err << context.Said(Word::kImportStopped, {*passport}) << "\n";
      return context.Fail(response.status());
    }
    all.MergeFrom(*response);
  }
  int accepted = 0;
  int unchanged = 0;
  int rejected = 0;
  int unchecked = 0;
  std::string text;
  for (int i = 0; i < all.results_size(); ++i) {
    const v1::ImportResult& result = all.results(i);
    if (result.outcome() == v1::IMPORT_OUTCOME_ACCEPTED) {
      ++accepted;
      unchecked += result.status_checked() ? 0 : 1;
    }
    if (result.outcome() == v1::IMPORT_OUTCOME_UNCHANGED) ++unchanged;
    if (result.outcome() != v1::IMPORT_OUTCOME_REJECTED) continue;
    ++rejected;
    text += context.Said(Word::kImportRejected,
                         {std::to_string(i + 1), result.reason(), result.description()}) +
            "\n";
  }
  if (unchecked > 0) {
    text = context.Said(Word::kStatusUnknown, {std::to_string(unchecked)}) + "\n" + text;
  }
  text = context.Said(Word::kCredentialsImported,
                      {*passport, std::to_string(accepted), std::to_string(unchanged),
                       std::to_string(rejected)}) +
         "\n" + text;
  const bool unsigned_only = credentials.empty() && portable->validations_size() > 0;
  if (unsigned_only) context.surroundings().err << context.Said(Word::kNoCredentials) << "\n";
  const int shown = context.Show(all, text);
  return (rejected > 0 || unsigned_only) && shown == kExitOk ? kExitRefused : shown;
}

int RunStatusLists(CommandContext& context, const std::string& folder) {
  Connection& connection = context.connection();
  v1::GetStatusListRequest request;
  request.set_number(1);
  while (true) {
    auto response = connection.Call(connection.credentials(),
                                    &v1::CredentialService::Stub::GetStatusList, request);
    if (!response.ok()) return context.Fail(response.status());
    const std::string number = std::to_string(request.number());
    for (const auto& [name, text] :
         {std::pair(folder + "/status/" + number, response->credential()),
          std::pair(folder + "/jwks.json", response->key_set() + "\n"),
          std::pair(folder + "/" + IssuerDocumentPath(response->issuer()),
                    IssuerDocument(response->issuer(), response->key_set()))}) {
      if (absl::Status written = WriteWholeFile(name, text, kForEverybody); !written.ok()) {
        return context.Fail(written);
      }
    }
    context.surroundings().out << context.Said(Word::kStatusListWritten,
                                               {folder + "/status/" + number, response->uri()})
                               << "\n";
    if (request.number() >= response->list_count()) return kExitOk;
    request.set_number(request.number() + 1);
  }
}

void AddExport(CLI::App& group, CommandContext& context) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = AddCommand(group, context, "export", Word::kHelpPassportExport);
  command->footer(context.Said(Word::kHelpExportExamples));
  command->add_option("passport", arguments->passport, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  AllowOnly(*command->add_option("--format", arguments->format, context.Said(Word::kHelpFormat)),
            context, {"json", "all", "vc", "html"});
  command->add_option("--out", arguments->out, context.Said(Word::kHelpOut))->type_name("FILE");
  command->add_flag("--for-employer", arguments->for_employer,
                    context.Said(Word::kHelpForEmployer));
  command->add_option("--name", arguments->name, context.Said(Word::kHelpPrintedName))
      ->type_name("NAME");
  command->callback([&context, arguments] {
    context.action = [&context, arguments] { return RunExport(context, *arguments); };
  });
}

void AddImport(CLI::App& group, CommandContext& context) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* command = AddCommand(group, context, "import", Word::kHelpPassportImport);
  command->add_option("file", arguments->file, context.Said(Word::kHelpPortableFile))
      ->required()
      ->type_name("FILE");
  command->add_option("--into", arguments->into, context.Said(Word::kHelpInto))
      ->type_name("PASSPORT");
  command->add_option("--skill", arguments->skill, context.Said(Word::kHelpMeantSkill))
      ->type_name("CONCEPT");
  command->add_option("--level", arguments->level, context.Said(Word::kHelpMeantLevel))
      ->type_name("1-5")
      ->check(WholeNumber(context, "--level", 1, 5));
  command->add_option("--status-list", arguments->status_lists, context.Said(Word::kHelpStatusList))
      ->type_name("FILE");
  command->callback([&context, arguments] {
    context.action = [&context, arguments] { return RunImport(context, *arguments); };
  });
}

}  // namespace

void AddPortableCommands(CLI::App& group, CommandContext& context) {
  AddExport(group, context);
  AddImport(group, context);
  auto folder = std::make_shared<std::string>();
  CLI::App* command = AddCommand(group, context, "status-lists", Word::kHelpStatusLists);
  command->add_option("folder", *folder, context.Said(Word::kHelpStatusFolder))
      ->required()
      ->type_name("DIR");
  command->callback([&context, folder] {
    context.action = [&context, folder] { return RunStatusLists(context, *folder); };
  });
}

}  // namespace passend::client
