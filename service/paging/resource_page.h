// One page of a list, read from the store.
#ifndef PASSEND_SERVICE_PAGING_RESOURCE_PAGE_H_
#define PASSEND_SERVICE_PAGING_RESOURCE_PAGE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "service/call/call_context.h"
#include "service/errors/call_errors.h"
#include "service/limits.h"
#include "storage/store.h"

namespace passend::service {

template <typename Resource>
struct ResourcePage {
  std::vector<Resource> resources;
  std::string cursor;  // the id of the last one; empty where nothing comes after it
};

// The first `size` (>= 1) resources of the range that `keep` keeps; fewer where their records hold
// more than kPageBytesMax, but one at least. `parse` makes a resource of a
// record. Whatever `parse` gives; CANCELLED or DEADLINE_EXCEEDED where nobody waits any more;
// errors of the store.
template <typename Resource, typename Parse, typename Keep>
absl::StatusOr<ResourcePage<Resource>> ReadPage(const storage::Store& store,
                                                const storage::ScanRange& range, size_t size,
                                                const CallContext& context, Parse parse,
                                                Keep keep) {
  ResourcePage<Resource> page;
  std::string last_id;
  size_t bytes = 0;
  absl::Status status;
  const absl::Status scanned = store.Scan(range, [&](const storage::Record& record) {
    if (context.pointless()) {
      status = context.cancelled() ? Cancelled() : DeadlineExceeded();
      return false;
    }
    absl::StatusOr<Resource> resource = parse(record);
    status = resource.status();
    if (!status.ok()) return false;
    if (!keep(*resource)) return true;
    bytes += record.value.size();
    if (page.resources.size() == size || (bytes > kPageBytesMax && !page.resources.empty())) {
      // One more than the page: there is a next one.
      page.cursor = last_id;
      return false;
    }
    page.resources.push_back(*std::move(resource));
    last_id = record.key.id;
    return true;
  });
  if (!status.ok()) return status;
  if (!scanned.ok()) return scanned;
  return page;
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PAGING_RESOURCE_PAGE_H_
