#include "service/passendd/people_keys.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/master_key_file.h"

namespace passend::service {

absl::StatusOr<std::unique_ptr<PeopleKeys>> PeopleKeys::Open(
    PeopleKeyFiles files, std::function<void(std::string_view line)> log) {
  const std::string& path = files.master_key_file;
  auto master = storage::MasterKeyFile::Load(path);
  if (absl::IsNotFound(master.status())) {
    if (!files.make_master_key) {
      return absl::InvalidArgumentError(absl::StrCat("--master-key-file ", path,
                                                     ": there is no such file; --make-master-key "
                                                     "makes it, for a new or not yet encrypted "
                                                     "database"));
    }
    absl::Status made = storage::MasterKeyFile::Create(path, storage::SystemRandom());
    if (!made.ok()) return made;
    log(absl::StrCat("keys: master key made in ", path,
                     "; keep a copy of it apart from all backups: without it nobody's records "
                     "can be read"));
    master = storage::MasterKeyFile::Load(path);
  }
  if (!master.ok()) return master.status();
  auto keys = storage::PersonKeys::Open({.directory = files.key_folder, .master = *master});
  if (!keys.ok()) return keys.status();
  auto people = std::make_unique<PeopleKeys>(OnlyOpen(), std::move(files), std::move(log));
  people->keys_ = *std::move(keys);
  people->Refresh();
  return people;
}

bool PeopleKeys::Refresh() {
  const absl::StatusOr<bool> taken_over = TakeOver();
  const std::string mistake(taken_over.ok() ? "" : taken_over.status().message());
  if (!mistake.empty() && mistake != last_mistake_) {
    log_(absl::StrCat("WARNING: keys: the master key stays the one before: ", mistake));
  }
  last_mistake_ = mistake;
  return taken_over.value_or(false);
}

absl::StatusOr<bool> PeopleKeys::TakeOver() {
  const auto master = storage::MasterKeyFile::Load(files_.master_key_file);
  if (!master.ok()) return master.status();
  if (!keys_->exists()) return false;
  const std::string before = keys_->master_id();
  if ((*master)->current_id() == before) return false;
  if (absl::Status status = keys_->Rewrap(*master); !status.ok()) return status;
  log_(absl::StrCat("keys: under master key ", (*master)->current_id(), " now; ", before,
                    " is still needed for copies of ", files_.key_folder, " made until now"));
  return true;
}

}  // namespace passend::service
