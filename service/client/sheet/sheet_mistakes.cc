#include "service/client/sheet/sheet_mistakes.h"

#include <algorithm>

#include "passend/v1/field_rules.pb.h"
#include "service/client/sheet/sheet_passport.h"
#include "service/client/text_width.h"
#include "service/rules/passport_rules.h"
#include "service/rules/validation_rules.h"
#include "service/validation/field_check.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

using service::FieldPath;
using service::FieldViolations;

// The cell of a field, or else of what the field is within.
const SheetCell* CellOf(const SheetPerson& person, std::string field) {
  while (true) {
    const auto found = person.cells_by_field.find(field);
    if (found != person.cells_by_field.end()) return &found->second;
    const std::size_t within = field.find_last_of(".[");
    if (within == std::string::npos) return nullptr;
    field.resize(within);
  }
}

// The rule that a cell breaks, in the language; in the server's words where only an API has it.
std::string AllowedIn(Language language, SheetColumn column, const std::string& allowed) {
  switch (column) {
    case SheetColumn::kRegion:
      return Say(language, Word::kSheetRegion);
    case SheetColumn::kDate:
      return Say(language, Word::kSheetPast);
    case SheetColumn::kPlace: {
      const auto& place =
          *v1::Validation::descriptor()->FindFieldByNumber(v1::Validation::kPlaceFieldNumber);
      const auto most = place.options().GetExtension(v1::rules).characters_max();
      return Say(language, Word::kSheetCharacters, {std::to_string(most)});
    }
    case SheetColumn::kWorkKind: {
      std::string one_of;
      for (const SheetColumn told : {SheetColumn::kTempo, SheetColumn::kMinutes,
                                     SheetColumn::kHoursPerDay, SheetColumn::kDaysPerWeek}) {
        one_of += (one_of.empty() ? "" : ", ") + HeadingOf(language, told);
      }
      return Say(language, Word::kSheetPace, {one_of});
    }
    default:
      return allowed;
  }
}

void Append(FieldViolations more, FieldViolations& all) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

FieldViolations ViolationsOf(const SheetPerson& person, bool as_partner, absl::Time now) {
  FieldViolations all = service::FindViolations(person.passport);
  Append(service::CheckPassport(person.passport, FieldPath(""), now), all);
  for (std::size_t i = 0; i < person.skills.size(); ++i) {
    const v1::Validation& validation = person.skills[i].validation;
    if (validation.skill().empty()) continue;
    const FieldPath path = FieldPath("validations")[static_cast<int>(i)];
    Append(service::FindViolations(validation, path.text()), all);
    Append(service::CheckValidation(validation, path, now), all);
  }
  if (!as_partner) return all;
  for (service::FieldViolation& found : service::FindViolations(RecordOf(person))) {
    if (found.field == "external_id" || found.field == "upsert.validations") {
      all.push_back(std::move(found));
    }
  }
  return all;
}

}  // namespace

SheetMistake MistakeOfField(Language language, const SheetPerson& person, const std::string& field,
                            const std::string& allowed) {
  const SheetCell* cell = CellOf(person, field);
  if (cell == nullptr) return {person.row, "", field + ": " + allowed};
  return {cell->row, HeadingOf(language, cell->column), allowed};
}

void CheckRules(Language language, bool as_partner, absl::Time now, Sheet& sheet) {
  for (const SheetPerson& person : sheet.people) {
    for (const auto& violation : ViolationsOf(person, as_partner, now)) {
      const SheetCell* cell = CellOf(person, violation.field);
      const SheetMistake mistake =
          MistakeOfField(language, person, violation.field,
                         cell == nullptr ? violation.allowed
                                         : AllowedIn(language, cell->column, violation.allowed));
      const bool told =
          std::any_of(sheet.mistakes.begin(), sheet.mistakes.end(), [&](const SheetMistake& other) {
            return other.row == mistake.row && other.column == mistake.column;
          });
      if (!told) sheet.mistakes.push_back(mistake);
    }
  }
}

std::string MistakeText(Language language, const std::string& path, const SheetMistake& mistake) {
  const std::string row = std::to_string(mistake.row);
  const std::string allowed = WithoutControls(mistake.allowed);
  if (mistake.column.empty()) return Say(language, Word::kSheetBadRow, {path, row, allowed});
  return Say(language, Word::kSheetBad, {path, row, mistake.column, allowed});
}

}  // namespace passend::client
