#include "storage/journal_codec.h"

#include <sodium.h>

#include <algorithm>

#include "storage/byte_codec.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

absl::Status EntryDamaged() { return Damaged("a journal entry", "its parts do not fit"); }

std::optional<Event> TakeEvent(ByteReader& reader) {
  const auto kind = reader.TakeNumber<uint8_t>();
  const auto id = reader.TakeBytes<uint16_t>();
  const auto payload = reader.TakeBytes<uint32_t>();
  if (!kind || !id || !payload) return std::nullopt;
  return Event{{static_cast<RecordKind>(*kind), std::string(*id)}, std::string(*payload)};
}

const unsigned char* Unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string EncodeEntryBody(absl::Time committed_at, const std::vector<Event>& events,
                            const std::optional<Idempotency>& idempotency) {
  std::string body;
  AppendNumber(body, static_cast<uint64_t>(absl::ToUnixMicros(committed_at)));
  AppendBytes<uint16_t>(body, idempotency ? std::string_view(idempotency->request) : "");
  AppendNumber(body, static_cast<uint32_t>(events.size()));
  for (const Event& event : events) {
    AppendNumber(body, static_cast<uint8_t>(event.key.kind));
    AppendBytes<uint16_t>(body, event.key.id);
    AppendBytes<uint32_t>(body, event.payload);
  }
  return body;
}

JournalMark Follow(const JournalMark& previous, std::string_view body) {
  JournalMark mark{previous.sequence + 1, {}};
  std::string head(previous.chain.begin(), previous.chain.end());
  AppendNumber(head, mark.sequence);
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, mark.chain.size());
  crypto_generichash_update(&state, Unsigned(head), head.size());
  crypto_generichash_update(&state, Unsigned(body), body.size());
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(mark.chain.data()),
                           mark.chain.size());
  return mark;
}

std::string EncodeEntry(const ChainHash& chain, std::string_view body) {
  std::string content(chain.begin(), chain.end());
  content.append(body);
  return content;
}

absl::StatusOr<EntryParts> SplitEntry(std::string_view content) {
  EntryParts parts;
  if (content.size() < parts.chain.size()) return EntryDamaged();
  std::copy_n(content.begin(), parts.chain.size(), parts.chain.begin());
  parts.body = content.substr(parts.chain.size());
  return parts;
}

absl::StatusOr<KeptEntry> DecodeEntry(Sequence sequence, std::string_view content) {
  absl::StatusOr<EntryParts> parts = SplitEntry(content);
  if (!parts.ok()) return parts.status();
  ByteReader reader(parts->body);
  const auto micros = reader.TakeNumber<uint64_t>();
  const auto request = reader.TakeBytes<uint16_t>();
  const auto count = reader.TakeNumber<uint32_t>();
  if (!micros || !request || !count) return EntryDamaged();
  KeptEntry kept;
  kept.chain = parts->chain;
  kept.entry.sequence = sequence;
  kept.entry.committed_at = absl::FromUnixMicros(static_cast<int64_t>(*micros));
  if (!request->empty()) kept.request = std::string(*request);
  for (uint32_t i = 0; i < *count; ++i) {
    std::optional<Event> event = TakeEvent(reader);
    if (!event) return EntryDamaged();
    kept.entry.events.push_back(*std::move(event));
  }
  if (!reader.empty()) return EntryDamaged();
  return kept;
}

}  // namespace passend::storage
