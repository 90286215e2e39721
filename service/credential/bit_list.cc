#include "service/credential/bit_list.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

#include "service/credential/compact_jwt.h"
#include "service/credential/limits.h"
#include "service/identity/strict_json.h"

namespace passend::service {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib's way to say GZIP
constexpr size_t kStepBytes = 65'536;

const Bytef* BytesOf(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

}  // namespace

std::string BitList::Pack() const {
  z_stream stream = {};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 9, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return "";
  }
  std::string packed(deflateBound(&stream, bytes_.size()), '\0');
  stream.next_in = BytesOf(bytes_);
  stream.avail_in = static_cast<uInt>(bytes_.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int ended = deflate(&stream, Z_FINISH);
  packed.resize(ended == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return "u" + Base64UrlOf(packed);
}

std::optional<BitList> BitList::Unpack(std::string_view packed) {
  if (packed.empty() || packed.front() != 'u') return std::nullopt;
  const auto zipped = FromBase64Url(packed.substr(1));
  if (!zipped) return std::nullopt;
  z_stream stream = {};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) return std::nullopt;
  stream.next_in = BytesOf(*zipped);
  stream.avail_in = static_cast<uInt>(zipped->size());
  BitList list(0);
  int state = Z_OK;
  while (state == Z_OK && list.bytes_.size() <= kUnpackedListBytesMax) {
    const size_t before = list.bytes_.size();
    list.bytes_.resize(before + kStepBytes);
    stream.next_out = reinterpret_cast<Bytef*>(list.bytes_.data() + before);
    stream.avail_out = kStepBytes;
    state = inflate(&stream, Z_NO_FLUSH);
    list.bytes_.resize(before + kStepBytes - stream.avail_out);
    if (state == Z_OK && stream.avail_in == 0 && stream.avail_out != 0) state = Z_DATA_ERROR;
  }
  const bool whole = state == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  if (!whole || list.bytes_.empty() || list.bytes_.size() > kUnpackedListBytesMax) {
    return std::nullopt;
  }
  return list;
}

}  // namespace passend::service
