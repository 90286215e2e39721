#include <map>
#include <utility>

#include "service/client/dates.h"
#include "service/client/patience.h"
#include "service/client/sheet/sheet_columns.h"
#include "service/client/sheet/sheet_import.h"
#include "service/client/sheet/sheet_passport.h"
#include "service/client/sheet/skill_lookup.h"
#include "service/client/sync/partner_import.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

}  // namespace

absl::Status FindSkills(CommandContext& context, Sheet& sheet) {
  Connection& connection = context.connection();
  const auto ask = [&](auto method, const auto& request) {
    return AskPatiently(context.surroundings().wait_seconds,
                        [&] { return connection.Call(connection.taxonomies(), method, request); });
  };
  SkillLookup lookup(
      context.language(),
      [&](const std::string& name) -> absl::StatusOr<bool> {
        v1::GetConceptRequest request;
        request.set_name(name);
        const auto found = ask(&v1::TaxonomyService::Stub::GetConcept, request);
        // What is no name at all is not there either.
        const absl::Status& status = found.status();
        if (absl::IsNotFound(status) || absl::IsInvalidArgument(status)) return false;
        if (!found.ok()) return status;
        return true;
      },
      [&](const v1::SearchConceptsRequest& request) {
        return ask(&v1::TaxonomyService::Stub::SearchConcepts, request);
      });
  const std::string column = HeadingOf(context.language(), SheetColumn::kSkill);
  for (SheetPerson& person : sheet.people) {
    std::map<std::string, int> rows;  // by skill and day
    for (SheetSkill& skill : person.skills) {
      auto found = lookup.Find(skill.name);
      if (!found.ok()) return found.status();
      if (found->name.empty()) {
        sheet.mistakes.push_back({skill.row, column, found->problem});
        continue;
      }
      skill.validation.set_skill(found->name);
      const std::string key = found->name + " " + DayText(skill.validation.validate_time());
      if (!rows.emplace(key, skill.row).second) {
        sheet.mistakes.push_back({skill.row, column, context.Said(Word::kSheetTwice)});
      }
    }
  }
  return absl::OkStatus();
}

int ImportAsPartner(CommandContext& context, const std::string& path, const std::string& partner,
                    const Sheet& sheet) {
  PartnerImport asked;
  asked.path = path;
  asked.partner = partner;
  asked.format = "csv";
  asked.size_bytes = static_cast<std::int64_t>(sheet.people.size());
  asked.open = [&sheet]() -> absl::StatusOr<NextPushItem> {
    return NextPushItem(
        [&sheet, next = std::size_t{0}]() mutable -> absl::StatusOr<std::optional<PushItem>> {
          if (next == sheet.people.size()) return std::nullopt;
          const SheetPerson& person = sheet.people[next++];
          PushItem item;
          item.number = person.row;
          item.record = RecordOf(person);
          item.reached_bytes = static_cast<std::int64_t>(next);
          return item;
        });
  };
  return RunPartnerImport(context, asked);
}

}  // namespace passend::client
