// A taxonomy streamed in batches.
#ifndef PASSEND_SERVICE_CLIENT_TAXONOMY_UPLOAD_H_
#define PASSEND_SERVICE_CLIENT_TAXONOMY_UPLOAD_H_

#include <functional>
#include <optional>

#include "absl/status/statusor.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "service/client/connection.h"

namespace passend::client {

// A batch is sent when it has so many concepts or so many bytes; gRPC takes 4 MiB in one message.
inline constexpr int kBatchConceptsMax = 500;
inline constexpr std::size_t kBatchBytesMax = 1 << 20;

// Gives the next concept; none at the end.
using NextConcept = std::function<absl::StatusOr<std::optional<passend::v1::Concept>>()>;

// Streams a taxonomy to the server, which writes all of it or nothing. An error of `next` breaks
// the stream off and is returned.
absl::StatusOr<passend::v1::ImportTaxonomyResponse> UploadTaxonomy(
    Connection& connection, const passend::v1::ImportHeader& header, const NextConcept& next);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_TAXONOMY_UPLOAD_H_
