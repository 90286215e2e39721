// People's keys as the server has them: opened with the master key file, and brought under a new
// master key when that file gets one, while calls are answered.
#ifndef PASSEND_SERVICE_PASSENDD_PEOPLE_KEYS_H_
#define PASSEND_SERVICE_PASSENDD_PEOPLE_KEYS_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/person_keys.h"

namespace passend::service {

// How often the master key file is looked at.
inline constexpr absl::Duration kMasterKeyInterval = absl::Seconds(1);

struct PeopleKeyFiles {
  std::string master_key_file;
  std::string key_folder;  // where the people's keys are
  bool make_master_key = false;
};

// Thread safety: one thread at a time; keys() may be used by any.
class PeopleKeys {
  struct OnlyOpen {
    explicit OnlyOpen() = default;
  };

 public:
  // Reads the master key file, makes it first where there is none and that is asked for, and opens
  // the people's keys. Those that are under a master key that is no longer the current one are
  // brought under that. `log` takes a line about each change.
  //   INVALID_ARGUMENT     there is no master key file
  //   otherwise            errors of MasterKeyFile::Load and PersonKeys::Open
  static absl::StatusOr<std::unique_ptr<PeopleKeys>> Open(
      PeopleKeyFiles files, std::function<void(std::string_view line)> log);

  // Use Open.
  PeopleKeys(OnlyOpen, PeopleKeyFiles files, std::function<void(std::string_view line)> log)
      : files_(std::move(files)), log_(std::move(log)) {}

  const std::shared_ptr<storage::PersonKeys>& keys() const { return keys_; }

  // Takes over what the master key file says now. Where it cannot be read, or the new key cannot be
  // taken over, everything stays as it is, a line in the log says why, once for each state of the
  // file, and it is tried again. Whether people's keys are under another master key now.
  bool Refresh();

 private:
  absl::StatusOr<bool> TakeOver();

  const PeopleKeyFiles files_;
  const std::function<void(std::string_view line)> log_;
  std::shared_ptr<storage::PersonKeys> keys_;
  std::string last_mistake_;  // empty: none
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_PEOPLE_KEYS_H_
