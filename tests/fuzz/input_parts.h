// An input of several texts, with zero bytes between them.
#ifndef PASSEND_TESTS_FUZZ_INPUT_PARTS_H_
#define PASSEND_TESTS_FUZZ_INPUT_PARTS_H_

#include <string_view>

namespace passend::fuzz {

// The first of them, which `bytes` has no more afterwards.
inline std::string_view TakePart(std::string_view& bytes) {
  const std::string_view part = bytes.substr(0, bytes.find('\0'));
  bytes.remove_prefix(part.size() + (part.size() < bytes.size() ? 1 : 0));
  return part;
}

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_INPUT_PARTS_H_
