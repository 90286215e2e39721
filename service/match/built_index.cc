#include "service/match/built_index.h"
#include "service/match/index_builder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/match/match_records.h"
#include "service/steady_now.h"

namespace passend::service {
namespace {

constexpr absl::Duration kProgressInterval = absl::Seconds(3);

}  // namespace

absl::StatusOr<BuiltIndex> BuildFromStore(const storage::Store& store, TaxonomyCatalog& catalog,
                                          const BuildWatch& watch) {
  const absl::Time start = SteadyNow();
  auto snapshot = store.GetSnapshot();
  if (!snapshot.ok()) return snapshot.status();
  BuiltIndex built;
  built.records = *std::move(snapshot);
  auto vocabulary = catalog.At(*built.records);
  if (!vocabulary.ok()) return vocabulary.status();
  built.catalog = *std::move(vocabulary);
  auto taxonomies = ReadTaxonomyEtags(*built.records);
  if (!taxonomies.ok()) return taxonomies.status();
  built.taxonomies = *std::move(taxonomies);

  absl::Time told = start;
  auto index = BuildIndex(*built.records, built.catalog->taxonomy(), [&](size_t people) {
    if (SteadyNow() - told >= kProgressInterval) {
      told = SteadyNow();
      watch.log(absl::StrCat("index: ", people, " passports read"));
    }
    return !watch.given_up();
  });
  if (!index.ok()) return index.status();
  built.index = *std::move(index);
  watch.log(absl::StrCat("index: ", built.index->people(), " people and ", built.index->works(),
                         " tasks as of commit ", built.sequence(), ", in ",
                         absl::ToInt64Milliseconds(SteadyNow() - start), " ms"));
  return built;
}

}  // namespace passend::service
