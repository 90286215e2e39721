// From a coach's spreadsheet to people.
#ifndef PASSEND_SERVICE_CLIENT_SHEET_SHEET_READER_H_
#define PASSEND_SERVICE_CLIENT_SHEET_SHEET_READER_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/client/sheet/sheet_columns.h"
#include "service/client/words.h"

namespace passend::client {

// A skill of somebody as it was filled in.
struct SheetSkill {
  int row = 0;
  std::string name;                    // as typed
  passend::v1::Validation validation;  // without the skill's name
};

struct SheetCell {
  int row = 0;
  SheetColumn column = SheetColumn::kReference;
};

// One person: all rows with the same reference.
struct SheetPerson {
  std::string reference;
  int row = 0;                     // the first
  passend::v1::Passport passport;  // what was filled in
  std::vector<SheetSkill> skills;
  // Where it stands what was filled in: `region`, `paces[0].tempo_percent`, and for the first of
  // the skills `validations[0].place`. Of what has more cells the first.
  std::map<std::string, SheetCell> cells_by_field;
};

// A cell that is not right.
struct SheetMistake {
  int row = 0;
  std::string column;   // its heading; empty: the row as a whole
  std::string allowed;  // what is, or what is wrong, in the language
};

// A spreadsheet, read.
struct Sheet {
  std::vector<SheetPerson> people;  // in the order of their first rows
  std::vector<SheetMistake> mistakes;
  std::vector<std::string> passed_over;  // headings of columns that are not ours
  int skill_count = 0;
};

// Reads a spreadsheet: CSV with commas, semicolons or tabs, whichever the first line has most of;
// or which a line `sep=;` before it says; UTF-8 or Windows-1252; headings in Dutch or English, in
// any order. Only `reference` has to be there. A row may end before the last column, as
// spreadsheets write it. Rows whose reference begins with # are examples, and empty rows are passed
// over. A row of a reference that was there before adds to the same person: skills, paces, support,
// wishes; what a person has once, such as the region, stands in one of the rows or is the same in
// all.
//
// All mistakes are found, not the first only; what is no table from some row on ends in one.
// NOT_FOUND or PERMISSION_DENIED, with the path. INVALID_ARGUMENT where there is no line of
// headings or no column for references.
absl::StatusOr<Sheet> ReadSheet(const std::string& path, Language language);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SHEET_SHEET_READER_H_
