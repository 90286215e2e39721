// Checks an import as a whole, and computes what the taxonomy itself says of each skill.
#ifndef PASSEND_SERVICE_TAXONOMY_COMPILED_IMPORT_H_
#define PASSEND_SERVICE_TAXONOMY_COMPILED_IMPORT_H_

#include "absl/status/status.h"
#include "service/taxonomy/received_import.h"

namespace passend::service {

// Sorts the concepts by name, makes each ACTIVE and computes used_by_occupations (essential or
// optional) and specificity of each SKILL and KNOWLEDGE. Occupations that use no skill (groups of
// occupations) do not count as occupations. On an error `import` is left in no particular state.
//   DUPLICATE_CONCEPT  a name twice
//   INVALID_FIELD      no concept at all; two labels of one language; skills of what is not an
//                      OCCUPATION
//   DANGLING_CONCEPT   a broader, related, essential or optional concept that is not in this
//   import;
//                      a related one that is the concept itself; a broader one on the other side:
//                      an OCCUPATION above what is none, or the other way round; an essential or
//                      optional one that is neither SKILL nor KNOWLEDGE. Mappings may point to what
//                      was never imported.
//   CONCEPT_CYCLE      a circle of broader concepts
absl::Status CompileImport(ReceivedImport& import);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_COMPILED_IMPORT_H_
