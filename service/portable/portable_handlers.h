// What PassportService answers about passports that are taken along, and CredentialService, without
// gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_PORTABLE_PORTABLE_HANDLERS_H_
#define PASSEND_SERVICE_PORTABLE_PORTABLE_HANDLERS_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/credential_service.pb.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/portable.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/credential/credential_checker.h"
#include "service/credential/issuer_key.h"
#include "service/credential/trusted_issuers.h"
#include "service/disclosure/disclosure_plan.h"
#include "service/handler_tools.h"
#include "service/policy/current_policy.h"
#include "service/records/validation_book.h"
#include "service/skill_catalog.h"

namespace passend::service {

// What the operator gave for credentials. All of it must outlive the handlers.
struct CredentialParts {
  const IssuerKey* key = nullptr;  // null: nothing is signed
  // The issuers in force; empty function: none but the server itself.
  std::function<std::shared_ptr<const TrustedIssuers>()> trusted;
};

// Thread safety: all methods may be called from any thread. Errors as in passport_service.proto and
// credential_service.proto; nothing is written on any of them.
class PortableHandlers {
 public:
  // `catalog` and `policy` must outlive the handlers.
  PortableHandlers(const HandlerTools& tools, const SkillCatalog& catalog,
                   const CurrentPolicy& policy, CredentialParts parts);

  absl::StatusOr<v1::ExportPassportResponse> Export(const CallContext& context,
                                                    const v1::ExportPassportRequest& request);
  absl::StatusOr<v1::ImportCredentialsResponse> Import(const CallContext& context,
                                                       const v1::ImportCredentialsRequest& request);
  absl::StatusOr<v1::GetStatusListResponse> GetStatusList(
      const CallContext& context, const v1::GetStatusListRequest& request) const;

  void BindTo(MethodBindings& bindings);

 private:
  // The passport that is exported, and what of it the caller sees.
  struct Exported {
    PassportName name;
    storage::Version version;
    v1::Passport passport;  // without skills
    ValidationBook book;
    GroupSet groups;
  };
  absl::StatusOr<Exported> ReadForExport(const CallContext& context, const std::string& name) const;
  absl::StatusOr<v1::ExportPassportResponse> ExportCredentials(
      const CallContext& context, const v1::ExportPassportRequest& request,
      const Exported& exported);
  absl::StatusOr<v1::ExportPassportResponse> ExportEverything(Exported exported) const;
  absl::StatusOr<v1::ExportPassportResponse> ExportPage(const v1::ExportPassportRequest& request,
                                                        Exported exported) const;
  KnownIssuers Issuers() const;

  HandlerTools tools_;
  const SkillCatalog& catalog_;
  const CurrentPolicy& policy_;
  const CredentialParts parts_;
  const DisclosurePlan passport_plan_;
  const DisclosurePlan validation_plan_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_PORTABLE_HANDLERS_H_
