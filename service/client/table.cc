#include "service/client/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "service/client/text_width.h"

namespace passend::client {
namespace {

constexpr int kGapColumns = 2;
constexpr int kFlexibleColumnsMin = 12;
constexpr int kNoteColumnsMin = 30;

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<Cell> cells) {
  for (Cell& cell : cells) cell.text = WithoutControls(cell.text);
  cells.resize(columns_.size(), Cell(""));
  rows_.push_back({std::move(cells), {}});
}

void Table::AddNote(std::string text, std::size_t under_column, Ink ink) {
  if (rows_.empty()) return;
  rows_.back().notes.push_back({WithoutControls(text), under_column, ink});
}

std::vector<int> Table::Widths(const Style& style) const {
  std::vector<int> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayColumns(columns_[i].title);
    for (const Row& row : rows_) width = std::max(width, DisplayColumns(row.cells[i].text));
    widths.push_back(width);
  }
  const int total = std::accumulate(widths.begin(), widths.end(), 0) +
                    kGapColumns * (static_cast<int>(widths.size()) - 1);
  const int too_wide = total - style.width_columns;
  for (std::size_t i = 0; i < columns_.size() && too_wide > 0; ++i) {
    if (columns_[i].flexible && widths[i] > kFlexibleColumnsMin) {
      widths[i] = std::max(kFlexibleColumnsMin, widths[i] - too_wide);
      break;
    }
  }
  return widths;
}

std::string Table::DrawLine(const Style& style, const std::vector<int>& widths,
                            const std::vector<Cell>& cells) const {
  std::string line;
  int pending_spaces = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string text = CutTo(cells[i].text, std::max(widths[i], 1), style.unicode);
    const int rest = widths[i] - DisplayColumns(text);
    const bool right = columns_[i].align == Align::kRight;
    if (right) pending_spaces += rest;
    if (!text.empty()) {
      line += std::string(static_cast<std::size_t>(pending_spaces), ' ');
      line += Paint(style, cells[i].ink, text);
      pending_spaces = 0;
    }
    if (!right) pending_spaces += rest;
    pending_spaces += kGapColumns;
  }
  return line + "\n";
}

std::string Table::Draw(const Style& style) const {
  if (rows_.empty()) return "";
  const std::vector<int> widths = Widths(style);
  std::vector<Cell> titles;
  for (const Column& column : columns_) titles.emplace_back(column.title, Ink::kDim);
  std::string drawn = DrawLine(style, widths, titles);
  for (const Row& row : rows_) {
    drawn += DrawLine(style, widths, row.cells);
    for (const Note& note : row.notes) {
      int indent = 0;
      for (std::size_t i = 0; i < note.under_column && i < widths.size(); ++i) {
        indent += widths[i] + kGapColumns;
      }
      const int columns = std::max(kNoteColumnsMin, style.width_columns - indent);
      for (const std::string& line : Wrap(note.text, columns)) {
        drawn += std::string(static_cast<std::size_t>(indent), ' ');
        drawn += Paint(style, note.ink, line) + "\n";
      }
    }
  }
  return drawn;
}

}  // namespace passend::client
