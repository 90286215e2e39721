// Finding what differs between a partner's records and the server's.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_RECONCILE_RUN_H_
#define PASSEND_SERVICE_CLIENT_SYNC_RECONCILE_RUN_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/sync_service.pb.h"

namespace passend::client {

// External ids, each list in their order.
struct RecordDifferences {
  std::vector<std::string> only_here;   // the server does not have them: push them
  std::vector<std::string> only_there;  // the server has them, the file does not
  std::vector<std::string> differing;   // of another revision
  std::vector<std::string> erased;      // in the file, and erased there: erase them too

  bool empty() const {
    return only_here.empty() && only_there.empty() && differing.empty() && erased.empty();
  }
};

using AskReconcile = std::function<absl::StatusOr<passend::v1::ReconcileResponse>(
    const passend::v1::ReconcileRequest&)>;

// Compares `revisions`, by external id, with what the server has of the partner: one question for
// everything where nothing differs, and about one for every sixteenfold that has to be looked into.
// An answer that no end is seen of is DATA_LOSS.
absl::StatusOr<RecordDifferences> FindDifferences(
    const std::string& partner, const std::map<std::string, std::string>& revisions,
    const AskReconcile& ask);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_RECONCILE_RUN_H_
