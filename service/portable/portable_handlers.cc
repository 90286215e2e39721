#include "service/portable/portable_handlers.h"

#include <algorithm>
#include <utility>

#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/consent/consent_book.h"
#include "service/credential/credential_book.h"
#include "service/credential/limits.h"
#include "service/credential/status_lists.h"
#include "service/disclosure/disclosure.h"
#include "service/errors/credential_errors.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/match/projection.h"
#include "service/passport/skill_levels.h"
#include "service/portable/printed_passport.h"
#include "service/portable/skill_directory.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

// Whoever asks for a file without pace and support, or under a name, must not get one with them, or
// without it.
absl::Status CheckForPageOnly(const v1::ExportPassportRequest& request) {
  if (request.format() == v1::EXPORT_FORMAT_HTML) return absl::OkStatus();
  if (request.for_employer()) {
    return InvalidField("for_employer", "false where the format is not EXPORT_FORMAT_HTML");
  }
  if (!request.display_name().empty()) {
    return InvalidField("display_name", "empty where the format is not EXPORT_FORMAT_HTML");
  }
  return absl::OkStatus();
}

}  // namespace

PortableHandlers::PortableHandlers(const HandlerTools& tools, const SkillCatalog& catalog,
                                   const CurrentPolicy& policy, CredentialParts parts)
    : tools_(tools),
      catalog_(catalog),
      policy_(policy),
      parts_(std::move(parts)),
      passport_plan_(*v1::Passport::descriptor()),
      validation_plan_(*v1::Validation::descriptor()) {}

KnownIssuers PortableHandlers::Issuers() const {
  return {parts_.trusted ? parts_.trusted() : nullptr, parts_.key};
}

absl::StatusOr<PortableHandlers::Exported> PortableHandlers::ReadForExport(
    const CallContext& context, const std::string& name) const {
  Exported exported;
  exported.name = ParsePassportName(name).value();
  auto record = ReadOne(tools_.store, KeyOf(exported.name));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return PassportNotFound(name);
  absl::StatusOr<v1::Passport> passport = ParseStored<v1::Passport>(**record, name);
  if (!passport.ok()) return passport.status();
  const Access access(context, tools_.store);
  if (absl::Status admitted = access.Admit(*passport); !admitted.ok()) return admitted;
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, exported.name);
  if (!book.ok()) return book.status();
  TellPerson(context, exported.name.passport);
  exported.version = (*record)->version;
  exported.passport = *std::move(passport);
  exported.book = *std::move(book);
  exported.groups =
      context.disclosure == nullptr ? GroupSet::Everything() : context.disclosure->groups();
  return exported;
}

absl::StatusOr<v1::ExportPassportResponse> PortableHandlers::Export(
    const CallContext& context, const v1::ExportPassportRequest& request) {
  if (absl::Status fits = CheckForPageOnly(request); !fits.ok()) return fits;
  const PassportName name = ParsePassportName(request.name()).value();
  absl::MutexLock lock(&tools_.locks.For(name.passport));
  absl::StatusOr<Exported> exported = ReadForExport(context, request.name());
  if (!exported.ok()) return exported.status();
  switch (request.format()) {
    case v1::EXPORT_FORMAT_JSON:
      return ExportEverything(*std::move(exported));
    case v1::EXPORT_FORMAT_HTML:
      return ExportPage(request, *std::move(exported));
    default:
      return ExportCredentials(context, request, *exported);
  }
}

absl::StatusOr<v1::ExportPassportResponse> PortableHandlers::ExportEverything(
    Exported exported) const {
  absl::StatusOr<ConsentBook> consents = ReadConsents(tools_.store, exported.name);
  if (!consents.ok()) return consents.status();
  v1::ExportPassportResponse response;
  v1::PortablePassport& everything = *response.mutable_everything();
  *everything.mutable_passport() = std::move(exported.passport);
  const matcher::Day today = DayOf(ToTimestamp(tools_.surroundings.now()));
  for (v1::PassportSkill& skill :
       SkillsOn(policy_.Get()->policy.ability, exported.book.validations, today)) {
    skill.clear_validations();
    *everything.mutable_passport()->add_skills() = std::move(skill);
  }
  for (v1::Validation& validation : exported.book.validations) {
    *everything.add_validations() = std::move(validation);
  }
  for (v1::Consent& consent : consents->consents) *everything.add_consents() = std::move(consent);
  return response;
}

absl::StatusOr<v1::ExportPassportResponse> PortableHandlers::ExportPage(
    const v1::ExportPassportRequest& request, Exported exported) const {
  const absl::Time now = tools_.surroundings.now();
  v1::Passport& passport = exported.passport;
  for (v1::PassportSkill& skill :
       SkillsOn(policy_.Get()->policy.ability, std::move(exported.book.validations),
                DayOf(ToTimestamp(now)))) {
    *passport.add_skills() = std::move(skill);
  }
  passport_plan_.Keep(exported.groups, passport);
  if (request.for_employer()) {
    passport.clear_paces();
    passport.clear_support();
  }
  SkillDirectory directory(tools_.store, catalog_);
  const std::string language = request.language_code().empty() ? "nl" : request.language_code();
  PrintedLabels labels;
  for (const v1::PassportSkill& skill : passport.skills()) {
    absl::StatusOr<std::string> label = directory.LabelOf(skill.skill(), language);
    if (!label.ok()) return label.status();
    labels[skill.skill()] = *std::move(label);
  }
  v1::ExportPassportResponse response;
  response.set_page(PrintPassport(passport, labels, language,
                                  {request.display_name(), request.for_employer(),
                                   /*is_signed=*/parts_.key != nullptr, now}));
  return response;
}

absl::StatusOr<v1::GetStatusListResponse> PortableHandlers::GetStatusList(
    const CallContext& context, const v1::GetStatusListRequest& request) const {
  TellNobody(context);
  if (parts_.key == nullptr) return NoCredentialKey();
  const int32_t number = request.number() == 0 ? 1 : request.number();
  absl::StatusOr<int32_t> lists = CountStatusLists(tools_.store);
  if (!lists.ok()) return lists.status();
  auto bits = ReadStatusList(tools_.store, number);
  if (!bits.ok()) return bits.status();
  // The first list is there before the first credential, so that it can be put in its place.
  if (!bits->has_value() && number != 1) return StatusListNotFound(number, *lists);
  const IssuerProfile& issuer = parts_.key->profile();
  absl::StatusOr<std::string> credential = parts_.key->Sign(StatusListContent(
      bits->value_or(BitList(kStatusListEntries)), issuer, number, tools_.surroundings.now()));
  if (!credential.ok()) return credential.status();
  v1::GetStatusListResponse response;
  response.set_credential(*std::move(credential));
  response.set_uri(StatusListUri(issuer.uri, number));
  response.set_list_count(std::max(*lists, 1));
  response.set_issuer(issuer.uri);
  response.set_key_set(PublishedKeys(Issuers()));
  return response;
}

void PortableHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::ExportPassportRequest, v1::ExportPassportResponse>(
      "passend.v1.PassportService.ExportPassport",
      [this](const auto& context, const auto& request) { return Export(context, request); });
  bindings.Bind<v1::ImportCredentialsRequest, v1::ImportCredentialsResponse>(
      "passend.v1.PassportService.ImportCredentials",
      [this](const auto& context, const auto& request) { return Import(context, request); });
  bindings.Bind<v1::GetStatusListRequest, v1::GetStatusListResponse>(
      "passend.v1.CredentialService.GetStatusList",
      [this](const auto& context, const auto& request) { return GetStatusList(context, request); });
}

}  // namespace passend::service
