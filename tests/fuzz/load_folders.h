// What `passend load` reads.
#ifndef PASSEND_TESTS_FUZZ_LOAD_FOLDERS_H_
#define PASSEND_TESTS_FUZZ_LOAD_FOLDERS_H_

#include <string_view>

namespace passend::fuzz {

// A task, a person, and people that are a line each, with zero bytes between them: as files, what
// becomes of them as records, and what becomes of the same content written in another way.
void LoadFolder(std::string_view bytes);

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_LOAD_FOLDERS_H_
