// Reading from the store what matching needs, one thing at a time; index_builder.h reads all.
#ifndef PASSEND_SERVICE_MATCH_MATCH_RECORDS_H_
#define PASSEND_SERVICE_MATCH_MATCH_RECORDS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/match_index.h"
#include "matcher/person.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/match/match_view.h"
#include "storage/store.h"

namespace passend::service {

// A person as stored. `skills_unknown` is true where a validation names a skill that the vocabulary
// it was read with does not have: recorded after a newer import.
struct StoredPerson {
  matcher::Person person;
  v1::PassportState state = v1::PASSPORT_STATE_UNSPECIFIED;
  bool skills_unknown = false;
  // Skills with a validation that an objection is open to, each once, in no order.
  std::vector<matcher::ConceptIndex> contested = {};
};

// Nullopt where there is no such passport. DAMAGED_DATA; errors of the store.
absl::StatusOr<std::optional<StoredPerson>> ReadPerson(const storage::Snapshot& snapshot,
                                                       const std::string& passport_id,
                                                       const matcher::Taxonomy& taxonomy);

// Nullopt where there is no such task. Errors as for ReadPerson.
absl::StatusOr<std::optional<v1::Task>> ReadTask(const storage::Snapshot& snapshot,
                                                 const std::string& task_id);

// True where the task asks for a skill that the vocabulary does not have.
bool AsksUnknownSkill(const v1::Task& task, const matcher::Taxonomy& taxonomy);

// All published policies; the shipped one as version 1 where there is none yet.
absl::StatusOr<PolicyBook> ReadPolicies(const storage::Snapshot& snapshot);

// `taxonomies/esco@12` for each taxonomy, in the order of their names.
absl::StatusOr<std::vector<std::string>> ReadTaxonomyEtags(const storage::Snapshot& snapshot);

// An exposure record: when the person was last in the first page of an answer about a stored task,
// in whole seconds since 1970 as decimal digits. Its id is the passport's.
storage::Key ExposureKey(const std::string& passport_id);
std::string ExposureValue(absl::Time shown);
// Nullopt for a value that is none. 0 stands for "never" and is not written.
std::optional<uint64_t> ParseExposure(std::string_view value);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_RECORDS_H_
