#include <memory>

#include "service/client/commands.h"
#include "service/client/record_views.h"
#include "service/client/taxonomy_import.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

struct ImportArguments {
  std::string path;
  bool validate_only = false;
};

struct SearchArguments {
  std::string text;
  std::string taxonomy;
  std::vector<std::string> kinds;
  int limit = 10;
};

v1::ConceptKind KindOf(const std::string& text) {
  if (text == "skill") return v1::CONCEPT_KIND_SKILL;
  if (text == "knowledge") return v1::CONCEPT_KIND_KNOWLEDGE;
  if (text == "group") return v1::CONCEPT_KIND_SKILL_GROUP;
  return v1::CONCEPT_KIND_OCCUPATION;
}

int RunSearch(CommandContext& context, const SearchArguments& arguments) {
  v1::SearchConceptsRequest request;
  request.set_query(arguments.text);
  request.set_language_code(context.language_code());
  request.set_page_size(arguments.limit);
  if (!arguments.taxonomy.empty()) {
    request.set_taxonomy(ResourceName("taxonomies/", arguments.taxonomy));
  }
  for (const std::string& kind : arguments.kinds) request.add_kinds(KindOf(kind));
  Connection& connection = context.connection();
  auto response =
      connection.Call(connection.taxonomies(), &v1::TaxonomyService::Stub::SearchConcepts, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, HitsText(context.style(), response->hits()));
}

int RunShow(CommandContext& context, const std::string& text) {
  v1::GetConceptRequest request;
  request.set_name(ConceptName(text));
  Connection& connection = context.connection();
  auto found =
      connection.Call(connection.taxonomies(), &v1::TaxonomyService::Stub::GetConcept, request);
  if (!found.ok()) return context.Fail(found.status());
  return context.Show(*found, ConceptText(context.style(), *found));
}

int RunList(CommandContext& context) {
  Connection& connection = context.connection();
  auto response =
      connection.Call(connection.taxonomies(), &v1::TaxonomyService::Stub::ListTaxonomies,
                      v1::ListTaxonomiesRequest());
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, TaxonomiesText(context.style(), response->taxonomies()));
}

using RunImport = int (*)(CommandContext&, const std::string&, bool);

void AddImportCommand(CLI::App& group, CommandContext& context, const std::string& name, Word help,
                      const std::string& type, Word path_help, RunImport run) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* command = AddCommand(group, context, name, help);
  command->add_option(type == "DIR" ? "dir" : "file", arguments->path, context.Said(path_help))
      ->required()
      ->type_name(type);
  command->add_flag("--validate-only", arguments->validate_only,
                    context.Said(Word::kHelpValidateOnly));
  command->callback([&context, arguments, run] {
    context.action = [&context, arguments, run] {
      return run(context, arguments->path, arguments->validate_only);
    };
  });
}

}  // namespace

void AddTaxonomyCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "taxonomy", Word::kHelpTaxonomyGroup);
  group->require_subcommand(1);
  AddImportCommand(*group, context, "import", Word::kHelpTaxonomyImport, "FILE",
                   Word::kHelpTaxonomyFile, ImportTaxonomyFile);
  AddImportCommand(*group, context, "import-esco", Word::kHelpTaxonomyImportEsco, "DIR",
                   Word::kHelpEscoDir, ImportEscoFolder);

  auto search = std::make_shared<SearchArguments>();
  CLI::App* command = AddCommand(*group, context, "search", Word::kHelpTaxonomySearch);
  command->add_option("text", search->text, context.Said(Word::kHelpSearchText))
      ->required()
      ->type_name("TEXT");
  command->add_option("--taxonomy", search->taxonomy, context.Said(Word::kHelpSearchTaxonomy))
      ->type_name("TAXONOMY");
  AllowOnly(*command->add_option("--kind", search->kinds, context.Said(Word::kHelpSearchKind))
                 ->allow_extra_args(false),
            context, {"skill", "knowledge", "group", "occupation"});
  command->add_option("--limit", search->limit, context.Said(Word::kHelpLimit))
      ->type_name("N")
      ->check(WholeNumber(context, "--limit", 1, 100))
      ->capture_default_str();
  command->callback([&context, search] {
    context.action = [&context, search] { return RunSearch(context, *search); };
  });

  auto shown = std::make_shared<std::string>();
  command = AddCommand(*group, context, "show", Word::kHelpTaxonomyShow);
  command->add_option("concept", *shown, context.Said(Word::kHelpConcept))
      ->required()
      ->type_name("CONCEPT");
  command->callback([&context, shown] {
    context.action = [&context, shown] { return RunShow(context, *shown); };
  });

  command = AddCommand(*group, context, "list", Word::kHelpTaxonomyList);
  command->callback([&context] { context.action = [&context] { return RunList(context); }; });
}

}  // namespace passend::client
