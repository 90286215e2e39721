// What of a spreadsheet the server would refuse, told by row and column.
#ifndef PASSEND_SERVICE_CLIENT_SHEET_SHEET_MISTAKES_H_
#define PASSEND_SERVICE_CLIENT_SHEET_SHEET_MISTAKES_H_

#include <string>

#include "absl/time/time.h"
#include "service/client/sheet/sheet_reader.h"

namespace passend::client {

// The mistake that a field of the person's passport, or of `validations[i]` for the skill of that
// index, is something else than `allowed`. A field of no cell is of the person's first row.
SheetMistake MistakeOfField(Language language, const SheetPerson& person, const std::string& field,
                            const std::string& allowed);

// Adds as mistakes what breaks the rules that the server checks: of each field, and between the
// fields; `as_partner`: of the records of a push as well. Cells that are mistakes already are not
// told again, nor skills that were not found. Pure.
void CheckRules(Language language, bool as_partner, absl::Time now, Sheet& sheet);

// The mistake in a line, without its end.
std::string MistakeText(Language language, const std::string& path, const SheetMistake& mistake);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SHEET_SHEET_MISTAKES_H_
