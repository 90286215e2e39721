// The figures about what is so now, put together for Prometheus (deploy/watch/README.md).
#ifndef PASSEND_SERVICE_PASSENDD_STATE_OF_H_
#define PASSEND_SERVICE_PASSENDD_STATE_OF_H_

#include <atomic>
#include <cstdint>
#include <vector>

#include "service/call/call_server.h"
#include "service/passendd/assembly.h"
#include "service/watch/commit_figures.h"
#include "service/watch/state_figures.h"
#include "storage/person_keys.h"
#include "storage/store.h"

namespace passend::service {

// All must outlive the figures. The assembly has started.
struct Watched {
  const CallServer& calls;
  const Assembly& assembly;
  const storage::Store& store;
  const std::atomic<bool>& store_stopped;
  const CommitFigures& commits;
  const storage::PersonKeys* keys;  // null: people's records are not encrypted
  bool audit_log_kept;
  // In seconds since 1970, 0 for none; null: none are made.
  const std::atomic<int64_t>* last_key_copy = nullptr;
};

std::vector<StateFigure> StateOf(const Watched& watched);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_STATE_OF_H_
