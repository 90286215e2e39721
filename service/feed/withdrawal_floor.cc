#include "service/feed/withdrawal_floor.h"

#include <algorithm>
#include <utility>

#include "service/records/change_event.h"

namespace passend::service {
namespace {

bool TakesAway(const storage::Event& event) {
  const std::optional<PersonChange> change = PersonChangeOf(event.payload);
  return change && (!change->partners.empty() || change->partners_unknown);
}

}  // namespace

absl::StatusOr<storage::CommitResult> WithdrawalFloor::Commit(storage::Batch batch) {
  const bool takes_away = std::ranges::any_of(batch.events, TakesAway);
  auto committed = inner().Commit(std::move(batch));
  if (!committed.ok() || !takes_away) return committed;
  storage::Sequence before = floor_.load();
  while (before < committed->sequence &&
         !floor_.compare_exchange_weak(before, committed->sequence)) {
  }
  return committed;
}

}  // namespace passend::service
