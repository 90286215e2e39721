// ESCO 1.1.1 as its publisher's tables have it, for tests with real data.
#ifndef PASSEND_TESTS_SERVICE_TAXONOMY_ESCO_FILES_H_
#define PASSEND_TESTS_SERVICE_TAXONOMY_ESCO_FILES_H_

#include <string>
#include <vector>

#include "passend/v1/taxonomy.pb.h"

namespace passend::service {

// Rows of a gzip table, fields after RFC 4180 (comma) or plain (tab); the first row names the
// columns. Empty where the file cannot be read.
std::vector<std::vector<std::string>> ReadTable(const std::string& path, char delimiter);

// Skills, groups and occupations with their relations, English labels, and Dutch ones where there
// are any, as concepts of taxonomies/esco. `folder` has the files of the publisher, gzip.
std::vector<v1::Concept> ReadEsco(const std::string& folder);

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_TAXONOMY_ESCO_FILES_H_
