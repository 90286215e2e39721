// Records as whoever reads them finds them in a store, whatever bytes they are.
#ifndef PASSEND_TESTS_FUZZ_STORED_RECORDS_H_
#define PASSEND_TESTS_FUZZ_STORED_RECORDS_H_

#include <string_view>

namespace passend::fuzz {

// A person's books: what is read is written in one way.
void Consents(std::string_view value);
void Reveals(std::string_view value);
void Proposals(std::string_view value);
void PartnerBooks(std::string_view value);
void PartnerLinks(std::string_view value);
void Credentials(std::string_view value);
void CredentialStates(std::string_view bytes);

// What was answered: decisions with the looks of those in them, and lists of employers.
void Decisions(std::string_view bytes);
void EmployerLists(std::string_view bytes);

// What the API calls resources.
void Passports(std::string_view value);
void Tasks(std::string_view value);
void Taxonomies(std::string_view value);
void Policies(std::string_view value);

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_STORED_RECORDS_H_
