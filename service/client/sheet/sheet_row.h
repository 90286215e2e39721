// One row of a spreadsheet, read into its person.
#ifndef PASSEND_SERVICE_CLIENT_SHEET_SHEET_ROW_H_
#define PASSEND_SERVICE_CLIENT_SHEET_SHEET_ROW_H_

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "service/client/sheet/sheet_columns.h"
#include "service/client/sheet/sheet_reader.h"

namespace passend::client {

// The cells of a row, by SheetColumn; empty where the file has no such column.
using SheetCells = std::array<std::string, kSheetColumnCount>;

// Adds the row's cells to a person and notes every mistake. Used once for each row, in their order.
class SheetRow {
 public:
  // `rows` of the person: where what it has once was said first, by column.
  SheetRow(Language language, int row, const SheetCells& cells, SheetPerson& person,
           std::map<SheetColumn, int>& rows, std::vector<SheetMistake>& mistakes)
      : language_(language),
        row_(row),
        cells_(cells),
        person_(person),
        rows_(rows),
        mistakes_(mistakes) {}

  void Read();

 private:
  const std::string& Cell(SheetColumn column) const {
    return cells_[static_cast<std::size_t>(column)];
  }
  bool Has(SheetColumn column) const { return !Cell(column).empty(); }
  void Mistake(SheetColumn column, const std::string& allowed);
  // Notes where a field stands.
  void Stands(const std::string& field, SheetColumn column);
  // The number in a cell; none, with a mistake, for what is not allowed; none for an empty one.
  std::optional<int> Whole(SheetColumn column, int least, int most);
  std::optional<int> Value(SheetColumn column, const google::protobuf::EnumDescriptor& type);
  // Whether the cell is filled in; a mistake where it is not, though `because` is.
  bool Need(SheetColumn column, SheetColumn because);
  // Whether this may be set: it was not said before, or the same was.
  bool Once(SheetColumn column, bool unset, bool same);

  void ReadRegion();
  void ReadSkill();
  void ReadWishes(SheetColumn column, passend::v1::Attitude attitude);
  void ReadForms();
  void ReadHours();
  void ReadPace();
  void ReadSupport();
  void ReadNeed();

  const Language language_;
  const int row_;
  const SheetCells& cells_;
  SheetPerson& person_;
  std::map<SheetColumn, int>& rows_;
  std::vector<SheetMistake>& mistakes_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SHEET_SHEET_ROW_H_
