// Numbers that somebody typed: what is none is refused, and not taken for 0.
#ifndef PASSEND_TESTS_STRESS_NUMBERS_H_
#define PASSEND_TESTS_STRESS_NUMBERS_H_

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/numbers.h"

namespace passend::storage {

// The whole number of an option or a variable; ends the process with 2 where it is none, or less.
inline uint64_t NumberOf(const std::string& name, const std::string& text, uint64_t at_least = 0) {
  uint64_t number = 0;
  if (absl::SimpleAtoi(text, &number) && number >= at_least) return number;
  std::cerr << name << ": \"" << text << "\" is no whole number from " << at_least << " on\n";
  std::exit(2);
}

// Of an environment variable; `otherwise` where it is not set.
inline uint64_t NumberFrom(const char* variable, uint64_t otherwise, uint64_t at_least = 0) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : NumberOf(variable, text, at_least);
}

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_NUMBERS_H_
