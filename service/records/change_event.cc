#include "service/records/change_event.h"

namespace passend::service {

storage::Event ChangeEvent(const storage::Key& key, Change change) {
  return {key, std::string(1, static_cast<char>(change))};
}

std::optional<Change> ChangeOf(std::string_view payload) {
  if (payload.size() != 1) return std::nullopt;
  const auto change = static_cast<Change>(payload[0]);
  if (change != Change::kChanged && change != Change::kErased) return std::nullopt;
  return change;
}

}  // namespace passend::service
