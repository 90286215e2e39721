// Paged lists, joined.
#ifndef PASSEND_SERVICE_CLIENT_LISTING_H_
#define PASSEND_SERVICE_CLIENT_LISTING_H_

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"

namespace passend::client {

// The first `limit` entries of a paged list, page after page, joined in one response: everything
// but the entries is that of the first page, the token that of the last. All pages are asked with
// one size, as paging wants it. `ask` gives a page for a request, `items` the list in a response.
template <typename Response, typename Request, typename Ask, typename Items>
absl::StatusOr<Response> ListUpTo(Request request, int limit, int page_size_max, Ask ask,
                                  Items items) {
  request.set_page_size(std::min(limit, page_size_max));
  absl::StatusOr<Response> joined = ask(std::as_const(request));
  while (joined.ok() && items(*joined)->size() < limit && !joined->next_page_token().empty()) {
    request.set_page_token(joined->next_page_token());
    absl::StatusOr<Response> page = ask(std::as_const(request));
    if (!page.ok()) return page.status();
    items(*joined)->MergeFrom(*items(*page));
    joined->set_next_page_token(page->next_page_token());
  }
  const int too_many = joined.ok() ? items(*joined)->size() - limit : 0;
  if (too_many > 0) items(*joined)->DeleteSubrange(limit, too_many);
  return joined;
}

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_LISTING_H_
