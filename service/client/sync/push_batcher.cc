#include <set>
#include <utility>

#include "service/client/request_id.h"
#include "service/client/sync/push_run.h"

namespace passend::client {

PushBatcher::PushBatcher(NextPushItem next, std::string partner, std::string run, int records_max)
    : next_(std::move(next)),
      partner_(std::move(partner)),
      run_(std::move(run)),
      records_max_(records_max) {}

absl::StatusOr<std::optional<PushBatch>> PushBatcher::Next() {
  PushBatch batch;
  std::set<std::string> ids;
  std::size_t bytes = 0;
  std::vector<std::string> hashed = {run_, partner_};
  while (true) {
    absl::StatusOr<std::optional<PushItem>> item = std::exchange(waiting_, std::nullopt);
    if (!item->has_value()) item = next_();
    if (!item.ok()) return item.status();
    if (!item->has_value()) break;
    if ((*item)->record.has_value()) {
      const std::string record = (*item)->record->SerializeAsString();
      const bool full = batch.request.records_size() == records_max_ ||
                        (bytes > 0 && bytes + record.size() > kPushBytesMax) ||
                        ids.contains((*item)->record->external_id());
      if (full) {
        waiting_ = std::move(**item);
        break;
      }
      if (ids.empty()) hashed.push_back(std::to_string((*item)->number));
      bytes += record.size();
      hashed.push_back(record);
      ids.insert((*item)->record->external_id());
      *batch.request.add_records() = std::move(*(*item)->record);
      (*item)->record.emplace();  // it was there
    }
    batch.items.push_back(std::move(**item));
  }
  if (batch.items.empty()) return std::nullopt;
  batch.request.set_partner(partner_);
  batch.request.set_batch_id(RequestIdOf("push", hashed));
  return batch;
}

}  // namespace passend::client
