// A passport as a page to print: one to four sides of A4, to hand over and be proud of.
#ifndef PASSEND_SERVICE_PORTABLE_PRINTED_PASSPORT_H_
#define PASSEND_SERVICE_PORTABLE_PRINTED_PASSPORT_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "passend/v1/passport.pb.h"

namespace passend::service {

// What skills are called, by their names.
using PrintedLabels = std::map<std::string, std::string>;

struct PrintOptions {
  std::string display_name;  // empty: a line to write the name on
  bool for_employer = false;
  bool is_signed = false;  // whether there are signed credentials of it: then the page says so
  absl::Time now;
};

// So many skills are told in full, so many more by name and level; of the rest how many there are.
// With texts of usual length it all fits on four sides.
inline constexpr size_t kSkillsToldInFull = 20;
inline constexpr size_t kSkillsNamed = 60;
// Of one skill so much evidence, the newest first.
inline constexpr size_t kEvidenceLines = 3;
// Of the hours of a week so many blocks, three a day.
inline constexpr size_t kTimesTold = 21;

// A whole HTML document: nothing in it is fetched or run, and every text is escaped. Skills stand
// with the highest level first. What the passport lacks has no heading: whoever may not see
// something, or leaves it out, does not see that it was there. It never tells where the person
// lives. `language_code` is `nl` or `en`.
std::string PrintPassport(const v1::Passport& passport, const PrintedLabels& labels,
                          std::string_view language_code, const PrintOptions& options);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_PRINTED_PASSPORT_H_
