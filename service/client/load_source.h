// The records of a folder, one after another.
#ifndef PASSEND_SERVICE_CLIENT_LOAD_SOURCE_H_
#define PASSEND_SERVICE_CLIENT_LOAD_SOURCE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/client/byte_source.h"

namespace passend::client {

enum class LoadKind { kTask, kPerson };

// One record of a folder that is loaded, not yet parsed.
struct LoadRecord {
  LoadKind kind = LoadKind::kTask;
  std::string path;               // within the folder, such as people/a.jsonl
  int line = 0;                   // from 1; 0: the whole file is one record
  std::string label;              // the file's stem; with ":line" for lines
  std::string text;               // JSON, as it stands
  std::int64_t bytes_before = 0;  // read before it, of LoadSource::total_bytes()
};

// A record that was refused, by the server or because it cannot be read.
struct LoadRefusal {
  std::string path;
  int line = 0;
  std::string field;    // empty: the record as a whole
  std::string allowed;  // what is allowed, or why not
};

// Reads tasks/*.json, people/*.json and people/*.jsonl of a folder, in this order and each in the
// order of names; other files are passed over, blank lines too. Not thread-safe.
class LoadSource {
 public:
  // NOT_FOUND where there is no such folder.
  static absl::StatusOr<LoadSource> Open(const std::string& folder);

  // The next record; none at the end. A file that cannot be read is an error that names it; the
  // next call goes on with the file after it.
  absl::StatusOr<std::optional<LoadRecord>> Next();

  std::int64_t total_bytes() const { return total_bytes_; }
  std::size_t file_count() const { return files_.size(); }
  // The file that the last error was about.
  const std::string& failed_path() const { return failed_path_; }

 private:
  struct File {
    LoadKind kind;
    std::string path;
    std::string stem;
    bool lines;
    std::int64_t bytes;
  };
  explicit LoadSource(std::string folder) : folder_(std::move(folder)) {}
  void List(const std::string& subfolder, const std::string& ending, LoadKind kind);
  absl::StatusOr<std::optional<LoadRecord>> NextOf(const File& file);
  void Finish(const File& file);

  std::string folder_;
  std::vector<File> files_;
  std::size_t next_file_ = 0;
  std::optional<ByteSource> open_;
  int line_ = 0;
  std::int64_t bytes_before_ = 0;
  std::int64_t total_bytes_ = 0;
  std::string failed_path_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_LOAD_SOURCE_H_
