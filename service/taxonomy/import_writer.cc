#include "service/taxonomy/import_writer.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/taxonomy/limits.h"
#include "service/taxonomy/taxonomy_names.h"
#include "service/taxonomy/taxonomy_records.h"

namespace passend::service {
namespace {

using storage::Key;
using storage::Mutation;
using storage::Version;

// What the store has of a taxonomy.
struct Stored {
  Version version = 0;
  std::map<std::string, storage::Record> concepts;  // by record id
};

absl::StatusOr<Stored> ReadStored(const storage::Store& store, const std::string& taxonomy_id) {
  auto snapshot = store.GetSnapshot();
  if (!snapshot.ok()) return snapshot.status();
  const auto record = (*snapshot)->Read({TaxonomyKey(taxonomy_id)});
  if (!record.ok()) return record.status();
  Stored stored;
  if (record->front().has_value()) stored.version = record->front()->version;
  const absl::Status scanned =
      (*snapshot)->Scan({storage::RecordKind::kConcept, taxonomy_id + "/", ""},
                        [&stored](storage::Record concept_record) {
                          std::string id = concept_record.key.id;
                          stored.concepts.emplace(std::move(id), std::move(concept_record));
                          return true;
                        });
  if (!scanned.ok()) return scanned;
  return stored;
}

// The changes of one import, and the counts of what the taxonomy will be.
class Changes {
 public:
  Changes(const ReceivedImport& import, absl::Time now) {
    *response_.mutable_taxonomy() = import.taxonomy;
    *response_.mutable_taxonomy()->mutable_import_time() = ToTimestamp(now);
  }

  // Takes what was stored of this concept out of `stored`.
  absl::Status Put(const v1::Concept& entry, Stored& stored) {
    const std::optional<ConceptId> id = ConceptIdOf(entry.name());
    if (!id.has_value()) return absl::InternalError("a concept of a compiled import has no name");
    Key key = ConceptKey(*id);
    std::string bytes = StoredValue(entry);
    Count(entry);
    const auto before = stored.concepts.find(key.id);
    if (before == stored.concepts.end()) {
      response_.set_added_concepts(response_.added_concepts() + 1);
      Write(std::move(key), std::move(bytes));
      return absl::OkStatus();
    }
    if (before->second.value != bytes) Write(std::move(key), std::move(bytes));
    stored.concepts.erase(before);
    return absl::OkStatus();
  }

  absl::Status Deprecate(const storage::Record& record) {
    absl::StatusOr<v1::Concept> entry = StoredConcept(record);
    if (!entry.ok()) return entry.status();
    Count(*entry);
    if (entry->state() == v1::CONCEPT_STATE_DEPRECATED) return absl::OkStatus();
    entry->set_state(v1::CONCEPT_STATE_DEPRECATED);
    response_.set_deprecated_concepts(response_.deprecated_concepts() + 1);
    Write(record.key, StoredValue(*entry));
    return absl::OkStatus();
  }

  absl::Status CheckLimits() const {
    if (mutations_.size() > kImportChangesMax) {
      return LimitExceeded("changed concepts in one import", kImportChangesMax);
    }
    if (bytes_ > storage::kImportValueBytes) {
      return LimitExceeded("bytes to store in one import", storage::kImportValueBytes);
    }
    return absl::OkStatus();
  }

  v1::ImportTaxonomyResponse& response() { return response_; }
  std::vector<Mutation> TakeMutations() { return std::move(mutations_); }

 private:
  void Count(const v1::Concept& entry) {
    v1::Taxonomy& taxonomy = *response_.mutable_taxonomy();
    taxonomy.set_concept_count(taxonomy.concept_count() + 1);
    if (entry.kind() == v1::CONCEPT_KIND_OCCUPATION) {
      taxonomy.set_occupation_count(taxonomy.occupation_count() + 1);
    }
    taxonomy.set_relation_count(taxonomy.relation_count() +
                                static_cast<int32_t>(RelationsOf(entry)));
  }

  void Write(Key key, std::string bytes) {
    bytes_ += bytes.size();
    mutations_.push_back({std::move(key), std::move(bytes)});
  }

  v1::ImportTaxonomyResponse response_;
  std::vector<Mutation> mutations_;
  size_t bytes_ = 0;
};

absl::Status ChangedBetween(const storage::Store& store, const v1::Taxonomy& taxonomy,
                            const Key& key) {
  const auto now = store.Read({key});
  if (!now.ok()) return now.status();
  return EtagMismatch(taxonomy.name(),
                      now->front().has_value() ? EtagOf(now->front()->version) : "");
}

}  // namespace

absl::StatusOr<v1::ImportTaxonomyResponse> WriteImport(storage::Store& store,
                                                       const ReceivedImport& import,
                                                       absl::Time now) {
  absl::StatusOr<Stored> stored = ReadStored(store, import.taxonomy_id);
  if (!stored.ok()) return stored.status();
  Changes changes(import, now);
  for (const v1::Concept& entry : import.concepts) {
    if (absl::Status put = changes.Put(entry, *stored); !put.ok()) return put;
  }
  for (const auto& [record_id, record] : stored->concepts) {
    if (absl::Status gone = changes.Deprecate(record); !gone.ok()) return gone;
  }
  if (absl::Status limits = changes.CheckLimits(); !limits.ok()) return limits;

  v1::ImportTaxonomyResponse& response = changes.response();
  if (import.validate_only) return response;
  const Key key = TaxonomyKey(import.taxonomy_id);
  storage::Batch batch;
  // Every import writes this record, so two of them never mix.
  batch.expectations.push_back({key, stored->version});
  batch.mutations = changes.TakeMutations();
  batch.mutations.push_back({key, StoredValue(response.taxonomy())});
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
  const absl::StatusOr<storage::CommitResult> committed = store.Commit(std::move(batch));
  if (absl::IsAborted(committed.status())) return ChangedBetween(store, response.taxonomy(), key);
  if (!committed.ok()) return committed.status();
  response.mutable_taxonomy()->set_etag(EtagOf(committed->sequence));
  return response;
}

}  // namespace passend::service
