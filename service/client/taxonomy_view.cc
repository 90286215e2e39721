#include <vector>

#include "service/client/dates.h"
#include "service/client/explain_terms.h"
#include "service/client/fields_text.h"
#include "service/client/record_views.h"
#include "service/client/table.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

std::vector<std::string> Texts(const Messages<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace

std::string TaxonomiesText(const Style& style, const Messages<v1::Taxonomy>& taxonomies) {
  const Language language = style.language;
  const auto say = [&](Word word) { return Say(language, word); };
  Table table({{say(Word::kName)},
               {say(Word::kWhat), Table::Align::kLeft, true},
               {say(Word::kVersion)},
               {say(Word::kConcepts), Table::Align::kRight},
               {say(Word::kOccupations), Table::Align::kRight},
               {say(Word::kRelations), Table::Align::kRight},
               {say(Word::kImported)}});
  for (const v1::Taxonomy& taxonomy : taxonomies) {
    table.AddRow({taxonomy.name(), taxonomy.display_name(), taxonomy.version_label(),
                  std::to_string(taxonomy.concept_count()),
                  std::to_string(taxonomy.occupation_count()),
                  std::to_string(taxonomy.relation_count()), DayText(taxonomy.import_time())});
    table.AddNote(taxonomy.licence(), 1, Ink::kDim);
  }
  return taxonomies.empty() ? say(Word::kNothing) + "\n" : table.Draw(style);
}

std::string ConceptText(const Style& style, const v1::Concept& found) {
  const Language language = style.language;
  const auto say = [&](Word word) { return Say(language, word); };
  std::vector<std::pair<std::string, std::string>> fields = {
      {say(Word::kName), found.name()},
      {say(Word::kUri), found.uri()},
      {say(Word::kKind), NameOf(language, found.kind())},
      {say(Word::kState), NameOf(language, found.state())}};
  for (const v1::ConceptLabel& label : found.labels()) {
    fields.emplace_back(Say(language, Word::kLanguageLabel, {label.language_code()}),
                        label.preferred());
    fields.emplace_back(Say(language, Word::kAlternatives, {label.language_code()}),
                        Listed(Texts(label.alternatives())));
  }
  std::vector<std::string> mappings;
  for (const v1::ConceptMapping& mapping : found.mappings()) {
    mappings.push_back(mapping.target() + " (" + NameOf(language, mapping.relation()) + ")");
  }
  fields.emplace_back(say(Word::kBroader), Listed(Texts(found.broader())));
  fields.emplace_back(say(Word::kRelated), Listed(Texts(found.related())));
  fields.emplace_back(say(Word::kMappings), Listed(mappings));
  if (found.kind() == v1::CONCEPT_KIND_OCCUPATION) {
    fields.emplace_back(say(Word::kEssentialSkills), Listed(Texts(found.essential_skills())));
    fields.emplace_back(say(Word::kOptionalSkills), Listed(Texts(found.optional_skills())));
  } else {
    fields.emplace_back(say(Word::kUsedBy), std::to_string(found.used_by_occupations()) + " " +
                                                say(Word::kOccupations));
    fields.emplace_back(say(Word::kSpecificity),
                        Ratio(language, found.specificity_basis_points(), 100) + " %");
  }
  return FieldsText(style, fields);
}

std::string HitsText(const Style& style, const Messages<v1::ConceptHit>& hits) {
  const Language language = style.language;
  Table table({{Say(language, Word::kWhat), Table::Align::kLeft, true},
               {Say(language, Word::kKind)},
               {Say(language, Word::kName)}});
  for (const v1::ConceptHit& hit : hits) {
    table.AddRow({{hit.label(), Ink::kBold}, NameOf(language, hit.kind()), hit.name()});
    if (!hit.matched_label().empty()) {
      table.AddNote(Say(language, Word::kFoundAs, {hit.matched_label()}), 0, Ink::kDim);
    }
  }
  return hits.empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

std::string PoliciesText(const Style& style, const Messages<v1::Policy>& policies) {
  const Language language = style.language;
  Table table({{Say(language, Word::kName)},
               {Say(language, Word::kWhen)},
               {Say(language, Word::kRationale), Table::Align::kLeft, true}});
  for (const v1::Policy& policy : policies) {
    table.AddRow({policy.name(), DayText(policy.create_time()), policy.rationale()});
  }
  return policies.empty() ? Say(language, Word::kNothing) + "\n" : table.Draw(style);
}

std::string PolicyText(const Style& style, const v1::Policy& policy) {
  const Language language = style.language;
  const auto percent = [&](int basis_points) { return Ratio(language, basis_points, 100) + " %"; };
  std::string text = FieldsText(style, {{Say(language, Word::kName), policy.name()},
                                        {Say(language, Word::kWhen), DayText(policy.create_time())},
                                        {Say(language, Word::kRationale), policy.rationale()}});
  Table weights({{""},
                 {Say(language, Word::kLossShare), Table::Align::kRight},
                 {"min", Table::Align::kRight}});
  const auto weight = [&](Word word, int value, int least) {
    weights.AddRow({Say(language, word), percent(value), percent(least)});
  };
  weight(Word::kAbility, policy.weights().ability(), policy.weights_min().ability());
  weight(Word::kWishes, policy.weights().wishes(), policy.weights_min().wishes());
  weight(Word::kPace, policy.weights().pace(), policy.weights_min().pace());
  weight(Word::kSupport, policy.weights().support(), policy.weights_min().support());
  Table methods({{Say(language, Word::kMethod)},
                 {Say(language, Word::kCertainty), Table::Align::kRight},
                 {"grace_days", Table::Align::kRight},
                 {"half_life_days", Table::Align::kRight}});
  for (const v1::MethodCertainty& method : policy.ability().methods()) {
    methods.AddRow({NameOf(language, method.method()), percent(method.certainty()),
                    std::to_string(method.grace_days()), std::to_string(method.half_life_days())});
  }
  return text + "\n" + weights.Draw(style) + "\n" + methods.Draw(style);
}

}  // namespace passend::client
