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

// Where the HTML between header and footer is wider than this (PrintedWidth), it is set closer and
// has a smaller room (printed_parts.h). Either way it fits on four sides:
// tests/clients/python/printed_pages_test.py prints the fullest passport there may be, and counts.
inline constexpr size_t kWideWidthMax = 10'000;

// A whole HTML document: nothing in it is fetched or run, and every text is escaped. Skills stand
// with the highest level first. What the passport lacks has no heading: whoever may not see
// something, or leaves it out, does not see that it was there. What has no room is counted, or
// ends in dots, and the footer then says where all of it is. It never tells where the person lives.
// `language_code` is `nl` or `en`.
std::string PrintPassport(const v1::Passport& passport, const PrintedLabels& labels,
                          std::string_view language_code, const PrintOptions& options);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_PRINTED_PASSPORT_H_
