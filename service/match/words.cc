#include "service/match/words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "service/text.h"

namespace passend::service {
namespace {

// Days of a month, in ten-thousandths of a day: a Gregorian year has 365.2425.
constexpr int64_t kMonthTenThousandths = 304'369;

int MonthsOf(int days) {
  return static_cast<int>((int64_t{days} * 10'000 + kMonthTenThousandths / 2) /
                          kMonthTenThousandths);
}

}  // namespace

const MatchWords& MatchWordsFor(std::string_view language_code, Reader reader) {
  const bool english = language_code == "en";
  if (reader == Reader::kPerson) return english ? kEnglishPersonWords : kDutchPersonWords;
  return english ? kEnglishMatchWords : kDutchMatchWords;
}

std::string_view TextOf(std::span<const NumberedWord> words, int number) {
  const auto word = std::find_if(words.begin(), words.end(),
                                 [&](const NumberedWord& entry) { return entry.number == number; });
  return word == words.end() ? "" : word->text;
}

const SupportWord& TextOf(std::span<const SupportWord> words, int number) {
  static constexpr SupportWord kNone{0, "", "", "", ""};
  const auto word = std::find_if(words.begin(), words.end(),
                                 [&](const SupportWord& entry) { return entry.number == number; });
  return word == words.end() ? kNone : *word;
}

std::string Listed(std::span<const std::string_view> texts) {
  std::string listed;
  for (auto text = texts.begin(); text != texts.end(); ++text) {
    if (std::find(texts.begin(), text, *text) != text) continue;
    absl::StrAppend(&listed, listed.empty() ? "" : ", ", ToAbsl(*text));
  }
  return listed;
}

std::string AgeText(const MatchWords& words, int age_days) {
  if (age_days == 0) return words.today;
  if (age_days == 1) return words.one_day;
  if (age_days < 14) return absl::Substitute(words.days, age_days);
  const int months = MonthsOf(age_days);
  if (months < 2) {
    const int weeks = (age_days + 3) / 7;
    return absl::Substitute(words.weeks, weeks);
  }
  if (months < 24) return absl::Substitute(words.months, months);
  return absl::Substitute(words.years, (months + 6) / 12);
}

std::string HundredthsText(const MatchWords& words, int hundredths) {
  const int tenths = (hundredths + 5) / 10;
  if (tenths % 10 == 0) return absl::StrCat(tenths / 10);
  return absl::StrCat(tenths / 10, words.decimal_mark, tenths % 10);
}

}  // namespace passend::service
