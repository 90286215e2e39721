// Who was told who a person is, as the one record that it is kept in.
#ifndef PASSEND_SERVICE_CONSENT_REVEAL_BOOK_H_
#define PASSEND_SERVICE_CONSENT_REVEAL_BOOK_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/consent.pb.h"
#include "service/names/resource_names.h"
#include "storage/store.h"

namespace passend::service {

struct RevealBook {
  storage::Version version = 0;  // 0: nobody was ever told
  // One for each employer and task, in the order of these; `consent` is the whole name.
  std::vector<v1::Reveal> reveals;

  // Adds that `consent` let `employer` know it for `task`.
  void Add(const std::string& employer, const std::string& task, const std::string& consent,
           absl::Time now);
};

// The book of `passport`; an empty one where it has none. DAMAGED_DATA; errors of the store.
absl::StatusOr<RevealBook> ReadReveals(const storage::Store& store, const PassportName& passport);

// The value to store.
std::string StoredValue(const RevealBook& book);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CONSENT_REVEAL_BOOK_H_
