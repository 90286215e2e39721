// What a journal event tells besides its key: whether the record was changed or erased. Followers
// read the record itself; nothing personal is in the journal.
#ifndef PASSEND_SERVICE_RECORDS_CHANGE_EVENT_H_
#define PASSEND_SERVICE_RECORDS_CHANGE_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace passend::service {

// The payload's only byte. The numbers are frozen on disk.
enum class Change : uint8_t {
  kChanged = 1,  // created, changed, closed, revoked: read the record
  kErased = 2,   // a passport, and with it all its validations, which have no events of their own
};

storage::Event ChangeEvent(const storage::Key& key, Change change);

// Nullopt for a payload that is not one of these.
std::optional<Change> ChangeOf(std::string_view payload);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RECORDS_CHANGE_EVENT_H_
