// Files that people give the client: spreadsheets, CSV, vocabularies, whole sets, passports, packed
// or not; folders of ESCO and of what is loaded; and the notes that the client keeps. The first
// byte says which reader.
#include <cstdint>
#include <string>
#include <string_view>

#include "passend/v1/sync.pb.h"
#include "service/client/csv_reader.h"
#include "service/client/dates.h"
#include "service/client/json_output.h"
#include "service/client/labels.h"
#include "service/client/portable_file.h"
#include "service/client/sheet/sheet_reader.h"
#include "service/client/sync/progress_notes.h"
#include "service/client/sync/set_file.h"
#include "service/client/taxonomy_file.h"
#include "tests/fuzz/esco_folders.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/load_folders.h"
#include "tests/fuzz/memory_file.h"

namespace passend::client {
namespace {

using fuzz::Promise;

void Csv(const std::string& path, char delimiter) {
  auto reader = CsvReader::Open(path, delimiter);
  if (!reader.ok()) return;
  const auto columns = reader->ColumnNames();
  int last_line = 0;
  while (true) {
    const auto record = reader->Next();
    if (!record.ok() || !*record) return;
    Promise((*record)->line() > last_line, "records come in the order of their lines");
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

void Set(const std::string& path, SetFormat format) {
  auto reader = SetReader::Open(path, format);
  if (!reader.ok()) return;
  int64_t last = 0;
  while (true) {
    const auto item = reader->Next();
    if (!item.ok() || !*item) return;
    Promise((*item)->number > last, "items come in their order");
    last = (*item)->number;
    v1::PushRecord record;
    if ((*item)->too_large || !ParseSetItem(format, **item, record).ok()) continue;
    SetItem written{1, SetBytes(format, record), false};
    if (format == SetFormat::kJsonLines) {
      Promise(written.bytes.find('\n') == written.bytes.size() - 1, "a line is one line");
      v1::PushRecord again;
      Promise(ParseSetItem(format, written, again).ok(), "what was read can be written and read");
    }
  }
}

void Passport(const std::string& path) {
  const auto passport = ReadPortableFile(path);
  if (!passport.ok()) return;
  static_cast<void>(CreatableFrom(passport->passport()));
  static_cast<void>(ImportRequests("passports/nobody", CredentialsIn(*passport, "", 0), {}));
}

void Notes(const std::string& path, std::string_view text) {
  static_cast<void>(Labels::Read(path));
  static_cast<void>(ReadImportNotes(path));
  static_cast<void>(ReadExportNotes(path));
  static_cast<void>(IssuerDocument("did:web:school.example", std::string(text)));
  static_cast<void>(IssuerDocumentPath(std::string(text)));
  if (const auto day = ParseDay(std::string(text))) {
    Promise(DayText(*day) == text || day->seconds() == 0, "a day is written in one way");
  }
}

}  // namespace
}  // namespace passend::client

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace passend::client;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const passend::fuzz::MemoryFile file(text);
  switch (data[0] % 10) {
    case 0:
      Csv(file.path(), ',');
      break;
    case 1:
      Csv(file.path(), ';');
      break;
    case 2:
      static_cast<void>(ReadSheet(file.path(), Language::kDutch));
      break;
    case 3:
      Vocabulary(file.path());
      break;
    case 4:
      Set(file.path(), SetFormat::kJsonLines);
      break;
    case 5:
      Set(file.path(), SetFormat::kProtobuf);
      break;
    case 6:
      Passport(file.path());
      break;
    case 8:
      passend::fuzz::EscoFolder(text);
      break;
    case 9:
      passend::fuzz::LoadFolder(text);
      break;
    default:
      Notes(file.path(), text);
  }
  return 0;
}
