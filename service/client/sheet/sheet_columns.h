// The columns of a coach's spreadsheet.
#ifndef PASSEND_SERVICE_CLIENT_SHEET_SHEET_COLUMNS_H_
#define PASSEND_SERVICE_CLIENT_SHEET_SHEET_COLUMNS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "service/client/words.h"

namespace passend::client {

// In the order of the template.
enum class SheetColumn {
  kReference,
  kRegion,
  kSkill,
  kLevel,
  kMethod,
  kDate,
  kPlace,
  kWants,
  kAvoids,
  kNever,
  kHoursMin,
  kHoursMax,
  kForms,
  kWorkKind,
  kTempo,
  kMinutes,
  kHoursPerDay,
  kDaysPerWeek,
  kBasis,
  kSupport,
  kAmount,
  kEssential,
};
inline constexpr int kSheetColumnCount = 22;

// One column in one language: its heading, what to fill in, and two example rows.
struct SheetHeading {
  std::string_view heading;
  std::string_view meaning;
  std::string_view example;
  std::string_view further;  // a second row of the same person
};

// In the order of SheetColumn.
std::span<const SheetHeading, kSheetColumnCount> SheetHeadings(Language language);

std::string HeadingOf(Language language, SheetColumn column);

// Which column a heading means, in either language; case and spaces around do not matter.
std::optional<SheetColumn> ColumnOf(const std::string& heading);

// The template: a byte order mark, so that spreadsheet programs read it as UTF-8; headings; a row
// that explains each, and example rows, whose references begin with # so that they are never read
// in. Dutch has semicolons between columns, as spreadsheets in Dutch want it, English commas.
std::string SheetTemplate(Language language);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SHEET_SHEET_COLUMNS_H_
