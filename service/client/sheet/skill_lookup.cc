#include "service/client/sheet/skill_lookup.h"

#include <set>

#include "service/client/labels.h"
#include "service/client/sheet/sheet_words.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kHitsMax = 20;
constexpr std::size_t kNamedMax = 4;
constexpr std::size_t kQueryBytesMax = 100;

std::string Short(const std::string& concept_name) {
  const std::size_t taxonomy = concept_name.find('/') + 1;
  const std::string rest = concept_name.substr(taxonomy);
  const std::size_t middle = rest.find("/concepts/");
  if (middle == std::string::npos) return concept_name;
  return rest.substr(0, middle) + "/" + rest.substr(middle + std::string("/concepts/").size());
}

}  // namespace

absl::StatusOr<FoundSkill> SkillLookup::Find(const std::string& text) {
  const bool may_be_name = text.find('/') != std::string::npos;
  const std::string key = may_be_name ? text : Folded(text);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  auto found = Ask(key);
  if (found.ok()) known_.emplace(key, *found);
  return found;
}

absl::StatusOr<FoundSkill> SkillLookup::Ask(const std::string& typed) {
  // A label may have a slash too.
  if (typed.find('/') != std::string::npos && typed.find(' ') == std::string::npos) {
    const std::string name = ConceptName(typed);
    auto has = has_(name);
    if (!has.ok()) return has.status();
    if (*has) return FoundSkill{name, ""};
  }
  const std::string text = Folded(typed);
  if (text.size() > kQueryBytesMax) return FoundSkill{"", Say(language_, Word::kSkillUnknown)};
  v1::SearchConceptsRequest request;
  request.set_query(text);
  request.set_language_code(LanguageCode(language_));
  request.set_page_size(kHitsMax);
  auto answer = search_(request);
  if (!answer.ok()) return answer.status();
  std::set<std::string> exact;
  for (const v1::ConceptHit& hit : answer->hits()) {
    if (Folded(hit.label()) == text || Folded(hit.matched_label()) == text) {
      exact.insert(hit.name());
    }
  }
  if (exact.size() == 1) return FoundSkill{*exact.begin(), ""};
  std::string named;
  std::size_t count = 0;
  for (const v1::ConceptHit& hit : answer->hits()) {
    if (!exact.empty() && !exact.contains(hit.name())) continue;
    if (count++ == kNamedMax) break;
    named += (named.empty() ? "" : ", ") + hit.label() + " (" + Short(hit.name()) + ")";
  }
  if (named.empty()) return FoundSkill{"", Say(language_, Word::kSkillUnknown)};
  return FoundSkill{"", Say(language_, Word::kSkillMeant, {named})};
}

}  // namespace passend::client
