#include "service/consent/consent_handlers.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/consent/partner_audience.h"
#include "service/consent/reveal_book.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/names/random_id.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"
#include "service/rules/consent_rules.h"
#include "service/rules/shared_rules.h"

namespace passend::service {
namespace {

constexpr char kField[] = "consent";

// Forgets the oldest that counts no more, where there are too many to keep.
void MakeRoom(ConsentBook& book, absl::Time now) {
  if (book.consents.size() < kKeptConsentsMax) return;
  const auto ended = [&](const v1::Consent& consent) { return !Stands(consent, now); };
  const auto at = std::ranges::find_if(book.consents, ended);
  if (at != book.consents.end()) book.Forget(*at);
}

// The page of `items` that begins after the one whose key is `cursor`; the key of its last one
// where there are more.
template <typename Item, typename KeyOf, typename Add>
std::optional<std::string> AddPage(const std::vector<Item>& items, const std::string& cursor,
                                   int32_t size, KeyOf key_of, Add add) {
  auto at = items.begin();
  if (!cursor.empty()) {
    at = std::ranges::find_if(items, [&](const Item& item) { return key_of(item) == cursor; });
    if (at != items.end()) ++at;
  }
  const auto count = std::min<ptrdiff_t>(size, items.end() - at);
  for (const Item& item : std::span(at, static_cast<size_t>(count))) add(item);
  if (count == 0 || at + count == items.end()) return std::nullopt;
  return key_of(*(at + (count - 1)));
}

}  // namespace

absl::Status ConsentHandlers::CheckTasks(const v1::Consent& consent) const {
  for (int i = 0; i < consent.tasks_size(); ++i) {
    const std::string& text = consent.tasks(i);
    const std::optional<TaskName> name = ParseTaskName(text);
    if (!name) return TaskNotFound(text);
    const auto record = ReadOne(tools_.store, KeyOf(*name));
    if (!record.ok()) return record.status();
    if (!record->has_value()) return TaskNotFound(text);
    const auto task = ParseStored<v1::Task>(**record, text);
    if (!task.ok()) return task.status();
    if (task->employer() != consent.audience()) {
      return InvalidField((FieldPath(kField) / "tasks")[i].text(),
                          absl::StrCat("must be a task of `", consent.audience(), "`"));
    }
  }
  return absl::OkStatus();
}

absl::Status ConsentHandlers::Check(const CallContext& context, const v1::Consent& consent,
                                    absl::Time now) const {
  const FieldPath path(kField);
  FieldViolations violations = CheckConsent(consent, path, now, kConsentDurationMax);
  if (context.caller.role == Role::kCoach) {
    if (!SaysSomething(consent.statement())) {
      violations.push_back({(path / "statement").text(), "must say how the person said so"});
    }
    if (consent.audience() == OwnerName(context.caller)) {
      violations.push_back({(path / "audience").text(), "must be somebody else than yourself"});
    }
  }
  if (!violations.empty()) return InvalidFields(violations);
  return CheckTasks(consent);
}

absl::StatusOr<v1::Consent> ConsentHandlers::ReadByName(const std::string& name) const {
  const std::optional<ConsentName> parsed = ParseConsentName(name);
  if (!parsed) return ConsentNotFound(name);
  absl::StatusOr<ConsentBook> book = ReadConsents(tools_.store, parsed->parent);
  if (!book.ok()) return book.status();
  v1::Consent* consent = book->Find(name);
  if (consent == nullptr) return ConsentNotFound(name);
  return std::move(*consent);
}

absl::StatusOr<v1::Consent> ConsentHandlers::Grant(const CallContext& context,
                                                   const v1::GrantConsentRequest& request) {
  const PassportName parent = ParsePassportName(request.parent()).value();
  absl::MutexLock lock(&tools_.locks.For(parent.passport));
  const Access access(context, tools_.store);
  if (absl::Status reached = access.CheckPassport(request.parent()); !reached.ok()) return reached;
  TellPerson(context, parent.passport);
  const RepeatableRequest repeatable(context, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(**receipt);
  const auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  const absl::Time now = tools_.surroundings.now();
  if (absl::Status checked = Check(context, request.consent(), now); !checked.ok()) return checked;
  absl::StatusOr<ConsentBook> book = ReadConsents(tools_.store, parent);
  if (!book.ok()) return book.status();
  const auto standing = std::ranges::count_if(
      book->consents, [&](const v1::Consent& consent) { return Stands(consent, now); });
  if (static_cast<size_t>(standing) >= kStandingConsentsMax) {
    return LimitExceeded("consents of a passport that stand", kStandingConsentsMax);
  }

  v1::Consent consent = request.consent();
  *consent.mutable_create_time() = ToTimestamp(now);
  if (context.caller.role == Role::kCoach) consent.set_recorded_by(OwnerName(context.caller));
  consent.clear_name();
  consent.clear_etag();
  if (request.validate_only()) return consent;
  consent.set_name(MakeName(ConsentName{parent, RandomId(tools_.surroundings)}));
  consent.set_etag(EtagOf(consent));
  std::vector<std::string> lost = TakeUntoldEnds(*book, now);
  MakeRoom(*book, now);
  book->consents.push_back(consent);
  auto committed = repeatable.Commit(
      tools_.store, ConsentBatch(parent, *std::move(book), std::move(lost), &consent),
      consent.name());
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response) return ReadByName(*committed->repeated_response);
  return consent;
}

absl::StatusOr<v1::Consent> ConsentHandlers::Revoke(const CallContext& context,
                                                    const v1::RevokeConsentRequest& request) {
  const ConsentName name = ParseConsentName(request.name()).value();
  absl::MutexLock lock(&tools_.locks.For(name.parent.passport));
  const Access access(context, tools_.store);
  const absl::Status reached = access.CheckPassport(MakeName(name.parent));
  if (absl::IsNotFound(reached)) return ConsentNotFound(request.name());
  if (!reached.ok()) return reached;
  TellPerson(context, name.parent.passport);
  const RepeatableRequest repeatable(context, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(**receipt);
  absl::StatusOr<ConsentBook> book = ReadConsents(tools_.store, name.parent);
  if (!book.ok()) return book.status();
  v1::Consent* consent = book->Find(request.name());
  if (consent == nullptr) return ConsentNotFound(request.name());
  if (!request.etag().empty() && request.etag() != consent->etag()) {
    return EtagMismatch(request.name(), consent->etag());
  }
  if (consent->has_revoke_time()) return AlreadyRevoked(request.name());
  const absl::Time now = tools_.surroundings.now();
  std::vector<std::string> lost = TakeUntoldEnds(*book, now);
  if (IsForSync(*consent)) lost.push_back(consent->audience());
  *consent->mutable_revoke_time() = ToTimestamp(now);
  consent->set_etag(EtagOf(*consent));
  auto committed = repeatable.Commit(
      tools_.store, ConsentBatch(name.parent, *book, std::move(lost)), request.name());
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response) return ReadByName(*committed->repeated_response);
  return std::move(*consent);
}

absl::StatusOr<v1::ListConsentsResponse> ConsentHandlers::List(
    const CallContext& context, const v1::ListConsentsRequest& request) const {
  const std::string method = ScopedMethod(context);
  const auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  const Access access(context, tools_.store);
  if (absl::Status reached = access.CheckPassport(request.parent()); !reached.ok()) return reached;
  const PassportName parent = ParsePassportName(request.parent()).value();
  TellPerson(context, parent.passport);
  const auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  absl::StatusOr<ConsentBook> book = ReadConsents(tools_.store, parent);
  if (!book.ok()) return book.status();
  const absl::Time now = tools_.surroundings.now();
  if (request.standing_only()) {
    std::erase_if(book->consents,
                  [&](const v1::Consent& consent) { return !Stands(consent, now); });
  }
  std::ranges::reverse(book->consents);
  v1::ListConsentsResponse response;
  const auto next = AddPage(
      book->consents, *cursor, PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax),
      [](const v1::Consent& consent) { return ParseConsentName(consent.name()).value().consent; },
      [&](const v1::Consent& consent) { *response.add_consents() = consent; });
  if (next) response.set_next_page_token(tools_.page_tokens.Make(method, request, *next));
  return response;
}

absl::StatusOr<v1::ListRevealsResponse> ConsentHandlers::ListReveals(
    const CallContext& context, const v1::ListRevealsRequest& request) const {
  const std::string method = ScopedMethod(context);
  const auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  const Access access(context, tools_.store);
  if (absl::Status reached = access.CheckPassport(request.parent()); !reached.ok()) return reached;
  const PassportName parent = ParsePassportName(request.parent()).value();
  TellPerson(context, parent.passport);
  const auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  absl::StatusOr<RevealBook> book = ReadReveals(tools_.store, parent);
  if (!book.ok()) return book.status();
  std::ranges::stable_sort(book->reveals, [](const v1::Reveal& a, const v1::Reveal& b) {
    return ToTime(a.last_time()) > ToTime(b.last_time());
  });
  v1::ListRevealsResponse response;
  const auto next = AddPage(
      book->reveals, *cursor, PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax),
      [](const v1::Reveal& reveal) { return absl::StrCat(reveal.employer(), " ", reveal.task()); },
      [&](const v1::Reveal& reveal) { *response.add_reveals() = reveal; });
  if (next) response.set_next_page_token(tools_.page_tokens.Make(method, request, *next));
  return response;
}

void ConsentHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::GrantConsentRequest, v1::Consent>(
      "passend.v1.ConsentService.GrantConsent",
      [this](const auto& context, const auto& request) { return Grant(context, request); });
  bindings.Bind<v1::RevokeConsentRequest, v1::Consent>(
      "passend.v1.ConsentService.RevokeConsent",
      [this](const auto& context, const auto& request) { return Revoke(context, request); });
  bindings.Bind<v1::ListConsentsRequest, v1::ListConsentsResponse>(
      "passend.v1.ConsentService.ListConsents",
      [this](const auto& context, const auto& request) { return List(context, request); });
  bindings.Bind<v1::ListRevealsRequest, v1::ListRevealsResponse>(
      "passend.v1.ConsentService.ListReveals",
      [this](const auto& context, const auto& request) { return ListReveals(context, request); });
}

}  // namespace passend::service
