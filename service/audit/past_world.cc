#include "service/audit/past_world.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/audit/audit_keys.h"
#include "service/errors/call_errors.h"
#include "service/match/changed_records.h"
#include "service/match/index_builder.h"
#include "service/match/journal_changes.h"
#include "service/taxonomy/taxonomy_names.h"
#include "service/taxonomy/taxonomy_records.h"

namespace passend::service {
namespace {

using storage::Sequence;

struct TaxonomyVersion {
  std::string id;
  storage::Version version;
};

// Of `taxonomies/esco@12`.
std::optional<TaxonomyVersion> ParseTaxonomyVersion(const std::string& text) {
  const size_t slash = text.find('/');
  const size_t at = text.rfind('@');
  if (slash == std::string::npos || at == std::string::npos || at < slash) return std::nullopt;
  TaxonomyVersion parsed{text.substr(slash + 1, at - slash - 1), 0};
  if (!absl::SimpleAtoi(text.substr(at + 1), &parsed.version)) return std::nullopt;
  return parsed;
}

// Taxonomies that are in force together were so from the import of the latest on.
Sequence InForceSince(const std::vector<std::string>& taxonomies) {
  Sequence since = 0;
  for (const std::string& one : taxonomies) {
    if (const auto parsed = ParseTaxonomyVersion(one)) since = std::max(since, parsed->version);
  }
  return since;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> PastWorld::Gone(
    const storage::Snapshot& now, Sequence sequence, const std::vector<std::string>& taxonomies) {
  const auto notes = now.Read({HistoryStartKey(), SweptKey()});
  if (!notes.ok()) return notes.status();
  const auto& [start, swept] = std::tie((*notes)[0], (*notes)[1]);
  std::vector<std::string> gone;
  if (!start || start->version > sequence) {
    gone.push_back(absl::StrCat("the data as of commit ", sequence,
                                start ? absl::StrCat(": earlier versions have been kept since "
                                                     "commit ",
                                                     start->version)
                                      : ": earlier versions are not kept"));
  }
  Sequence through = 0;
  if (swept && !absl::SimpleAtoi(swept->value, &through)) {
    return DamagedData("a stored note about the history");
  }
  if (through > sequence) {
    gone.push_back(absl::StrCat("the data as of commit ", sequence,
                                ": they were kept for long enough; what is kept begins at commit ",
                                through));
  }
  for (const std::string& one : taxonomies) {
    const auto parsed = ParseTaxonomyVersion(one);
    if (!parsed) return DamagedData("a stored decision");
    const AsOfSnapshot then(std::shared_ptr<const storage::Snapshot>(&now, [](const auto*) {}),
                            parsed->version);
    const auto record = then.Read({TaxonomyKey(parsed->id)});
    if (!record.ok()) return record.status();
    if (!record->front() || record->front()->version != parsed->version) gone.push_back(one);
  }
  return gone;
}

absl::Status PastWorld::GoTo(std::shared_ptr<const storage::Snapshot> now, Sequence sequence,
                             const std::vector<std::string>& taxonomies,
                             const CallContext& context) {
  now_ = std::move(now);
  records_ = std::make_shared<const AsOfSnapshot>(now_, sequence);
  if (catalog_ == nullptr || taxonomies != taxonomies_) {
    index_ = nullptr;
    if (absl::Status loaded = LoadCatalog(taxonomies); !loaded.ok()) return loaded;
  }
  if (index_ != nullptr) {
    const absl::Status moved = Move(index_sequence_);
    if (!moved.ok() && !absl::IsOutOfRange(moved)) {
      index_ = nullptr;
      return moved;
    }
    if (!moved.ok()) index_ = nullptr;
  }
  if (index_ == nullptr) {
    if (absl::Status built = Rebuild(context); !built.ok()) return built;
  }
  index_sequence_ = sequence;
  known_ = now_->sequence();
  return absl::OkStatus();
}

absl::Status PastWorld::LoadCatalog(const std::vector<std::string>& taxonomies) {
  const AsOfSnapshot then(now_, InForceSince(taxonomies));
  std::vector<v1::Concept> concepts;
  absl::Status parsed;
  const absl::Status scanned =
      then.Scan({storage::RecordKind::kConcept, "", ""}, [&](const storage::Record& record) {
        absl::StatusOr<v1::Concept> entry = StoredConcept(record);
        parsed = entry.status();
        if (entry.ok()) concepts.push_back(*std::move(entry));
        return parsed.ok();
      });
  if (!parsed.ok()) return parsed;
  if (!scanned.ok()) return scanned;
  auto catalog = CatalogSnapshot::Build(std::move(concepts));
  if (!catalog.ok()) return catalog.status();
  catalog_ = *std::move(catalog);
  taxonomies_ = taxonomies;
  return absl::OkStatus();
}

absl::Status PastWorld::Rebuild(const CallContext& context) {
  auto built = BuildIndex(*records_, catalog_->taxonomy(),
                          [&context](size_t) { return !context.pointless(); });
  if (!built.ok()) return built.status();
  index_ = *std::move(built);
  return absl::OkStatus();
}

absl::Status PastWorld::Move(Sequence from) {
  const Sequence to = records_->sequence();
  auto changes = ReadJournal(store_, std::min(from, to), std::max(from, to));
  if (!changes.ok()) return changes.status();
  // Whoever was erased since the index was made is in it, and not in the records.
  const auto since = ReadJournal(store_, known_, now_->sequence());
  if (!since.ok()) return since.status();
  changes->Add(*since);
  // An exposure that is taken back may be one that was never there: all of the person is read.
  changes->passports.merge(changes->exposures);
  changes->exposures.clear();
  auto changed = ReadChanged(*records_, *changes, *index_, *catalog_->taxonomy());
  if (!changed.ok()) return changed.status();
  index_->Apply(std::move(changed->changes));
  return absl::OkStatus();
}

void PastWorld::LetGo() {
  records_ = nullptr;
  now_ = nullptr;
}

void PastWorld::Clear() {
  LetGo();
  taxonomies_.clear();
  catalog_ = nullptr;
  index_ = nullptr;
}

}  // namespace passend::service
