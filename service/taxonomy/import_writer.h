// Writes a checked import as one commit.
#ifndef PASSEND_SERVICE_TAXONOMY_IMPORT_WRITER_H_
#define PASSEND_SERVICE_TAXONOMY_IMPORT_WRITER_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "service/taxonomy/received_import.h"
#include "storage/store.h"

namespace passend::service {

// Writes the taxonomy's record, the concepts that are new or different, and those that are no
// longer there as DEPRECATED: one commit with one journal event, under the taxonomy's key
// (records/change_event.h). `import` has been compiled (compiled_import.h). With validate_only it
// writes nothing and answers what it would have done; the taxonomy has no etag then.
//   ETAG_MISMATCH   (ABORTED) another import of the taxonomy came in between
//   LIMIT_EXCEEDED  more changes or bytes than one commit takes
//   DAMAGED_DATA    what is stored of the taxonomy cannot be read
//   and whatever Store::Commit gives. Nothing is written on any error.
absl::StatusOr<v1::ImportTaxonomyResponse> WriteImport(storage::Store& store,
                                                       const ReceivedImport& import,
                                                       absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_IMPORT_WRITER_H_
