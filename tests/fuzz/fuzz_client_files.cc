// Files that people give the client: spreadsheets, CSV, vocabularies, packed or not. The first byte
// says which reader.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/client/csv_reader.h"
#include "service/client/sheet/sheet_reader.h"
#include "service/client/taxonomy_file.h"
#include "tests/fuzz/fuzz_check.h"

namespace passend::client {
namespace {

// A file in memory, with a path.
class MemoryFile {
 public:
  MemoryFile(const uint8_t* data, size_t size) : file_(memfd_create("fuzz", 0)) {
    if (file_ < 0 || write(file_, data, size) != static_cast<ssize_t>(size)) std::abort();
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return absl::StrCat("/proc/self/fd/", file_); }

 private:
  const int file_;
};

void Csv(const std::string& path, char delimiter) {
  auto reader = CsvReader::Open(path, delimiter);
  if (!reader.ok()) return;
  const auto columns = reader->ColumnNames();
  int last_line = 0;
  while (true) {
    const auto record = reader->Next();
    if (!record.ok() || !*record) return;
    fuzz::Promise((*record)->line() > last_line, "records come in the order of their lines");
    last_line = (*record)->line();
    for (const std::string& column : columns) static_cast<void>((**record)[column]);
  }
}

void Vocabulary(const std::string& path) {
  auto file = TaxonomyFile::Open(path);
  if (!file.ok()) return;
  while (true) {
    const auto next = file->Next();
    if (!next.ok() || !*next) return;
  }
}

}  // namespace
}  // namespace passend::client

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const passend::client::MemoryFile file(data + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      passend::client::Csv(file.path(), ',');
      break;
    case 1:
      passend::client::Csv(file.path(), ';');
      break;
    case 2:
      static_cast<void>(passend::client::ReadSheet(file.path(), passend::client::Language::kDutch));
      break;
    default:
      passend::client::Vocabulary(file.path());
  }
  return 0;
}
