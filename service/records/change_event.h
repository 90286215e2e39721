// What a journal event tells besides its key: whether the record was changed or erased, and of a
// person who is to forget them. Followers read the record itself; nothing personal is in the
// journal.
#ifndef PASSEND_SERVICE_RECORDS_CHANGE_EVENT_H_
#define PASSEND_SERVICE_RECORDS_CHANGE_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/store.h"

namespace passend::service {

// The payload's first byte, and its only one as a rule. The numbers are frozen on disk.
enum class Change : uint8_t {
  kChanged = 1,  // created, changed, closed, revoked: read the record
  kErased = 2,   // a passport, and with it all its validations, which have no events of their own
};

storage::Event ChangeEvent(const storage::Key& key, Change change);

// Nullopt for a payload that is not one of these.
std::optional<Change> ChangeOf(std::string_view payload);

// A change of a person, for those who keep a copy (feed/). State alone does not say who could see
// somebody before, so the commit that takes the sight away names them.
struct PersonChange {
  Change change = Change::kChanged;
  // Whether the person's region is another one from now on.
  bool moved = false;
  // kErased: the partners that could see the person until now. kChanged: those that, by this
  // commit, no longer see them by a consent or as their own; some may still, by something else.
  // `partners/{partner}`; at most kNamedPartnersMax.
  std::vector<std::string> partners = {};
  // kErased: it is not known who could see the person, because nothing could be read any more.
  // Whoever keeps copies has to begin again.
  bool partners_unknown = false;
  friend bool operator==(const PersonChange&, const PersonChange&) = default;
};

// More than a passport's partners and its kept consents.
inline constexpr size_t kNamedPartnersMax = 1'000;

// On disk: the byte of Change; where there is more to tell, a byte of flags (bit 0: moved, bit 1:
// partners_unknown), then each partner with a byte of its length.
storage::Event PersonEvent(const storage::Key& key, const PersonChange& change);

// Nullopt for a payload that is not one of these.
std::optional<PersonChange> PersonChangeOf(std::string_view payload);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RECORDS_CHANGE_EVENT_H_
