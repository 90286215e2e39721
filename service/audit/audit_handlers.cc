#include "service/audit/audit_handlers.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/access/access.h"
#include "service/audit/audit_keys.h"
#include "service/audit/decision_words.h"
#include "service/audit/log_checker.h"
#include "service/audit/looks_of_all.h"
#include "service/audit/retention.h"
#include "service/audit/tell.h"
#include "service/errors/call_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/names/resource_names.h"
#include "service/paging/resource_page.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

constexpr char kEverybody[] = "passports/-";
constexpr absl::Duration kSweepInterval = absl::Minutes(10);
// Of the time that is kept, so much may go in one sweep.
constexpr absl::Duration kRemovedASweepMax = absl::Hours(4);

absl::StatusOr<v1::AccessLogEntry> ParseLook(const storage::Record& record) {
  const auto id = ParseLookId(record.key.id);
  store::v1::Look look;
  if (!id || !look.ParseFromString(record.value)) return DamagedData("a stored look");
  return EntryOf(id->passport, id->answer, look);
}

absl::StatusOr<StoredDecision> ParseDecision(const storage::Record& record) {
  StoredDecision stored;
  stored.answer_id = record.key.id;
  if (!stored.decision.ParseFromString(record.value)) return DamagedData("a stored decision");
  return stored;
}

// Says whom an answer about the past shows; texts that name nobody are passed over. In it stand
// also those who were erased since: of them nothing is kept, no lines either. Errors of the store.
absl::Status TellThoseThere(const CallContext& context, const storage::Store& store,
                            const std::set<std::string>& passports) {
  TellNobody(context);  // where there is none
  std::vector<storage::Key> tombstones;
  for (const std::string& passport : passports) {
    if (const auto name = ParsePassportName(passport)) tombstones.push_back(ErasureKeyOf(*name));
  }
  if (tombstones.empty()) return absl::OkStatus();
  const auto erased = store.Read(tombstones);
  if (!erased.ok()) return erased.status();
  for (size_t place = 0; place < tombstones.size(); ++place) {
    if (!(*erased)[place]) TellPerson(context, tombstones[place].id);
  }
  return absl::OkStatus();
}

}  // namespace

AuditHandlers::AuditHandlers(const HandlerTools& tools, const CandidateReferences& references,
                             const AuditSettings& settings,
                             std::function<void(std::string_view line)> log)
    : tools_(tools), settings_(settings), log_(std::move(log)), replayer_(tools.store, references) {
  // Also where nothing is written down any more: what was before is kept no longer for that.
  sweeping_ = std::make_unique<RegularCall>(kSweepInterval, [this] { Sweep(); });
}

void AuditHandlers::Sweep() {
  replayer_.DropIdle(tools_.surroundings.now());
  const auto removed =
      RemoveOlder(tools_.store, tools_.surroundings.now() - settings_.kept_for, kRemovedASweepMax);
  if (!removed.ok()) {
    log_(absl::StrCat("WARNING: audit: what was kept for long enough is still there: ",
                      removed.status().ToString()));
  } else if (*removed > 0) {
    log_(absl::StrCat("audit: ", *removed, " records were kept for long enough and are gone"));
  }
}

absl::StatusOr<v1::ListAccessLogResponse> AuditHandlers::ListAccessLog(
    const CallContext& context, const v1::ListAccessLogRequest& request) const {
  const Access access(context, tools_.store);
  const PassportName parent = ParsePassportName(request.parent()).value();
  const bool of_all = access.unlimited() && request.parent() == kEverybody;
  if (!of_all) {
    if (absl::Status own = access.CheckPassport(request.parent()); !own.ok()) return own;
  }
  if (!settings_.keep) return AuditLogOff();
  const std::string method = ScopedMethod(context);
  const auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  const auto size =
      static_cast<size_t>(PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax));
  v1::ListAccessLogResponse response;
  std::string next;
  if (of_all) {
    auto page = ReadLooksOfAll(context, tools_.store, *cursor, size);
    if (!page.ok()) return page.status();
    response = std::move(page->response);
    next = std::move(page->cursor);
    std::set<std::string> people;
    for (const v1::AccessLogEntry& entry : response.entries()) {
      if (!entry.erased()) people.insert(entry.name().substr(0, entry.name().find("/looks/")));
    }
    absl::Status told = TellThoseThere(context, tools_.store, people);
    if (!told.ok()) return told;
  } else {
    const auto passport = ReadOne(tools_.store, KeyOf(parent));
    if (!passport.ok()) return passport.status();
    if (!passport->has_value()) return PassportNotFound(request.parent());
    TellPerson(context, parent.passport);
    auto page = ReadPage<v1::AccessLogEntry>(
        tools_.store, {storage::RecordKind::kLook, parent.passport + "/", *cursor}, size, context,
        ParseLook, [](const v1::AccessLogEntry&) { return true; });
    if (!page.ok()) return page.status();
    for (v1::AccessLogEntry& entry : page->resources) *response.add_entries() = std::move(entry);
    next = std::move(page->cursor);
  }
  if (!next.empty()) {
    response.set_next_page_token(tools_.page_tokens.Make(method, request, next));
  }
  return response;
}

absl::StatusOr<v1::ListDecisionsResponse> AuditHandlers::ListDecisions(
    const CallContext& context, const v1::ListDecisionsRequest& request) const {
  const Access access(context, tools_.store);  // what the caller may see of it
  if (!settings_.keep) return AuditLogOff();
  const std::string method = ScopedMethod(context);
  const auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  storage::ScanRange range{storage::RecordKind::kDecision, "", *cursor};
  // What is before a time has the greater ids.
  if (cursor->empty() && request.has_end_time()) {
    range.after = AnswersUpTo(ToTime(request.end_time()) - absl::Microseconds(1));
  }
  if (request.has_start_time()) {
    range.until = AnswersUpTo(ToTime(request.start_time()) - absl::Microseconds(1));
  }
  const std::string task = ParseTaskName(request.task()).value_or(TaskName{}).task;
  auto page = ReadPage<StoredDecision>(
      tools_.store, range, PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax), context,
      ParseDecision, [&](const StoredDecision& stored) {
        return request.task().empty() || stored.decision.task() == task;
      });
  if (!page.ok()) return page.status();
  if (absl::Status added = AddPeople(tools_.store, page->resources); !added.ok()) return added;
  v1::ListDecisionsResponse response;
  std::set<std::string> people;
  for (const StoredDecision& stored : page->resources) {
    *response.add_decisions() = OutlineOf(stored);
    people.insert(response.decisions().rbegin()->passport());
  }
  if (absl::Status told = TellThoseThere(context, tools_.store, people); !told.ok()) return told;
  if (!page->cursor.empty()) {
    response.set_next_page_token(tools_.page_tokens.Make(method, request, page->cursor));
  }
  return response;
}

absl::StatusOr<v1::ReplayResponse> AuditHandlers::Replay(const CallContext& context,
                                                         const v1::ReplayRequest& request) {
  const Access access(context, tools_.store);  // what the caller may see of it
  if (!settings_.keep) return AuditLogOff();
  auto response = replayer_.Replay(context, request.name());
  if (!response.ok()) return response;
  std::set<std::string> people = {response->decision().passport()};
  for (const v1::DecidedPlace& place : response->decision().places()) {
    people.insert(place.passport());
  }
  for (const v1::DecidedPlace& place : response->places()) people.insert(place.passport());
  if (absl::Status told = TellThoseThere(context, tools_.store, people); !told.ok()) return told;
  return response;
}

absl::StatusOr<v1::CheckAccessLogResponse> AuditHandlers::CheckAccessLog(
    const CallContext& context, const v1::CheckAccessLogRequest& request) const {
  const Access access(context, tools_.store);  // what the caller may see of it
  if (!settings_.keep) return AuditLogOff();
  return CheckLog(context, tools_.store, request);
}

void AuditHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::ListAccessLogRequest, v1::ListAccessLogResponse>(
      "passend.v1.AuditService.ListAccessLog",
      [this](const auto& context, const auto& request) { return ListAccessLog(context, request); });
  bindings.Bind<v1::ListDecisionsRequest, v1::ListDecisionsResponse>(
      "passend.v1.AuditService.ListDecisions",
      [this](const auto& context, const auto& request) { return ListDecisions(context, request); });
  bindings.Bind<v1::ReplayRequest, v1::ReplayResponse>(
      "passend.v1.AuditService.Replay",
      [this](const auto& context, const auto& request) { return Replay(context, request); });
  bindings.Bind<v1::CheckAccessLogRequest, v1::CheckAccessLogResponse>(
      "passend.v1.AuditService.CheckAccessLog", [this](const auto& context, const auto& request) {
        return CheckAccessLog(context, request);
      });
}

}  // namespace passend::service
