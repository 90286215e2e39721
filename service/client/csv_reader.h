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

  // The field; empty where there is no such column, or the record is shorter. Check the columns
  // with CsvReader::Require.
  const std::string& operator[](const std::string& column) const;

  // Whether anything stands in fields beyond the last column; CsvWidth::kAny only.
  bool HasBeyondColumns() const;

  // The line on which the record starts, from 1.
  int line() const { return line_; }

 private:
  const Columns* columns_;
  std::vector<std::string> fields_;
  int line_;
};

// How many fields a record may have: as many as there are columns, or, as in what people's
// spreadsheets write, any number.
enum class CsvWidth { kExact, kAny };

// Reads tables after RFC 4180: fields in double quotes may hold delimiters, line breaks and doubled
// quotes. Lines end in CR LF or LF, or in CR alone too where the first does; the last may lack its
// end; blank lines are passed over. A byte order mark is passed over, and then a first line
// `sep=;`, with which spreadsheets say what is between fields. The first record names the columns.
//
// INVALID_ARGUMENT, with path and line: a record of another width, text after a closing quote, a
// quote inside a bare field, a quoted field that never ends, a column name twice, no first record.
// Not thread-safe. Records point into their reader.
class CsvReader {
 public:
  static absl::StatusOr<CsvReader> Open(const std::string& path, char delimiter = ',',
                                        CsvWidth width = CsvWidth::kExact);

  // INVALID_ARGUMENT, naming it, where a column is missing.
  absl::Status Require(const std::vector<std::string>& columns) const;

  // The names of the columns, in no order.
  std::vector<std::string> ColumnNames() const;

  // The next record; none at the end.
  absl::StatusOr<std::optional<CsvRecord>> Next();

  // The line on which the record starts that was read last, or that could not be read.
  int line() const { return start_line_; }

 private:
  CsvReader(ByteSource source, char delimiter, CsvWidth width);
  absl::StatusOr<std::optional<std::vector<std::string>>> NextFields();
  absl::Status ReadQuoted(std::string& field);
  absl::StatusOr<std::optional<char>> Take();
  absl::Status Error(std::string_view what, int line) const;

  ByteSource source_;
  char delimiter_;
  CsvWidth width_;
  std::unique_ptr<CsvRecord::Columns> columns_;
  bool rows_end_in_cr_ = false;
  bool after_cr_ = false;  // the byte that was taken last
  int line_ = 1;           // that the next byte is on
  int start_line_ = 1;     // that the record started on
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_CSV_READER_H_
