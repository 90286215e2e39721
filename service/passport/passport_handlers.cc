#include "service/passport/passport_handlers.h"

#include <optional>
#include <utility>
#include <vector>

#include "service/audit/tell.h"
#include "service/consent/consent_book.h"
#include "service/consent/partner_audience.h"
#include "service/credential/credential_book.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/masks/update_mask.h"
#include "service/match/projection.h"
#include "service/names/random_id.h"
#include "service/names/string_form.h"
#include "service/paging/resource_page.h"
#include "service/passport/skill_levels.h"
#include "service/records/change_event.h"
#include "service/records/erasure_batch.h"
#include "service/records/stored_message.h"
#include "service/records/support_kinds.h"
#include "service/records/validation_book.h"
#include "service/rules/passport_rules.h"
#include "service/sync/partner_records.h"
#include "service/validation/field_check.h"

namespace passend::service {
namespace {

constexpr char kField[] = "passport";

absl::Status CheckWhole(const v1::Passport& passport, absl::Time now) {
  FieldViolations violations = FindViolations(passport, kField);
  for (FieldViolation& found : CheckPassport(passport, FieldPath(kField), now)) {
    violations.push_back(std::move(found));
  }
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

absl::StatusOr<v1::Passport> ParsePassport(const storage::Record& record) {
  return ParseStored<v1::Passport>(record, MakeName(PassportName{record.key.id}));
}

// What the server fills in whenever a passport is written, but for the times.
void Complete(v1::Passport& passport) {
  if (passport.has_support()) FillSupportKinds(*passport.mutable_support()->mutable_needs());
  passport.clear_skills();
}

storage::Batch WriteOf(const PassportName& name, const v1::Passport& passport,
                       storage::Version expected, const PersonChange& change = {}) {
  const storage::Key key = KeyOf(name);
  storage::Batch batch;
  batch.expectations = {{key, expected}, {ErasureKeyOf(name), 0}};
  batch.mutations.push_back({key, StoredValue(passport)});
  batch.events.push_back(PersonEvent(key, change));
  return batch;
}

// Also of whom it has to be told.
storage::Batch ErasureOf(const PassportName& name, const v1::Passport& passport,
                         const ConsentBook& consents, const PartnerBook& partners,
                         storage::Version expected, absl::Time now) {
  storage::Batch batch = ErasureBatch(name, now, PartnersOf(passport, consents, now));
  batch.expectations = {{KeyOf(name), expected}, {ConsentBookKeyOf(name), consents.version}};
  AddErasedLinks(name, passport, partners, batch);
  return batch;
}

// A passport is erased once, so that its name does for a request id: no other has a slash.
RepeatableRequest RepeatableErasure(const CallContext& context, v1::ErasePassportRequest request) {
  if (request.request_id().empty()) {
    request.set_request_id(request.name());
    request.clear_etag();
  }
  return RepeatableRequest(context, request);
}

}  // namespace

absl::Status PassportHandlers::FillSkills(v1::Passport& passport, const PassportName& name,
                                          SkillDetail detail) const {
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, name);
  if (!book.ok()) return book.status();
  const matcher::Day today = DayOf(ToTimestamp(tools_.surroundings.now()));
  for (v1::PassportSkill& skill :
       SkillsOn(policy_.Get()->policy.ability, std::move(book->validations), today)) {
    if (detail == SkillDetail::kWithoutValidations) skill.clear_validations();
    *passport.add_skills() = std::move(skill);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Passport> PassportHandlers::ReadByName(const CallContext& context,
                                                          const Access& access,
                                                          const std::string& name) const {
  const std::optional<PassportName> parsed = ParsePassportName(name);
  if (!parsed.has_value()) return PassportNotFound(name);
  auto record = ReadOne(tools_.store, KeyOf(*parsed));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return PassportNotFound(name);
  absl::StatusOr<v1::Passport> passport = ParsePassport(**record);
  if (!passport.ok()) return passport;
  if (absl::Status admitted = access.Admit(*passport); !admitted.ok()) return admitted;
  if (absl::Status filled = FillSkills(*passport, *parsed, SkillDetail::kWithValidations);
      !filled.ok()) {
    return filled;
  }
  TellPerson(context, parsed->passport);
  return passport;
}

absl::StatusOr<v1::Passport> PassportHandlers::Create(const CallContext& context,
                                                      const v1::CreatePassportRequest& request) {
  const Access access(context, tools_.store);
  const RepeatableRequest repeatable(context, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(context, access, **receipt);
  const absl::Time now = tools_.surroundings.now();
  v1::Passport passport = request.passport();
  if (absl::Status kept = access.Keep(passport); !kept.ok()) return kept;
  if (absl::Status checked = CheckWhole(passport, now); !checked.ok()) return checked;

  passport.clear_name();
  passport.clear_etag();
  if (passport.state() == v1::PASSPORT_STATE_UNSPECIFIED) {
    passport.set_state(v1::PASSPORT_STATE_ACTIVE);
  }
  *passport.mutable_create_time() = ToTimestamp(now);
  *passport.mutable_update_time() = ToTimestamp(now);
  Complete(passport);
  if (request.validate_only()) {
    TellNobody(context);
    return passport;
  }

  const PassportName name{RandomId(tools_.surroundings)};
  TellPerson(context, name.passport);
  passport.set_name(MakeName(name));
  auto committed = repeatable.Commit(tools_.store, WriteOf(name, passport, 0), passport.name());
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response)
    return ReadByName(context, access, *committed->repeated_response);
  passport.set_etag(EtagOf(committed->sequence));
  return passport;
}

absl::StatusOr<v1::Passport> PassportHandlers::Get(const CallContext& context,
                                                   const v1::GetPassportRequest& request) const {
  return ReadByName(context, Access(context, tools_.store), request.name());
}

absl::StatusOr<v1::Passport> PassportHandlers::Update(const CallContext& context,
                                                      const v1::UpdatePassportRequest& request) {
  const std::string& text = request.passport().name();
  const std::optional<PassportName> name = ParsePassportName(text);
  if (!name.has_value()) {
    return InvalidFieldForm("passport.name", v1::STRING_FORM_PASSPORT_NAME);
  }

  const Access access(context, tools_.store);
  const RepeatableRequest repeatable(context, request);
  absl::MutexLock lock(&tools_.locks.For(name->passport));
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(context, access, **receipt);
  auto record = ReadOne(tools_.store, KeyOf(*name));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return PassportNotFound(text);
  const absl::StatusOr<v1::Passport> stored = ParsePassport(**record);
  if (!stored.ok()) return stored;
  if (!access.Reaches(*stored)) return PassportNotFound(text);
  v1::Passport passport = *stored;
  if (!request.passport().etag().empty() && request.passport().etag() != passport.etag()) {
    return EtagMismatch(text, passport.etag());
  }
  if (absl::Status applied = ApplyUpdate(request.update_mask(), request.passport(), passport);
      !applied.ok()) {
    return applied;
  }
  if (absl::Status shared = access.CheckShared(*stored, passport); !shared.ok()) return shared;
  if (passport.state() == v1::PASSPORT_STATE_UNSPECIFIED) {
    return InvalidField("passport.state", "must be given where update_mask is `*` or names it");
  }
  const absl::Time now = tools_.surroundings.now();
  if (absl::Status checked = CheckWhole(passport, now); !checked.ok()) return checked;
  Complete(passport);
  const bool changes = StoredValue(passport) != StoredValue(*stored);
  if (changes) *passport.mutable_update_time() = ToTimestamp(now);
  TellPerson(context, name->passport);
  if (request.validate_only()) {
    // Nothing is written, not even a receipt.
  } else if (changes) {
    const PersonChange change{.moved = stored->region() != passport.region(),
                              .partners = PartnersLost(*stored, passport)};
    storage::Batch batch = WriteOf(*name, passport, (*record)->version, change);
    if (!change.partners.empty()) {
      const auto partners = ReadOne(tools_.store, PartnerBookKeyOf(*name));
      if (!partners.ok()) return partners.status();
      const auto book = ParsePartnerBook(*partners);
      if (!book.ok()) return book.status();
      AddWithdrawnLinks(*name, *book, change.partners, batch);
    }
    auto committed = repeatable.Commit(tools_.store, std::move(batch), passport.name());
    if (!committed.ok()) return committed.status();
    passport.set_etag(EtagOf(committed->sequence));
  } else {
    absl::Status kept = repeatable.CommitUnchanged(
        tools_.store, ChangeEvent(KeyOf(*name), Change::kChanged), passport.name());
    if (!kept.ok()) return kept;
  }
  if (absl::Status filled = FillSkills(passport, *name, SkillDetail::kWithValidations);
      !filled.ok()) {
    return filled;
  }
  return passport;
}

absl::StatusOr<v1::ListPassportsResponse> PassportHandlers::List(
    const CallContext& context, const v1::ListPassportsRequest& request) const {
  const Access access(context, tools_.store);
  const std::string method = ScopedMethod(context);
  auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  auto page = ReadPage<v1::Passport>(
      tools_.store, {storage::RecordKind::kPassport, "", *cursor},
      PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax), context, ParsePassport,
      [&](const v1::Passport& passport) {
        return access.Reaches(passport) &&
               (request.region().empty() || passport.region() == request.region()) &&
               (request.state() == v1::PASSPORT_STATE_UNSPECIFIED ||
                passport.state() == request.state());
      });
  if (!page.ok()) return page.status();
  TellNobody(context);  // of whom there is none on the page
  v1::ListPassportsResponse response;
  size_t bytes = 0;
  std::string last_id;
  for (v1::Passport& passport : page->resources) {
    const PassportName name = ParsePassportName(passport.name()).value();
    if (absl::Status filled = FillSkills(passport, name, SkillDetail::kWithoutValidations);
        !filled.ok()) {
      return filled;
    }
    bytes += passport.ByteSizeLong();  // the skills are no part of the record
    if (bytes > kPageBytesMax && response.passports_size() > 0) {
      page->cursor = last_id;
      break;
    }
    last_id = name.passport;
    TellPerson(context, name.passport);
    *response.add_passports() = std::move(passport);
  }
  if (!page->cursor.empty()) {
    response.set_next_page_token(tools_.page_tokens.Make(method, request, page->cursor));
  }
  return response;
}

absl::StatusOr<v1::ErasePassportResponse> PassportHandlers::AlreadyGone(
    const CallContext& context, const Access& access, const v1::ErasePassportRequest& request) {
  const PassportName name = ParsePassportName(request.name()).value();
  if (!access.ReachesErased(MakeName(name))) return PassportNotFound(MakeName(name));
  auto tombstone = ReadOne(tools_.store, ErasureKeyOf(name));
  if (!tombstone.ok()) return tombstone.status();
  if (!tombstone->has_value()) return PassportNotFound(MakeName(name));
  v1::ErasePassportResponse response;
  const RepeatableRequest repeatable(context, request);
  absl::Status kept = repeatable.CommitUnchanged(
      tools_.store, ChangeEvent(KeyOf(name), Change::kErased), response.SerializeAsString());
  if (!kept.ok()) return kept;
  return response;
}

absl::StatusOr<v1::ErasePassportResponse> PassportHandlers::Erase(
    const CallContext& context, const v1::ErasePassportRequest& request) {
  const Access access(context, tools_.store);
  const RepeatableRequest repeatable = RepeatableErasure(context, request);
  const PassportName name = ParsePassportName(request.name()).value();
  absl::MutexLock lock(&tools_.locks.For(name.passport));
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  v1::ErasePassportResponse response;
  if (receipt->has_value()) {
    if (!response.ParseFromString(**receipt)) return DamagedData("a stored receipt");
    access.ReachedBefore();
    return response;
  }
  auto record = ReadOne(tools_.store, KeyOf(name));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return AlreadyGone(context, access, request);
  const absl::StatusOr<v1::Passport> stored = ParsePassport(**record);
  if (!stored.ok()) return stored.status();
  if (!access.Reaches(*stored)) return PassportNotFound(request.name());
  const std::string etag = EtagOf((*record)->version);
  if (!request.etag().empty() && request.etag() != etag) return EtagMismatch(request.name(), etag);
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, name);
  if (!book.ok()) return book.status();
  const absl::StatusOr<ConsentBook> consents = ReadConsents(tools_.store, name);
  if (!consents.ok()) return consents.status();

  const auto said = ReadOne(tools_.store, PartnerBookKeyOf(name));
  if (!said.ok()) return said.status();
  const absl::StatusOr<PartnerBook> partners = ParsePartnerBook(*said);
  if (!partners.ok()) return partners.status();

  response.set_erased_validations(static_cast<int32_t>(book->validations.size()));
  storage::Batch batch =
      ErasureOf(name, *stored, *consents, *partners, (*record)->version, tools_.surroundings.now());
  if (absl::Status taken = TakeBackAll(tools_.store, name, batch); !taken.ok()) return taken;
  auto committed = repeatable.Commit(tools_.store, std::move(batch), response.SerializeAsString());
  if (!committed.ok()) return committed.status();
  return response;
}

void PassportHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::CreatePassportRequest, v1::Passport>(
      "passend.v1.PassportService.CreatePassport",
      [this](const auto& context, const auto& request) { return Create(context, request); });
  bindings.Bind<v1::GetPassportRequest, v1::Passport>(
      "passend.v1.PassportService.GetPassport",
      [this](const auto& context, const auto& request) { return Get(context, request); });
  bindings.Bind<v1::UpdatePassportRequest, v1::Passport>(
      "passend.v1.PassportService.UpdatePassport",
      [this](const auto& context, const auto& request) { return Update(context, request); });
  bindings.Bind<v1::ListPassportsRequest, v1::ListPassportsResponse>(
      "passend.v1.PassportService.ListPassports",
      [this](const auto& context, const auto& request) { return List(context, request); });
  bindings.Bind<v1::ErasePassportRequest, v1::ErasePassportResponse>(
      "passend.v1.PassportService.ErasePassport",
      [this](const auto& context, const auto& request) { return Erase(context, request); });
}

}  // namespace passend::service
