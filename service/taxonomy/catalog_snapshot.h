// All taxonomies at one moment, ready to be matched with, named and searched.
#ifndef PASSEND_SERVICE_TAXONOMY_CATALOG_SNAPSHOT_H_
#define PASSEND_SERVICE_TAXONOMY_CATALOG_SNAPSHOT_H_

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/taxonomy.h"
#include "passend/v1/taxonomy.pb.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "service/taxonomy/label_index.h"

namespace passend::service {

// What to look for, with defaults filled in.
struct ConceptSearch {
  std::string text;
  Language language = Language::kDutch;
  std::vector<v1::ConceptKind> kinds;
  std::optional<std::string> taxonomy_id;  // nullopt: all
  size_t limit = 10;
};

// Immutable; any number of threads may use it.
class CatalogSnapshot {
  class OnlyBuild {
    friend class CatalogSnapshot;
    OnlyBuild() = default;
  };

 public:
  explicit CatalogSnapshot(OnlyBuild) {}

  // From all concepts of all taxonomies, in any order. INTERNAL where they do not fit together:
  // imports keep that from happening.
  static absl::StatusOr<std::shared_ptr<const CatalogSnapshot>> Build(
      std::vector<v1::Concept> concepts);

  CatalogSnapshot(const CatalogSnapshot&) = delete;
  CatalogSnapshot& operator=(const CatalogSnapshot&) = delete;

  // Over all vocabularies. It stays alive for as long as it is held, snapshot or not.
  const std::shared_ptr<const matcher::Taxonomy>& taxonomy() const { return taxonomy_; }

  std::optional<v1::ConceptKind> KindOf(std::string_view concept_name) const;

  // What it is called in the language, or in English, or in whatever language there is; its name
  // where there is no label. Valid as long as the snapshot.
  std::string_view LabelOf(matcher::ConceptIndex index, Language language) const;

  // Best first, over the taxonomies and kinds asked for (LabelIndex::Search says what is best).
  // Deprecated concepts are not found: nobody should choose them any more.
  std::vector<v1::ConceptHit> Search(const ConceptSearch& search) const;

 private:
  // The text of a label and whose it is.
  struct Texts {
    std::array<std::string, kLanguages> preferred;
    std::array<std::vector<std::string>, kLanguages> alternatives;
  };
  using Shelf = std::pair<std::string, v1::ConceptKind>;  // taxonomy id and kind

  void TakeTexts(std::vector<v1::Concept>& concepts);
  void IndexLabels(const std::vector<v1::Concept>& concepts);
  v1::ConceptHit HitOf(const LabelHit& hit, Language language) const;

  std::shared_ptr<const matcher::Taxonomy> taxonomy_;
  std::vector<v1::ConceptKind> kinds_;  // by ConceptIndex
  std::vector<Texts> texts_;            // by ConceptIndex; the indices point into it
  std::map<Shelf, LabelIndex> indices_;
};

// The language of a code, `nl` or `en`; Dutch where it is empty.
Language LanguageOf(std::string_view language_code);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_CATALOG_SNAPSHOT_H_
