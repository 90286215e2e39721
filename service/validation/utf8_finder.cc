#include "service/validation/utf8_finder.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "service/text.h"

namespace passend::service {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// As deep as the generated parser goes.
constexpr int kDepthMax = 100;

struct Sequence {
  size_t bytes;         // 0: no such start
  uint32_t least;       // smaller code points have a shorter form
  uint32_t first_bits;  // of the first byte
};

Sequence SequenceOf(unsigned char first) {
  if (first < 0x80) return {1, 0, first};
  if ((first & 0xE0) == 0xC0) return {2, 0x80, first & 0x1Fu};
  if ((first & 0xF0) == 0xE0) return {3, 0x800, first & 0x0Fu};
  if ((first & 0xF8) == 0xF0) return {4, 0x10000, first & 0x07u};
  return {0, 0, 0};
}

class Walker {
 public:
  std::optional<std::string> Walk(const google::protobuf::Descriptor& type, std::string_view bytes,
                                  int depth) {
    CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                           static_cast<int>(bytes.size()));
    std::map<int, int> seen;  // entries so far of each repeated field
    while (const uint32_t tag = input.ReadTag()) {
      const FieldDescriptor* field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
      if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
        if (!WireFormatLite::SkipField(&input, tag)) return std::nullopt;
        continue;
      }
      uint32_t length = 0;
      if (!input.ReadVarint32(&length)) return std::nullopt;
      const auto at = static_cast<size_t>(input.CurrentPosition());
      if (length > bytes.size() - at) return std::nullopt;
      const std::string_view value = bytes.substr(at, length);
      if (!input.Skip(static_cast<int>(length))) return std::nullopt;
      if (field == nullptr) continue;
      std::string path(field->name());
      if (field->is_repeated()) absl::StrAppend(&path, "[", seen[field->number()]++, "]");
      if (field->type() == FieldDescriptor::TYPE_STRING && !IsUtf8(value)) return path;
      if (field->type() == FieldDescriptor::TYPE_MESSAGE && depth < kDepthMax) {
        if (auto inner = Walk(*field->message_type(), value, depth + 1)) {
          return absl::StrCat(path, ".", *inner);
        }
      }
    }
    return std::nullopt;
  }
};

}  // namespace

bool IsUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const Sequence sequence = SequenceOf(static_cast<unsigned char>(text[at]));
    if (sequence.bytes == 0 || sequence.bytes > text.size() - at) return false;
    uint32_t code_point = sequence.first_bits;
    for (size_t i = 1; i < sequence.bytes; ++i) {
      const auto byte = static_cast<unsigned char>(text[at + i]);
      if ((byte & 0xC0) != 0x80) return false;
      code_point = (code_point << 6) | (byte & 0x3Fu);
    }
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point < sequence.least || surrogate || code_point > 0x10FFFF) return false;
    at += sequence.bytes;
  }
  return true;
}

size_t CharactersIn(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::optional<std::string> FindInvalidUtf8(const google::protobuf::Descriptor& type,
                                           std::string_view bytes) {
  return Walker().Walk(type, bytes, 0);
}

}  // namespace passend::service
