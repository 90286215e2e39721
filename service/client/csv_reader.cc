#include "service/client/csv_reader.h"

#include <utility>

namespace passend::client {

const std::string& CsvRecord::operator[](const std::string& column) const {
  static const std::string kNone;
  const auto found = columns_->find(column);
  if (found == columns_->end() || found->second >= fields_.size()) return kNone;
  return fields_[found->second];
}

bool CsvRecord::HasBeyondColumns() const {
  for (std::size_t i = columns_->size(); i < fields_.size(); ++i) {
    if (fields_[i].find_first_not_of(" \t\r\n") != std::string::npos) return true;
  }
  return false;
}

CsvReader::CsvReader(ByteSource source, char delimiter, CsvWidth width)
    : source_(std::move(source)),
      delimiter_(delimiter),
      width_(width),
      columns_(std::make_unique<CsvRecord::Columns>()) {}

absl::StatusOr<CsvReader> CsvReader::Open(const std::string& path, char delimiter, CsvWidth width) {
  auto source = ByteSource::Open(path);
  if (!source.ok()) return source.status();
  if (absl::Status passed = source->PassByteOrderMark(); !passed.ok()) return passed;
  CsvReader reader(std::move(*source), delimiter, width);
  auto names = reader.NextFields();
  const std::vector<std::string> separator = {"sep=", ""};
  if (names.ok() && *names == separator) names = reader.NextFields();
  if (!names.ok()) return names.status();
  if (!names->has_value()) return reader.Error("no first line with the names of the columns", 1);
  for (std::string& name : **names) {
    const std::size_t index = reader.columns_->size();
    // Spreadsheets end in columns without a name: each counts, and none can be asked for.
    if (name.empty()) name = '\0' + std::to_string(index);
    if (!reader.columns_->emplace(name, index).second) {
      return reader.Error("column " + name + " comes twice", 1);
    }
  }
  return reader;
}

absl::Status CsvReader::Error(std::string_view what, int line) const {
  return absl::InvalidArgumentError(source_.path() + ":" + std::to_string(line) + ": " +
                                    std::string(what));
}

absl::Status CsvReader::Require(const std::vector<std::string>& columns) const {
  for (const std::string& column : columns) {
    if (!columns_->contains(column)) return Error("column " + column + " is missing", 1);
  }
  return absl::OkStatus();
}

std::vector<std::string> CsvReader::ColumnNames() const {
  std::vector<std::string> names;
  for (const auto& [name, index] : *columns_) {
    if (!name.starts_with('\0')) names.push_back(name);
  }
  return names;
}

absl::StatusOr<std::optional<char>> CsvReader::Take() {
  auto byte = source_.Next();
  if (!byte.ok() || !byte->has_value()) return byte;
  // CR LF is the end of one line, which its CR has counted already where CR alone ends lines too.
  const bool counted = rows_end_in_cr_ && after_cr_;
  after_cr_ = **byte == '\r';
  if (after_cr_ ? rows_end_in_cr_ : **byte == '\n' && !counted) ++line_;
  return byte;
}

// Reads up to and with the closing quote; the opening one has been taken.
absl::Status CsvReader::ReadQuoted(std::string& field) {
  while (true) {
    auto byte = Take();
    if (!byte.ok()) return byte.status();
    if (!byte->has_value()) return Error("a quoted field does not end", start_line_);
    if (**byte != '"') {
      field += **byte;
      continue;
    }
    auto after = source_.Peek();
    if (!after.ok()) return after.status();
    if (*after != '"') {
      if (!after->has_value() || **after == delimiter_ || **after == '\n' || **after == '\r') {
        return absl::OkStatus();
      }
      return Error("text after a closing quote", line_);
    }
    field += '"';
    if (auto doubled = Take(); !doubled.ok()) return doubled.status();
  }
}

absl::StatusOr<std::optional<std::vector<std::string>>> CsvReader::NextFields() {
  std::vector<std::string> fields(1);
  bool quoted = false;
  start_line_ = line_;
  while (true) {
    auto byte = Take();
    if (!byte.ok()) return byte.status();
    const bool at_end = !byte->has_value();
    bool row_ends = at_end || **byte == '\n';
    if (!at_end && **byte == '\r') {
      auto after = source_.Peek();
      if (!after.ok()) return after.status();
      if (*after == '\n') continue;
      // Of the first line; CR CR LF is what programs make of CR LF that they take for text.
      if (columns_->empty() && !rows_end_in_cr_ && *after != '\r') {
        rows_end_in_cr_ = true;
        ++line_;
      }
      row_ends = rows_end_in_cr_;
    }
    if (row_ends) {
      const bool blank = fields.size() == 1 && fields[0].empty() && !quoted;
      if (!blank) return fields;
      if (at_end) return std::nullopt;
      start_line_ = line_;
    } else if (**byte == delimiter_) {
      fields.emplace_back();
      quoted = false;
    } else if (**byte == '"') {
      if (quoted || !fields.back().empty()) return Error("a quote inside a bare field", line_);
      quoted = true;
      if (absl::Status read = ReadQuoted(fields.back()); !read.ok()) return read;
    } else {
      fields.back() += **byte;
    }
  }
}

absl::StatusOr<std::optional<CsvRecord>> CsvReader::Next() {
  auto fields = NextFields();
  if (!fields.ok()) return fields.status();
  if (!fields->has_value()) return std::nullopt;
  if (width_ == CsvWidth::kExact && (*fields)->size() != columns_->size()) {
    return Error(std::to_string((*fields)->size()) + " fields where there are " +
                     std::to_string(columns_->size()) + " columns",
                 start_line_);
  }
  return CsvRecord(columns_.get(), std::move(**fields), start_line_);
}

}  // namespace passend::client
