// What a credential says whose signature is good.
#ifndef PASSEND_TESTS_FUZZ_SIGNED_CREDENTIALS_H_
#define PASSEND_TESTS_FUZZ_SIGNED_CREDENTIALS_H_

#include <string_view>

namespace passend::fuzz {

// A header and a credential, as known_signer.h has them. One that is taken is of a known issuer, as
// it was signed, and good now; and what a badge says is a validation.
void SignedCredentials(std::string_view bytes);

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_SIGNED_CREDENTIALS_H_
