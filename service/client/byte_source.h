// Reading files that may be gzip.
#ifndef PASSEND_SERVICE_CLIENT_BYTE_SOURCE_H_
#define PASSEND_SERVICE_CLIENT_BYTE_SOURCE_H_

#include <zlib.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "absl/status/statusor.h"

namespace passend::client {

// The bytes of a file, plain or gzip; which of the two is seen from its first bytes. Not
// thread-safe.
class ByteSource {
 public:
  // NOT_FOUND or PERMISSION_DENIED, with the path, where the file cannot be opened.
  static absl::StatusOr<ByteSource> Open(const std::string& path);

  // The next byte; none at the end. DATA_LOSS for a gzip file that is damaged or cut off.
  absl::StatusOr<std::optional<char>> Next();

  // The next byte without taking it.
  absl::StatusOr<std::optional<char>> Peek();

  // Passes over the byte order mark that some programs begin a text with. Before the first Next.
  absl::Status PassByteOrderMark();

  // Bytes taken from the file itself, before unpacking: for progress against size_bytes().
  std::int64_t consumed_bytes() const;
  std::int64_t size_bytes() const { return size_bytes_; }
  const std::string& path() const { return path_; }

 private:
  struct CloseFile {
    void operator()(gzFile file) const { gzclose_r(file); }
  };
  ByteSource(std::string path, gzFile file, std::int64_t size_bytes);
  absl::Status Fill();

  std::string path_;
  std::unique_ptr<gzFile_s, CloseFile> file_;
  std::int64_t size_bytes_ = 0;
  std::string buffer_;
  std::size_t next_ = 0;
};

// The next line without its end (LF or CR LF), whatever it holds; none at the end of the file. A
// last line without an end counts. INVALID_ARGUMENT for a line above `line_bytes_max`, which is
// then passed over.
absl::StatusOr<std::optional<std::string>> NextLine(ByteSource& source,
                                                    std::size_t line_bytes_max = 16 << 20);

// All of a file. RESOURCE_EXHAUSTED above `bytes_max`; errors as ByteSource.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path,
                                          std::size_t bytes_max = 64 << 20);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_BYTE_SOURCE_H_
