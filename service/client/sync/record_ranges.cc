#include "service/client/sync/record_ranges.h"

#include <sodium.h>

#include <algorithm>

#include "service/client/request_id.h"

namespace passend::client {

std::string RecordRanges::Mac(const std::string& text) const {
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key_.data()),
                              key_.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                text.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
  return mac;
}

std::string RecordRanges::PlaceOf(const std::string& external_id) const {
  return Hexadecimal(Mac(external_id));
}

void RecordRanges::Add(const std::string& external_id, const std::string& revision) {
  if (revision.empty()) return;
  entries_.push_back({PlaceOf(external_id), Mac(external_id + '\0' + revision), external_id});
}

void RecordRanges::Sort() {
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.place < b.place; });
}

std::vector<RecordRanges::Entry> RecordRanges::In(const std::string& prefix) const {
  const auto first = std::lower_bound(
      entries_.begin(), entries_.end(), prefix,
      [](const Entry& entry, const std::string& start) { return entry.place < start; });
  auto last = first;
  while (last != entries_.end() && last->place.starts_with(prefix)) ++last;
  return {first, last};
}

passend::v1::RecordRange RecordRanges::Range(const std::string& prefix) const {
  passend::v1::RecordRange range;
  range.set_prefix(prefix);
  std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
  std::int64_t count = 0;
  for (const Entry& entry : In(prefix)) {
    ++count;
    for (std::size_t i = 0; i < digest.size(); ++i) {
      digest[i] = static_cast<char>(digest[i] ^ entry.mark[i]);
    }
  }
  range.set_count(count);
  range.set_digest(digest);
  return range;
}

}  // namespace passend::client
