// A person with a whole passport, whom a coach and a partner know, and who shares it.
#ifndef PASSEND_TESTS_SERVICE_CONSENT_CONSENT_SCENE_H_
#define PASSEND_TESTS_SERVICE_CONSENT_CONSENT_SCENE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "passend/v1/consent_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/records/stored_message.h"
#include "tests/service/service_world.h"

namespace passend::service {

inline Caller Is(Role role, const std::string& tenant) {
  return {"unix:", "somebody", role, tenant, Proof::kToken};
}

class ConsentScene : public testing::Test {
 protected:
  ConsentScene() {
    v1::Passport passport = WholePassport();
    passport.add_partners("partners/delft");
    passport.add_coaches("coaches/work-first");
    passport_ = world_.CreatePassport(passport).name();
    v1::RecordValidationsRequest request;
    request.set_parent(passport_);
    v1::Validation& validation = *request.add_validations();
    validation.set_skill(kSweeping);
    validation.set_level(3);
    validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
    validation.set_validator("coaches/c-17");
    validation.set_place("community kitchen");
    EXPECT_TRUE(
        world_.Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request)
            .ok());
    person_ = Is(Role::kPerson, passport_.substr(std::string("passports/").size()));
  }

  template <typename Response>
  absl::StatusOr<Response> Call(const Caller& caller, const std::string& method,
                                const google::protobuf::Message& request) const {
    CallContext context = world_.ContextFor(method);
    context.caller = caller;
    const auto bytes = world_.bindings().Answer(context, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Response response;
    response.ParseFromString(*bytes);
    return response;
  }

  v1::GrantConsentRequest Asked(const std::string& audience, v1::Purpose purpose,
                                const std::vector<v1::FieldGroup>& groups,
                                absl::Duration for_time = absl::Hours(24)) const {
    v1::GrantConsentRequest request;
    request.set_parent(passport_);
    request.mutable_consent()->set_audience(audience);
    request.mutable_consent()->set_purpose(purpose);
    for (const v1::FieldGroup group : groups) request.mutable_consent()->add_groups(group);
    *request.mutable_consent()->mutable_expire_time() = ToTimestamp(world_.now() + for_time);
    return request;
  }
  absl::StatusOr<v1::Consent> Grant(const Caller& caller,
                                    const v1::GrantConsentRequest& request) const {
    return Call<v1::Consent>(caller, "ConsentService.GrantConsent", request);
  }
  v1::Consent MustGrant(const v1::GrantConsentRequest& request) const {
    const auto consent = Grant(person_, request);
    EXPECT_TRUE(consent.ok()) << consent.status();
    return consent.value_or(v1::Consent());
  }
  absl::StatusOr<v1::Consent> Revoke(const Caller& caller, const std::string& name,
                                     const std::string& etag = "",
                                     const std::string& request_id = "") const {
    v1::RevokeConsentRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(request_id);
    return Call<v1::Consent>(caller, "ConsentService.RevokeConsent", request);
  }
  absl::StatusOr<v1::Passport> Get(const Caller& caller) const {
    v1::GetPassportRequest request;
    request.set_name(passport_);
    return Call<v1::Passport>(caller, "PassportService.GetPassport", request);
  }
  absl::StatusOr<v1::ListValidationsResponse> Validations(const Caller& caller) const {
    v1::ListValidationsRequest request;
    request.set_parent(passport_);
    return Call<v1::ListValidationsResponse>(caller, "ValidationService.ListValidations", request);
  }
  absl::StatusOr<v1::ListConsentsResponse> Consents(const Caller& caller,
                                                    bool standing_only = false) const {
    v1::ListConsentsRequest request;
    request.set_parent(passport_);
    request.set_standing_only(standing_only);
    return Call<v1::ListConsentsResponse>(caller, "ConsentService.ListConsents", request);
  }

  ServiceWorld world_;
  std::string passport_;
  Caller person_;
  const Caller partner_ = Is(Role::kPartner, "delft");
  const Caller coach_ = Is(Role::kCoach, "work-first");
  const Caller other_coach_ = Is(Role::kCoach, "step-up");
  const Caller employer_ = Is(Role::kEmployer, "zorghuis");
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_CONSENT_CONSENT_SCENE_H_
