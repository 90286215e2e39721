#include "service/admin/erase_again.h"

#include <utility>

#include "service/audit/history_store.h"
#include "service/names/resource_names.h"
#include "service/records/erasure_batch.h"
#include "service/records/stored_message.h"
#include "service/sync/partner_records.h"

namespace passend::service {

absl::Status EraseAgain(storage::Store& store, const std::string& person, absl::Time now) {
  const PassportName name{person};
  storage::Batch batch = ErasureBatch(name, now);
  // Where the key is gone, so is the book, and with it who called the person what.
  const auto kept = ReadOne(store, PartnerBookKeyOf(name));
  if (!kept.ok()) return kept.status();
  const auto book = ParsePartnerBook(*kept);
  if (!book.ok()) return book.status();
  if (book->version != 0) AddErasedLinks(name, *book, batch);
  HistoryStore with_history(store, HistoryStore::Earlier::kNotKept);
  return with_history.Commit(std::move(batch)).status();
}

}  // namespace passend::service
