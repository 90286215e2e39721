#include "service/passendd/self_check.h"

#include "absl/strings/str_cat.h"
#include "service/watch/process_figures.h"
#include "storage/rocksdb_store.h"

namespace passend::service {

std::string SelfCheckOf(const Watched& watched) {
  const Assembly::IndexState index = watched.assembly.index_state();
  std::string line = absl::StrCat(
      "self-check: the store is open at commit ", watched.store.LastSequence(),
      ", whose newest commits (", storage::OpenOptions().journal_check_entries,
      " at most) follow each other, and takes ", watched.store_stopped.load() ? "no " : "",
      "writes; the index has ", index.people, " people and ", index.tasks, " tasks of commit ",
      index.sequence, "; looks are ", watched.audit_log_kept ? "" : "not ", "written down; ",
      OpenFilesMax(), " files may be open");
  if (watched.keys != nullptr) {
    const storage::PersonKeys::Counts keys = watched.keys->counts();
    absl::StrAppend(&line, "; people's keys: ", keys.live, " live, ", keys.destroyed,
                    " destroyed, ", keys.damaged, " damaged");
  }
  return absl::StrCat(line, "; passend admin scrub reads everything");
}

}  // namespace passend::service
