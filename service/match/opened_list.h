// The list that a matching question asks a page of: ranked now, or kept since its first page.
#ifndef PASSEND_SERVICE_MATCH_OPENED_LIST_H_
#define PASSEND_SERVICE_MATCH_OPENED_LIST_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "service/errors/request_errors.h"
#include "service/match/kept_results.h"
#include "service/match/match_page.h"
#include "service/match/match_parts.h"
#include "service/names/random_id.h"

namespace passend::service {

template <typename List>
struct OpenedList {
  std::shared_ptr<const List> list;
  MatchCursor cursor;  // where the page starts
  bool is_first_page;
};

// `rank` makes the list of a first page: absl::StatusOr<std::shared_ptr<const List>>(). Its errors,
// INVALID_PAGE_TOKEN, PAGE_TOKEN_ARGUMENTS, PAGE_EXPIRED.
template <typename List, typename Request, typename Rank>
absl::StatusOr<OpenedList<List>> OpenList(const MatchParts& parts, KeptResults<List>& kept,
                                          std::string_view method, const Request& request,
                                          Rank rank) {
  const auto token = parts.page_tokens.Open(method, request);
  if (!token.ok()) return token.status();
  if (token->empty()) {
    absl::StatusOr<std::shared_ptr<const List>> ranked = rank();
    if (!ranked.ok()) return ranked.status();
    const auto sequence = static_cast<uint64_t>((*ranked)->basis.data_sequence());
    return OpenedList<List>{*std::move(ranked), {RandomId(parts.surroundings), 0, sequence}, true};
  }
  auto cursor = ParseCursor(*token);
  if (!cursor) return InvalidPageToken("page_token");
  auto list = kept.Find(cursor->result_id);
  if (list == nullptr) return PageExpired(cursor->data_sequence);
  return OpenedList<List>{std::move(list), *std::move(cursor), false};
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_OPENED_LIST_H_
