// Tells that consents have ended by time. An end needs no commit to count; whoever keeps a copy of
// the person hears of it by one.
#ifndef PASSEND_SERVICE_FEED_CONSENT_SWEEPER_H_
#define PASSEND_SERVICE_FEED_CONSENT_SWEEPER_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/consent/consent_book.h"
#include "service/handler_tools.h"
#include "storage/store.h"

namespace passend::service {

// Writes the book of consents of each person for whom an end has come that was not told yet: the
// same consents, with a note in the record and an event that names the partners. What was not told
// because nobody swept, as while the server was stopped, is found by that note. Knows the next end
// of each person from all books once, again where the clock was set back, and from the journal
// after that. A book that cannot be read keeps nobody else's ends from being told.
//
// Thread safety: one thread at a time.
class ConsentSweeper {
 public:
  // All of `tools` must outlive it. `log`: a line for each book that cannot be read.
  explicit ConsentSweeper(
      const HandlerTools& tools,
      std::function<void(std::string_view line)> log = [](std::string_view) {})
      : tools_(tools), log_(std::move(log)) {}

  // Tells what has ended by now; how many people that was about. Errors of the store; what was told
  // until then is told, and the rest by the next call.
  absl::StatusOr<size_t> Sweep();

 private:
  absl::Status ReadAll();
  absl::Status Follow();
  void Note(const std::string& passport_id, const ConsentBook& book);
  void Forget(const std::string& passport_id);
  // True where the person's book is damaged: then it is left out until it changes.
  bool LeavesOut(const std::string& passport_id, const absl::Status& status);
  absl::StatusOr<bool> TellEnds(const std::string& passport_id, absl::Time now);

  const HandlerTools tools_;
  const std::function<void(std::string_view line)> log_;
  std::optional<storage::Sequence> followed_;  // nullopt: nothing is known yet
  absl::Time last_sweep_ = absl::InfinitePast();
  std::map<std::string, absl::Time> next_ends_;
  std::set<std::pair<absl::Time, std::string>> in_order_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_CONSENT_SWEEPER_H_
