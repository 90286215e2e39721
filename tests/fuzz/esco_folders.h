// The published files of ESCO.
#ifndef PASSEND_TESTS_FUZZ_ESCO_FOLDERS_H_
#define PASSEND_TESTS_FUZZ_ESCO_FOLDERS_H_

#include <string_view>

namespace passend::fuzz {

// The rows of one file after another, with zero bytes between the files. A part that begins with
// `!` is a file with its first line; one that is `-` is a file that is not there.
void EscoFolder(std::string_view bytes);

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_ESCO_FOLDERS_H_
