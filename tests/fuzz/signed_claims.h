// What a token says whose signature is good.
#ifndef PASSEND_TESTS_FUZZ_SIGNED_CLAIMS_H_
#define PASSEND_TESTS_FUZZ_SIGNED_CLAIMS_H_

#include <string_view>

namespace passend::fuzz {

// A header and claims, as known_signer.h has them. Whoever is let in by them is whom they name, was
// asked for, and is let in no longer than they say.
void SignedClaims(std::string_view bytes);

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_SIGNED_CLAIMS_H_
