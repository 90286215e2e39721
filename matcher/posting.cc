#include "matcher/posting.h"

#include <algorithm>

namespace passend::matcher {
namespace {

constexpr int kValueBits = kPostingCodeShift;

bool InRange(int64_t days) { return -kPostingDaysMax <= days && days <= kPostingDaysMax; }

void Append(uint32_t row, uint32_t code, int64_t days, std::vector<Posting>& postings) {
  const auto posting = [&](uint32_t its_code, int64_t value) {
    postings.push_back(row << kPostingRowShift | its_code << kPostingCodeShift |
                       (static_cast<uint32_t>(value) & kPostingValueMask));
  };
  if (days < 0 || days > kPostingValueMask) posting(kPostingHigh, days >> kValueBits);
  posting(code, days);
}

}  // namespace

bool FitsPostings(std::span<const Validation> validations, Day base) {
  return !validations.empty() &&
         std::all_of(validations.begin(), validations.end(), [&](const Validation& one) {
           return one.level >= 1 && one.level <= kLevelMax &&
                  static_cast<int>(one.method) < kMethods &&
                  InRange(int64_t{one.validated} - base) &&
                  InRange(int64_t{one.expires.value_or(one.validated)} - one.validated) &&
                  InRange(int64_t{one.revoked.value_or(one.validated)} - one.validated);
         });
}

void AppendRun(std::span<const Validation> validations, Day base, uint32_t row,
               std::vector<Posting>& postings) {
  for (const Validation& one : validations) {
    const int code = static_cast<int>(one.method) * kLevelMax + one.level - 1;
    Append(row, static_cast<uint32_t>(code), int64_t{one.validated} - base, postings);
    if (one.expires) Append(row, kPostingExpires, int64_t{*one.expires} - one.validated, postings);
    if (one.revoked) Append(row, kPostingRevoked, int64_t{*one.revoked} - one.validated, postings);
  }
}

}  // namespace passend::matcher
