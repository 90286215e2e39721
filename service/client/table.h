// Aligned columns with notes.
#ifndef PASSEND_SERVICE_CLIENT_TABLE_H_
#define PASSEND_SERVICE_CLIENT_TABLE_H_

#include <string>
#include <vector>

#include "service/client/style.h"

namespace passend::client {

// A table of aligned columns with, under a row, notes that are wrapped to the width of the style.
//
// Cells are cleaned of control characters. Where the table is wider than the style, the one column
// that is flexible gives way, down to 12 columns; the others are never cut, so that names can be
// copied. A cell may be painted; paint takes no columns. Not thread-safe.
class Table {
 public:
  enum class Align { kLeft, kRight };
  struct Column {
    std::string title;
    Align align = Align::kLeft;
    bool flexible = false;
  };
  struct Cell {
    Cell(std::string cell_text, Ink cell_ink = Ink::kPlain)  // NOLINT: a text is a plain cell
        : text(std::move(cell_text)), ink(cell_ink) {}
    Cell(const char* cell_text) : text(cell_text) {}  // NOLINT
    std::string text;
    Ink ink = Ink::kPlain;
  };

  explicit Table(std::vector<Column> columns);

  // As many cells as there are columns; missing ones are empty.
  void AddRow(std::vector<Cell> cells);

  // A note under the last row, indented to column `under_column` (from 0).
  void AddNote(std::string text, std::size_t under_column = 1, Ink ink = Ink::kPlain);

  // Headings, rows, notes; every line ends in a line break and in no space. Empty: no rows.
  std::string Draw(const Style& style) const;

 private:
  struct Note {
    std::string text;
    std::size_t under_column;
    Ink ink;
  };
  struct Row {
    std::vector<Cell> cells;
    std::vector<Note> notes;
  };
  std::vector<int> Widths(const Style& style) const;
  std::string DrawLine(const Style& style, const std::vector<int>& widths,
                       const std::vector<Cell>& cells) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_TABLE_H_
