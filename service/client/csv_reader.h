// Tables after RFC 4180.
#ifndef PASSEND_SERVICE_CLIENT_CSV_READER_H_
#define PASSEND_SERVICE_CLIENT_CSV_READER_H_

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "service/client/byte_source.h"

namespace passend::client {

// One record of a table, by column name.
class CsvRecord {
 public:
  using Columns = std::unordered_map<std::string, std::size_t>;
  CsvRecord(const Columns* columns, std::vector<std::string> fields, int line)
      : columns_(columns), fields_(std::move(fields)), line_(line) {}

  // The field; empty where there is no such column. Check the columns with CsvReader::Require.
  const std::string& operator[](const std::string& column) const;

  // The line on which the record starts, from 1.
  int line() const { return line_; }

 private:
  const Columns* columns_;
  std::vector<std::string> fields_;
  int line_;
};

// Reads tables after RFC 4180: fields in double quotes may hold delimiters, line breaks and doubled
// quotes. Lines end in CR LF or LF; the last may lack its end; blank lines are passed over. A byte
// order mark is passed over. The first record names the columns.
//
// INVALID_ARGUMENT, with path and line: a record with another number of fields than there are
// columns, text after a closing quote, a quote inside a bare field, a quoted field that never ends,
// a column name twice, no first record. Not thread-safe. Records point into their reader.
class CsvReader {
 public:
  static absl::StatusOr<CsvReader> Open(const std::string& path, char delimiter = ',');

  // INVALID_ARGUMENT, naming it, where a column is missing.
  absl::Status Require(const std::vector<std::string>& columns) const;

  // The names of the columns, in no order.
  std::vector<std::string> ColumnNames() const;

  // The next record; none at the end.
  absl::StatusOr<std::optional<CsvRecord>> Next();

 private:
  CsvReader(ByteSource source, char delimiter);
  absl::StatusOr<std::optional<std::vector<std::string>>> NextFields();
  absl::Status ReadQuoted(std::string& field);
  absl::StatusOr<std::optional<char>> Take();
  absl::Status Error(std::string_view what, int line) const;

  ByteSource source_;
  char delimiter_;
  std::unique_ptr<CsvRecord::Columns> columns_;
  int line_ = 1;        // that the next byte is on
  int start_line_ = 1;  // that the record started on
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_CSV_READER_H_
