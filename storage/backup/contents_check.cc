#include "storage/backup/contents_check.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/metadata.h"
#include "rocksdb/sst_file_reader.h"
#include "storage/backup/seal.h"
#include "storage/database.h"
#include "storage/database_opening.h"
#include "storage/journal_reader.h"
#include "storage/key_codec.h"
#include "storage/meta_codec.h"
#include "storage/record_cipher.h"
#include "storage/rocksdb_options.h"
#include "storage/store_errors.h"
#include "storage/write_health.h"

namespace passend::storage {
namespace {

constexpr uint64_t kVisitsPerCheck = 1'000;

bool IsKnownKind(RecordKind kind) { return !KindName(kind).starts_with("kind "); }

class ContentsCheck {
 public:
  ContentsCheck(const OpenOptions& options, std::string path, const Database& database,
                const CheckSettings& settings)
      : options_(options),
        path_(std::move(path)),
        database_(database),
        settings_(settings),
        work_(settings.work) {}

  absl::StatusOr<CheckedContents> Run() {
    auto facts = ReadOwnFacts(database_);
    if (!facts.ok()) return facts.status();
    found_ = *std::move(facts);
    for (const auto step : {&ContentsCheck::Files, &ContentsCheck::Journal, &ContentsCheck::Records,
                            &ContentsCheck::Receipts}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    return std::move(found_);
  }

 private:
  void Tell(std::string problem) {
    if (found_.problem_count++ < kProblemsMax) found_.problems.push_back(std::move(problem));
  }

  // Each file by itself, so that all that are damaged are named.
  absl::Status Files() {
    std::vector<rocksdb::LiveFileMetaData> files;
    database_.engine().GetLiveFilesMetaData(&files);
    for (const auto& file : files) {
      file_bytes_ += file.size;
      entries_ += file.num_entries;
    }
    work_.Expect(2 * file_bytes_);  // its blocks, and then what is in them
    const rocksdb::Options open(MakeDbOptions(options_, nullptr), rocksdb::ColumnFamilyOptions());
    for (const auto& file : files) {
      if (absl::Status status = work_.Check(); !status.ok()) return status;
      rocksdb::SstFileReader reader(open);
      rocksdb::Status status = reader.Open(path_ + file.name);
      if (status.ok()) status = reader.VerifyChecksum(MakeReadOptions());
      if (!status.ok()) {
        Tell(absl::StrCat("file ", file.name.substr(1), " (", file.column_family_name, ", ",
                          file.num_entries, " entries): ", status.ToString()));
      }
      ++found_.files;
      work_.Add(file.size);
    }
    return absl::OkStatus();
  }

  // Counts what is visited; how far that is of all.
  absl::Status Visited() {
    if (++visited_ % kVisitsPerCheck != 0) return absl::OkStatus();
    const double share = std::min(
        1.0, static_cast<double>(visited_) / static_cast<double>(std::max<uint64_t>(entries_, 1)));
    work_.Reach(file_bytes_ + static_cast<uint64_t>(share * static_cast<double>(file_bytes_)));
    return work_.Check();
  }

  template <typename Visit>
  absl::Status VisitFamily(Family family, const Visit& visit) {
    absl::Status stopped;
    const absl::Status read = database_.VisitAll(
        family, [&](std::string_view key, const absl::StatusOr<SealedView>& sealed) {
          visit(key, sealed);
          stopped = Visited();
          return stopped.ok();
        });
    if (!stopped.ok()) return stopped;
    if (!read.ok()) {
      Tell(absl::StrCat("family ", std::string(kFamilyNames[static_cast<size_t>(family)]),
                        " can be read only so far: ", read.message()));
    }
    return absl::OkStatus();
  }

  absl::Status Journal() {
    const absl::StatusOr<JournalFloor> floor = ReadFloor(database_);
    const absl::StatusOr<JournalMark> head = ReadHead(database_);
    if (!floor.ok()) return floor.status();
    if (!head.ok()) return head.status();
    JournalMark at = floor->compacted;
    const absl::Status visited = VisitFamily(
        Family::kJournal, [&](std::string_view key, const absl::StatusOr<SealedView>& sealed) {
          const std::optional<Sequence> sequence = DecodeJournalKey(key);
          if (!sequence) return Tell("the journal has an entry whose key is none");
          if (*sequence <= floor->compacted.sequence) return;  // about to be deleted
          Entry(*sequence, sealed, at);
        });
    if (!visited.ok()) return visited;
    if (at.sequence < head->sequence) {
      Tell(absl::StrCat("journal entries ", at.sequence + 1, " to ", head->sequence,
                        " are missing: the last commit is ", head->sequence));
    } else if (at != *head) {
      Tell(absl::StrCat("the journal ends at entry ", at.sequence,
                        ", and not as the database's head says (", head->sequence, ")"));
    }
    return absl::OkStatus();
  }

  void Entry(Sequence sequence, const absl::StatusOr<SealedView>& sealed, JournalMark& at) {
    ++found_.journal_entries;
    if (sequence != at.sequence + 1) {
      Tell(absl::StrCat("journal entries ", at.sequence + 1, " to ", sequence - 1, " are missing"));
      chain_known_ = false;
    }
    const auto parts =
        sealed.ok() ? SplitEntry(sealed->content) : absl::StatusOr<EntryParts>(sealed.status());
    absl::Status status = parts.status();
    if (status.ok()) status = DecodeEntry(sequence, sealed->content).status();
    if (!status.ok()) {
      Tell(absl::StrCat("journal entry ", sequence, ": ", status.message()));
      chain_known_ = false;
      at.sequence = sequence;
      return;
    }
    const JournalMark next = Follow(at, parts->body);
    if (chain_known_ && (next.sequence != sequence || next.chain != parts->chain)) {
      Tell(absl::StrCat("journal entry ", sequence, " does not follow from the one before it"));
    }
    chain_known_ = true;
    at = {sequence, parts->chain};
  }

  absl::Status Records() {
    std::optional<RecordCipher> cipher;
    if (settings_.keys != nullptr && !found_.keys.empty()) cipher.emplace(settings_.keys);
    Decrypter decrypter(cipher ? &*cipher : nullptr);
    std::unique_ptr<RecordRules> rules = settings_.rules ? settings_.rules() : nullptr;
    std::set<std::string, std::less<>> erased;
    std::set<std::string, std::less<>> without_key;
    const absl::Status known =
        VisitTombstones(database_, [&](std::string_view id) { erased.emplace(id); });
    if (!known.ok()) return known;
    const absl::Status visited = VisitFamily(Family::kRecord, [&](std::string_view key,
                                                                  const absl::StatusOr<SealedView>&
                                                                      sealed) {
      ++found_.records;
      const std::optional<KeyView> record = DecodeRecordKeyView(key);
      if (!record) return Tell("there is a record whose key is none");
      const std::string name = absl::StrCat("record of ", KindName(record->kind), " ",
                                            absl::CHexEscape(ToAbsl(record->id)), ": ");
      if (!sealed.ok()) return Tell(absl::StrCat(name, sealed.status().message()));
      if (!IsKnownKind(record->kind)) return Tell(absl::StrCat(name, "its kind is not known"));
      if (sealed->version > found_.head.sequence) {
        return Tell(
            absl::StrCat(name, "its version ", sealed->version, " is later than the last commit"));
      }
      const auto person = PersonOf(record->kind, record->id);
      if (person && *person == record->id && erased.contains(*person)) {
        return Tell(absl::StrCat(name, "the person was erased"));
      }
      if (sealed->form == Content::kEncrypted && !cipher) {
        ++found_.people_unread;
        return;
      }
      if (sealed->form == Content::kEncrypted && person && !settings_.keys->Knows(*person)) {
        if (without_key.emplace(*person).second)
          Tell(name + "the person has no key in the key store");
        return;
      }
      const auto value = decrypter.Read(record->kind, record->id, *sealed);
      if (!value.ok()) return Tell(absl::StrCat(name, value.status().message()));
      if (!*value || rules == nullptr) return;
      const std::string wrong = rules->Look({record->kind, record->id, sealed->version, **value});
      if (!wrong.empty()) Tell(name + wrong);
    });
    if (!visited.ok()) return visited;
    found_.people_without_key = without_key.size();
    if (rules != nullptr && (found_.keys.empty() || cipher)) {
      for (std::string& wrong : rules->Conclude()) Tell(std::move(wrong));
    }
    return absl::OkStatus();
  }

  absl::Status Receipts() {
    return VisitFamily(Family::kReceipt, [&](std::string_view,
                                             const absl::StatusOr<SealedView>& sealed) {
      ++found_.receipts;
      absl::Status status = sealed.status();
      if (status.ok()) status = DecodeReceipt(sealed->version, sealed->content).status();
      if (!status.ok()) return Tell(absl::StrCat("a receipt: ", status.message()));
      if (sealed->version > found_.head.sequence) {
        Tell(absl::StrCat("a receipt of commit ", sealed->version, ", later than the last commit"));
      }
    });
  }

  const OpenOptions& options_;
  const std::string path_;
  const Database& database_;
  const CheckSettings& settings_;
  WorkDone work_;
  CheckedContents found_;
  uint64_t file_bytes_ = 0;
  uint64_t entries_ = 0;
  uint64_t visited_ = 0;
  bool chain_known_ = true;
};

}  // namespace

absl::Status VisitTombstones(const Database& database,
                             const std::function<void(std::string_view person)>& visit) {
  return VisitIds(database, RecordKind::kErasure, visit);
}

absl::Status VisitIds(const Database& database, RecordKind kind,
                      const std::function<void(std::string_view id)>& visit) {
  return database.Scan(
      Family::kRecord, RangeOf({kind, "", ""}), nullptr,
      [&](std::string_view encoded, const SealedView&) -> absl::StatusOr<bool> {
        const std::optional<KeyView> key = DecodeRecordKeyView(encoded);
        if (!key) return Damaged("a record", "its key is too short");
        visit(key->id);
        return true;
      },
      Database::Amount::kMuch);
}

absl::StatusOr<CheckedContents> ReadOwnFacts(const Database& database) {
  CheckedContents facts;
  std::string format;
  const rocksdb::Status read =
      database.engine().Get(MakeReadOptions(), ToSlice(kFormatKey), &format);
  if (!read.ok()) return FromRocksDb(read);
  const absl::StatusOr<uint32_t> number = DecodeFormat(format);
  if (!number.ok()) return number.status();
  facts.format = *number;
  const absl::StatusOr<JournalMark> head = ReadHead(database);
  if (!head.ok()) return head.status();
  facts.head = {head->sequence, std::string(head->chain.begin(), head->chain.end())};
  const absl::StatusOr<uint64_t> epoch = ReadEpoch(database);
  if (!epoch.ok()) return epoch.status();
  const absl::StatusOr<std::optional<Sealed>> note =
      database.Get(Family::kMeta, kEncryptionKey, nullptr);
  if (!note.ok()) return note.status();
  if (*note) {
    const absl::StatusOr<Encryption> encryption = DecodeEncryption((*note)->content);
    if (!encryption.ok()) return encryption.status();
    facts.keys =
        ToHex({reinterpret_cast<const char*>(encryption->keys.data()), encryption->keys.size()});
  }
  return facts;
}

absl::StatusOr<CheckedContents> CheckContentsAt(const OpenOptions& options, const std::string& path,
                                                const CheckSettings& settings) {
  const absl::StatusOr<std::unique_ptr<Database>> database = OpenDatabaseReadOnly(options, path);
  if (!database.ok()) return database.status();
  return ContentsCheck(options, path, **database, settings).Run();
}

}  // namespace passend::storage
