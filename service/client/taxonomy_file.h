// A taxonomy in JSON lines.
#ifndef PASSEND_SERVICE_CLIENT_TAXONOMY_FILE_H_
#define PASSEND_SERVICE_CLIENT_TAXONOMY_FILE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/taxonomy.pb.h"
#include "service/client/byte_source.h"

namespace passend::client {

// Reads a taxonomy from JSON lines, plain or gzip: the first line is {"taxonomy": {...}}, each one
// after it a Concept. Blank lines are passed over. INVALID_ARGUMENT, with path and line, for what
// is not so. Not thread-safe.
class TaxonomyFile {
 public:
  // Opens the file and reads its header.
  static absl::StatusOr<TaxonomyFile> Open(const std::string& path);

  const passend::v1::Taxonomy& taxonomy() const { return taxonomy_; }

  // The next concept; none at the end.
  absl::StatusOr<std::optional<passend::v1::Concept>> Next();

  // For progress.
  const ByteSource& source() const { return source_; }

 private:
  explicit TaxonomyFile(ByteSource source) : source_(std::move(source)) {}
  absl::StatusOr<std::optional<std::string>> NextFilledLine();
  absl::Status Error(const std::string& what) const;

  ByteSource source_;
  passend::v1::Taxonomy taxonomy_;
  int line_ = 0;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_TAXONOMY_FILE_H_
