#include "tests/stress/people_store.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/backup/backups.h"
#include "storage/master_key_file.h"

namespace passend::storage {
namespace {

constexpr uint64_t kPeople = 80;
constexpr uint64_t kOwnTasks = 300;

std::string PersonOf(uint64_t number) { return absl::StrCat("person-", number / 64 % kPeople); }

}  // namespace

Batch PeopleCommitOf(uint64_t number) {
  std::mt19937_64 random(number);
  // Now and then larger than a page, and than a block of a log.
  const size_t size = number % 16 == 3 ? 5'000 + random() % 40'000 : random() % 600;
  const std::string value =
      absl::StrCat(number, " ") + std::string(size, static_cast<char>('a' + random() % 26));
  Batch batch;
  const auto put = [&](RecordKind kind, std::string id) {
    batch.mutations.push_back({{kind, id}, value});
    batch.events.push_back({{kind, std::move(id)}, value});
  };
  put(RecordKind::kTask, absl::StrCat("own-", number % kOwnTasks));
  put(RecordKind::kTask, absl::StrCat("shared-", random() % 5));
  if (number % 64 == 0) {
    batch.mutations.push_back({{RecordKind::kPassport, PersonOf(number)}, std::nullopt});
    batch.events.push_back({{RecordKind::kPassport, PersonOf(number)}, absl::StrCat(number)});
    put(RecordKind::kErasure, PersonOf(number));
  } else if (number % 2 == 0) {
    put(RecordKind::kPassport, PersonOf(number));
  }
  batch.idempotency = {absl::StrCat(number), "digest", value};
  return batch;
}

absl::Status PeopleStore::MakePlain(int commits) {
  OpenOptions options;
  options.directory = root_ + "/data/store";
  const auto store = OpenRocksDbStore(std::move(options));
  if (!store.ok()) return store.status();
  for (int i = 0; i < commits; ++i) {
    uint64_t number = random_();
    if (number % 64 == 0) ++number;
    const auto result = (*store)->Commit(PeopleCommitOf(number));
    if (!result.ok()) return result.status();
    ledger_.Acknowledge(result->sequence, number);
  }
  return absl::OkStatus();
}

absl::Status PeopleStore::Open() {
  const std::string master_path = root_ + "/secrets/master";
  auto master = MasterKeyFile::Load(master_path);
  if (absl::IsNotFound(master.status())) {
    if (absl::Status made = MasterKeyFile::Create(master_path, SystemRandom()); !made.ok()) {
      return made;
    }
    master = MasterKeyFile::Load(master_path);
  }
  if (!master.ok()) return master.status();
  auto keys = PersonKeys::Open({.directory = root_ + "/keys", .master = *master});
  if (!keys.ok()) return keys.status();
  keys_ = *std::move(keys);
  OpenOptions options;
  options.directory = root_ + "/data/store";
  options.keys = keys_;
  options.memory_bytes = size_t{256} << 10;  // files and new logs all the time
  options.stopped_writing = stopped_;
  auto store = OpenRocksDbStore(std::move(options));
  if (!store.ok()) {
    keys_.reset();
    return store.status();
  }
  store_ = *std::move(store);
  return absl::OkStatus();
}

void PeopleStore::Close() {
  store_.reset();
  keys_.reset();
}

std::string PeopleStore::Check() {
  if (std::string wrong = ledger_.Check(*store_); !wrong.empty()) return wrong;
  for (const auto& [key, record] : ledger_.records()) {
    if (key.kind == RecordKind::kErasure && !keys_->IsDestroyed(key.id)) {
      return absl::StrCat(key.id, " was erased, and has a key");
    }
  }
  if (keys_->counts().damaged > 0) return "a person's key is damaged";
  return "";
}

absl::Status PeopleStore::Step() {
  switch (random_() % 64) {
    case 0:
      return Compact();
    case 1:
      return NewMasterKey();
    case 2:
      return BackUp();
    case 3:
      Close();
      return Open();
    default:
      return CommitOne();
  }
}

absl::Status PeopleStore::CommitNumber(uint64_t number) {
  const auto result = store_->Commit(PeopleCommitOf(number));
  if (result.ok() && Counts()) ledger_.Acknowledge(result->sequence, number);
  if (absl::IsAborted(result.status()) && keys_->IsDestroyed(PersonOf(number))) {
    return absl::OkStatus();
  }
  return result.status();
}

absl::Status PeopleStore::Compact() {
  // What is dropped has to have been followed before.
  if (const std::string wrong = Check(); !wrong.empty()) return absl::InternalError(wrong);
  const Sequence last = ledger_.last();
  const Sequence through = last - std::min<Sequence>(last, random_() % 20);
  ledger_.Compacting(through);
  absl::Status status = store_->CompactJournal(through);
  if (status.ok() && Counts()) ledger_.Compacted(through);
  return status;
}

absl::Status PeopleStore::NewMasterKey() {
  const std::string path = root_ + "/secrets/master";
  if (absl::Status added = MasterKeyFile::AddKey(path, SystemRandom()); !added.ok()) return added;
  const auto master = MasterKeyFile::Load(path);
  if (!master.ok()) return master.status();
  return keys_->Rewrap(*master);
}

absl::Status PeopleStore::BackUp() {
  BackupSettings settings;
  settings.folder = root_ + "/backups";
  settings.kept = 3;
  const auto made = MakeBackup(*store_, settings);
  if (made.ok() && Counts()) backup_ = {made->number, made->head.sequence};
  return made.status();
}

absl::StatusOr<std::string> PeopleStore::Everything() const {
  std::string all;
  std::vector<Key> keys;
  for (const RecordKind kind : {RecordKind::kPassport, RecordKind::kTask, RecordKind::kErasure}) {
    const absl::Status scanned = store_->Scan({kind, "", ""}, [&](const Record& record) {
      absl::StrAppend(&all, record.key.id, " ", record.version, " ", record.value, "\n");
      keys.push_back(record.key);
      return true;
    });
    if (!scanned.ok()) return scanned;
  }
  for (const Key& key : keys) {
    const auto read = store_->Read({key});
    if (!read.ok()) return read.status();
    if (!read->front()) absl::StrAppend(&all, key.id, " is not found by its key\n");
  }
  const auto span = store_->CheckJournal();
  if (!span.ok()) return span.status();
  for (Sequence at = span->first.sequence; at < store_->LastSequence();) {
    const auto entries = store_->Tail(at, 1'000);
    if (!entries.ok()) return entries.status();
    for (const JournalEntry& entry : *entries) {
      const std::string& told = entry.events[0].payload;
      absl::StrAppend(&all, at = entry.sequence, " ", told, "\n");
      const auto receipt = store_->FindReceipt(told.substr(0, told.find(' ')));
      if (!receipt.ok()) return receipt.status();
      absl::StrAppend(&all, *receipt ? (*receipt)->response : "no receipt", "\n");
    }
  }
  return all;
}

std::string PeopleStore::CheckBackup() const {
  if (backup_.number == 0) return "";
  const auto verified = VerifyBackups(root_ + "/backups", backup_.number, {});
  if (!verified.ok()) return verified.status().ToString();
  if (!verified->whole()) return absl::StrCat("backup ", backup_.number, " is damaged");
  const Sequence last = verified->backups[0].contents.head.sequence;
  if (last == backup_.last) return "";
  return absl::StrCat("backup ", backup_.number, " ends at ", last, ", not ", backup_.last);
}

}  // namespace passend::storage
