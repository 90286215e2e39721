// Which people a commit of the journal is about, for those who keep copies of them.
#ifndef PASSEND_SERVICE_FEED_PERSON_EVENTS_H_
#define PASSEND_SERVICE_FEED_PERSON_EVENTS_H_

#include <string>
#include <vector>

#include "service/records/change_event.h"
#include "storage/store.h"

namespace passend::service {

// What one commit did to one person.
struct PersonEvents {
  std::string passport;  // the id
  // All its events put together: erased where one of them erases.
  PersonChange change;
};

// In the order of the first event about each. Events of passports, validations, books of
// validations, books of consents and books of partners; whatever else there is of a person, such as
// looks and proposals, is told nobody. Every commit that writes one of these records has such an
// event, but for books of partners: those only where a partner's id of the person is new. An event
// with a payload that is not known counts as a plain change.
std::vector<PersonEvents> PeopleOf(const storage::JournalEntry& entry);

// The same question without an answer: whether anybody waits for it.
bool IsAboutPeople(const storage::JournalEntry& entry);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_PERSON_EVENTS_H_
