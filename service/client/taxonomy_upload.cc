#include "service/client/taxonomy_upload.h"

#include <memory>
#include <utility>

namespace passend::client {
namespace {

namespace v1 = passend::v1;

using Writer = grpc::ClientWriter<v1::ImportTaxonomyRequest>;

// Sends all concepts and the end. False: the server has already answered, so there is no use in
// sending more.
absl::StatusOr<bool> SendConcepts(Writer& writer, const NextConcept& next) {
  v1::ImportTaxonomyRequest batch;
  std::size_t batch_bytes = 0;
  int sent_count = 0;
  while (true) {
    auto found = next();
    if (!found.ok()) return found.status();
    const bool at_end = !found->has_value();
    const std::size_t bytes = at_end ? 0 : (*found)->ByteSizeLong();
    const int count = batch.concepts().concepts_size();
    const bool full = count == kBatchConceptsMax || batch_bytes + bytes > kBatchBytesMax;
    if (count > 0 && (at_end || full)) {
      if (!writer.Write(batch)) return false;
      sent_count += count;
      batch.Clear();
      batch_bytes = 0;
    }
    if (at_end) break;
    *batch.mutable_concepts()->add_concepts() = std::move(**found);
    batch_bytes += bytes;
  }
  v1::ImportTaxonomyRequest last;
  last.mutable_end()->set_concept_count(sent_count);
  return writer.Write(last);
}

}  // namespace

absl::StatusOr<v1::ImportTaxonomyResponse> UploadTaxonomy(Connection& connection,
                                                          const v1::ImportHeader& header,
                                                          const NextConcept& next) {
  grpc::ClientContext context;
  connection.Prepare(context, connection.ImportSeconds());
  v1::ImportTaxonomyResponse response;
  const std::unique_ptr<Writer> writer =
      connection.taxonomies().ImportTaxonomy(&context, &response);
  v1::ImportTaxonomyRequest first;
  *first.mutable_header() = header;
  absl::StatusOr<bool> sent = writer->Write(first);
  if (*sent) sent = SendConcepts(*writer, next);
  if (!sent.ok()) {
    context.TryCancel();
    writer->Finish();
    return sent.status();
  }
  if (*sent) writer->WritesDone();
  if (const grpc::Status status = writer->Finish(); !status.ok()) return StatusFrom(status);
  connection.Note(context);
  return response;
}

}  // namespace passend::client
