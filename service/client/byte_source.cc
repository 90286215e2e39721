#include "service/client/byte_source.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>

namespace passend::client {
namespace {

constexpr std::size_t kBufferBytes = 256 << 10;

absl::Status OpenError(const std::string& path, int error) {
  const std::string text = path + ": " + std::strerror(error);
  if (error == ENOENT) return absl::NotFoundError(text);
  return absl::PermissionDeniedError(text);
}

}  // namespace

ByteSource::ByteSource(std::string path, gzFile file, std::int64_t size_bytes)
    : path_(std::move(path)), file_(file), size_bytes_(size_bytes) {}

absl::StatusOr<ByteSource> ByteSource::Open(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return OpenError(path, EISDIR);
  errno = 0;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return OpenError(path, errno == 0 ? ENOMEM : errno);
  gzbuffer(file, static_cast<unsigned>(kBufferBytes));
  const auto size = std::filesystem::file_size(path, error);
  return ByteSource(path, file, error ? 0 : static_cast<std::int64_t>(size));
}

absl::Status ByteSource::Fill() {
  if (next_ < buffer_.size()) return absl::OkStatus();
  buffer_.resize(kBufferBytes);
  next_ = 0;
  const int count = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(kBufferBytes));
  buffer_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  int error = Z_OK;
  const char* text = gzerror(file_.get(), &error);
  if (count < 0 || error == Z_BUF_ERROR) {
    buffer_.clear();
    return absl::DataLossError(path_ + ": " + text);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<char>> ByteSource::Peek() {
  if (absl::Status filled = Fill(); !filled.ok()) return filled;
  if (buffer_.empty()) return std::nullopt;
  return buffer_[next_];
}

absl::StatusOr<std::optional<char>> ByteSource::Next() {
  auto byte = Peek();
  if (byte.ok() && byte->has_value()) ++next_;
  return byte;
}

absl::Status ByteSource::PassByteOrderMark() {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (absl::Status filled = Fill(); !filled.ok()) return filled;
  if (buffer_.starts_with(kByteOrderMark)) next_ = kByteOrderMark.size();
  return absl::OkStatus();
}

std::int64_t ByteSource::consumed_bytes() const { return gzoffset(file_.get()); }

absl::StatusOr<std::optional<std::string>> NextLine(ByteSource& source,
                                                    std::size_t line_bytes_max) {
  std::string line;
  bool any = false;
  bool too_long = false;
  while (true) {
    auto byte = source.Next();
    if (!byte.ok()) return byte.status();
    if (!byte->has_value()) break;
    any = true;
    if (**byte == '\n') break;
    too_long = too_long || line.size() == line_bytes_max;
    if (!too_long) line += **byte;
  }
  if (!any) return std::nullopt;
  if (too_long) {
    return absl::InvalidArgumentError(source.path() + ": a line is longer than " +
                                      std::to_string(line_bytes_max) + " bytes");
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path, std::size_t bytes_max) {
  auto source = ByteSource::Open(path);
  if (!source.ok()) return source.status();
  std::string text;
  while (true) {
    auto byte = source->Next();
    if (!byte.ok()) return byte.status();
    if (!byte->has_value()) return text;
    if (text.size() == bytes_max) {
      return absl::ResourceExhaustedError(path + ": larger than " + std::to_string(bytes_max) +
                                          " bytes");
    }
    text += **byte;
  }
}

}  // namespace passend::client
