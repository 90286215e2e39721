// A person whom a batch is about, as read, and as the batch makes them.
#ifndef PASSEND_SERVICE_SYNC_PUSHED_PERSON_H_
#define PASSEND_SERVICE_SYNC_PUSHED_PERSON_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "passend/v1/passport.pb.h"
#include "service/consent/consent_book.h"
#include "service/names/resource_names.h"
#include "service/records/repeatable_write.h"
#include "service/records/validation_book.h"
#include "service/sync/partner_records.h"
#include "storage/store.h"

namespace passend::service {

struct PushedPerson {
  PassportName name;
  storage::Version passport_version = 0;  // 0: made by this batch
  std::optional<v1::Passport> passport;   // nullopt: nobody is there, or not any more
  ValidationBook validations;             // empty where no record is about validations
  PartnerBook partners;
  // As read: who could see the person, and where; other partners are told what changes of that.
  v1::Passport seen_by;  // region and partners only
  ConsentBook consents;  // where the person may be erased

  bool passport_changed = false;
  bool partners_changed = false;
  std::vector<std::string> validations_changed;  // names
  bool erased = false;

  // Adds what has changed to a batch, with what it rests on, and that credentials end with what
  // they were given out for. DAMAGED_DATA; errors of the store.
  absl::Status AddTo(const storage::Store& store, absl::Time now, storage::Batch& batch) const;
};

// Whom to read, and how much of them.
struct PersonToRead {
  PassportName name;
  bool with_validations = false;
  bool with_consents = false;
};

// All of them in their order, each as of one commit. LIMIT_EXCEEDED where they are too much to have
// in memory at once; DAMAGED_DATA; errors of the store.
absl::StatusOr<std::vector<PushedPerson>> ReadPeople(const storage::Store& store,
                                                     const std::vector<PersonToRead>& people);

// Holds the locks of many people at once, each lock once, in one order for everybody.
class LockedPeople {
 public:
  LockedPeople(KeyedLocks& locks, const std::vector<PersonToRead>& people);
  ~LockedPeople();
  LockedPeople(const LockedPeople&) = delete;
  LockedPeople& operator=(const LockedPeople&) = delete;

 private:
  std::vector<absl::Mutex*> held_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_PUSHED_PERSON_H_
