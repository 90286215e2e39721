#include "service/records/change_event.h"

#include <utility>

#include "storage/byte_codec.h"

namespace passend::service {
namespace {

constexpr uint8_t kMoved = 1;
constexpr uint8_t kPartnersUnknown = 2;

}  // namespace

storage::Event ChangeEvent(const storage::Key& key, Change change) {
  return {key, std::string(1, static_cast<char>(change))};
}

std::optional<Change> ChangeOf(std::string_view payload) {
  const std::optional<PersonChange> change = PersonChangeOf(payload);
  if (!change) return std::nullopt;
  return change->change;
}

storage::Event PersonEvent(const storage::Key& key, const PersonChange& change) {
  storage::Event event = ChangeEvent(key, change.change);
  const int flags = (change.moved ? kMoved : 0) | (change.partners_unknown ? kPartnersUnknown : 0);
  if (flags == 0 && change.partners.empty()) return event;
  event.payload.push_back(static_cast<char>(flags));
  for (const std::string& partner : change.partners) {
    storage::AppendBytes<uint8_t>(event.payload, partner);
  }
  return event;
}

std::optional<PersonChange> PersonChangeOf(std::string_view payload) {
  storage::ByteReader reader(payload);
  const auto kind = reader.TakeNumber<uint8_t>();
  if (!kind) return std::nullopt;
  PersonChange change;
  change.change = static_cast<Change>(*kind);
  if (change.change != Change::kChanged && change.change != Change::kErased) return std::nullopt;
  if (reader.empty()) return change;
  const auto flags = reader.TakeNumber<uint8_t>();
  if (!flags || *flags > (kMoved | kPartnersUnknown)) return std::nullopt;
  change.moved = (*flags & kMoved) != 0;
  change.partners_unknown = (*flags & kPartnersUnknown) != 0;
  while (!reader.empty()) {
    const auto partner = reader.TakeBytes<uint8_t>();
    if (!partner) return std::nullopt;
    change.partners.emplace_back(*partner);
  }
  return change;
}

}  // namespace passend::service
