#include "service/admin/erase_again.h"

#include "service/audit/history_store.h"
#include "service/names/resource_names.h"
#include "service/records/erasure_batch.h"
#include "service/sync/partner_records.h"

namespace passend::service {

absl::Status EraseAgain(storage::Store& store, const std::string& person, absl::Time now) {
  const PassportName name{person};
  HistoryStore with_history(store, HistoryStore::Earlier::kNotKept);
  if (auto erased = with_history.Commit(ErasureBatch(name, now)); !erased.ok()) {
    return erased.status();
  }
  // Where the key is gone, so is the book that says who called the person what.
  return EraseLinksTo(store, {person});
}

}  // namespace passend::service
