#include "service/client/sheet/sheet_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "service/client/byte_source.h"
#include "service/client/csv_reader.h"
#include "service/client/sheet/sheet_row.h"
#include "service/client/sheet/sheet_words.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

constexpr int kReferenceCharactersMax = 128;

absl::StatusOr<char> DelimiterOf(const std::string& path) {
  auto source = ByteSource::Open(path);
  if (!source.ok()) return source.status();
  if (absl::Status passed = source->PassByteOrderMark(); !passed.ok()) return passed;
  auto line = NextLine(*source);
  if (!line.ok()) return line.status();
  std::string headings = line->value_or("");
  headings.resize(std::min(headings.find('\r'), headings.size()));  // rows may end in CR
  constexpr std::string_view kSeparator = "sep=";
  if (headings.starts_with(kSeparator) && headings.size() == kSeparator.size() + 1) {
    return headings.back();
  }
  char most = ',';
  for (const char delimiter : {';', '\t'}) {
    if (std::count(headings.begin(), headings.end(), delimiter) >
        std::count(headings.begin(), headings.end(), most)) {
      most = delimiter;
    }
  }
  return most;
}

std::string Trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// The people of a file while its rows are read.
class SheetBuilder {
 public:
  SheetBuilder(Language language, char delimiter, std::map<std::string, SheetColumn> columns)
      : language_(language), delimiter_(delimiter), columns_(std::move(columns)) {}

  void Take(const CsvRecord& record) {
    SheetCells cells;
    bool empty = true;
    for (const auto& [heading, column] : columns_) {
      cells[static_cast<std::size_t>(column)] = Trimmed(AsUtf8(record[heading]));
      empty = empty && cells[static_cast<std::size_t>(column)].empty();
    }
    const std::string& reference = cells[static_cast<std::size_t>(SheetColumn::kReference)];
    if (reference.starts_with('#')) return;
    if (record.HasBeyondColumns()) {
      sheet_.mistakes.push_back(
          {record.line(), "", Say(language_, Word::kSheetBeyond, {std::string(1, delimiter_)})});
      return;
    }
    if (empty) return;
    if (reference.empty() || reference.size() > kReferenceCharactersMax) {
      sheet_.mistakes.push_back({record.line(), HeadingOf(language_, SheetColumn::kReference),
                                 Say(language_, Word::kSheetReference)});
      return;
    }
    const auto [found, fresh] = index_.emplace(reference, sheet_.people.size());
    if (fresh) {
      sheet_.people.push_back({reference, record.line(), {}, {}, {}});
      sheet_.people.back().cells_by_field = {
          {"external_id", {record.line(), SheetColumn::kReference}}};
      rows_.emplace_back();
    }
    SheetRow(language_, record.line(), cells, sheet_.people[found->second], rows_[found->second],
             sheet_.mistakes)
        .Read();
  }

  Sheet Finish(std::vector<std::string> passed_over) {
    std::sort(passed_over.begin(), passed_over.end());
    sheet_.passed_over = std::move(passed_over);
    for (const SheetPerson& person : sheet_.people) {
      sheet_.skill_count += static_cast<int>(person.skills.size());
    }
    return std::move(sheet_);
  }

  void Damaged(int row, const absl::Status& status) {
    sheet_.mistakes.push_back(
        {row, "", Say(language_, Word::kSheetCannotRead, {std::string(status.message())})});
  }

 private:
  const Language language_;
  const char delimiter_;
  const std::map<std::string, SheetColumn> columns_;  // by the heading in the file
  Sheet sheet_;
  std::map<std::string, std::size_t> index_;      // by reference
  std::vector<std::map<SheetColumn, int>> rows_;  // of each person, see SheetRow
};

}  // namespace

absl::StatusOr<Sheet> ReadSheet(const std::string& path, Language language) {
  auto delimiter = DelimiterOf(path);
  if (!delimiter.ok()) return delimiter.status();
  auto reader = CsvReader::Open(path, *delimiter, CsvWidth::kAny);
  if (!reader.ok()) return reader.status();
  std::map<std::string, SheetColumn> columns;
  std::vector<std::string> passed_over;
  for (const std::string& name : reader->ColumnNames()) {
    if (const auto column = ColumnOf(AsUtf8(name))) {
      columns.emplace(name, *column);
    } else {
      passed_over.push_back(WithoutControls(AsUtf8(name)));
    }
  }
  const bool has_reference = std::any_of(columns.begin(), columns.end(), [](const auto& entry) {
    return entry.second == SheetColumn::kReference;
  });
  if (!has_reference) {
    return absl::InvalidArgumentError(
        path + ": " +
        Say(language, Word::kSheetNoColumn, {HeadingOf(language, SheetColumn::kReference)}));
  }
  SheetBuilder builder(language, *delimiter, std::move(columns));
  while (true) {
    auto record = reader->Next();
    if (!record.ok()) {
      builder.Damaged(reader->line(), record.status());
      break;
    }
    if (!record->has_value()) break;
    builder.Take(**record);
  }
  return builder.Finish(std::move(passed_over));
}

}  // namespace passend::client
