#include "tests/benchmarks/service/bare_log.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "rocksdb/perf_level.h"
#include "service/audit/audit_keys.h"
#include "service/audit/looks.h"
#include "service/text.h"
#include "storage/database.h"
#include "storage/key_codec.h"
#include "storage/rocksdb_options.h"

namespace passend::service {
namespace {

using storage::Key;
using storage::RecordKind;
using storage::ToSlice;

constexpr storage::Sequence kEntriesRead = 256;

[[noreturn]] void End(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::abort();
}

void Check(const rocksdb::Status& status) {
  if (!status.ok()) End(status.ToString());
}

// The keys of an answer's lines. Empty: the event tells of none.
std::vector<Key> LinesOf(const storage::Event& event) {
  if (event.key.kind == RecordKind::kDecision) return {event.key};
  if (event.key.kind != RecordKind::kLook) return {};
  const auto tally = ParseTally(event.payload);
  if (!tally) End("a tally cannot be read");
  std::vector<Key> keys;
  for (const TalliedLook& look : *tally) keys.push_back(LookKey(look.passport, event.key.id));
  return keys;
}

}  // namespace

BareLog::BareLog(const storage::Store& store) {
  const storage::Sequence last = store.LastSequence();
  const auto entries = store.Tail(last - std::min(last, kEntriesRead), kEntriesRead);
  if (!entries.ok()) End(entries.status().ToString());
  for (const storage::JournalEntry& entry : *entries) AddAnswer(store, entry);
  if (answers_.empty()) End("the store's journal tells of no answer");
  storage::OpenOptions options;
  options.directory = folder_.File("log");
  rocksdb::DBOptions engine = storage::MakeDbOptions(options, nullptr);
  engine.create_if_missing = true;
  const auto family = static_cast<size_t>(storage::Family::kRecord);
  rocksdb::DB* opened = nullptr;
  Check(rocksdb::DB::Open(rocksdb::Options(engine, storage::MakeFamilies(options)[family].options),
                          options.directory, &opened));
  log_.reset(opened);
}

void BareLog::AddAnswer(const storage::Store& store, const storage::JournalEntry& entry) {
  std::vector<Key> keys;
  for (const storage::Event& event : entry.events) {
    for (Key& key : LinesOf(event)) keys.push_back(std::move(key));
  }
  // One answer, and not some that were written together.
  if (std::ranges::count(keys, RecordKind::kDecision, &Key::kind) != 1) return;
  const auto records = store.Read(keys);
  if (!records.ok()) End(records.status().ToString());
  std::vector<Line> lines;
  for (const auto& record : *records) {
    if (!record) End("a line is not there");
    const auto look = ParseLookId(record->key.id);
    const Key without_answer{record->key.kind,
                             look ? absl::StrCat(ToAbsl(look->passport), "/") : ""};
    lines.push_back({storage::EncodeRecordKey(without_answer), record->value});
  }
  answers_.push_back(std::move(lines));
}

void BareLog::Prepare() {
  // As the ids of answers: smaller the later, and hexadecimal.
  const std::string id = absl::StrFormat("%032x", ~prepared_);
  batch_ = storage::MakeWriteBatch();
  for (const Line& line : answers_[prepared_ % answers_.size()]) {
    batch_.Put(ToSlice(line.key + id), ToSlice(line.value));
  }
  ++prepared_;
}

void BareLog::Commit() {
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);  // as the store
  Check(log_->Write(storage::MakeWriteOptions(), &batch_));
}

}  // namespace passend::service
