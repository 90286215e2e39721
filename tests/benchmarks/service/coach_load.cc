#include "tests/benchmarks/service/coach_load.h"

#include <cmath>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/validation_service.pb.h"

namespace passend::service {
namespace {

constexpr double kChangesASecond = 4;  // of each kind
constexpr double kErasuresASecond = 1;
constexpr size_t kConsentsOfOne = 100;

std::string NewPerson(OpenLoad& load) {
  v1::CreatePassportRequest create;
  create.mutable_passport()->add_coaches("coaches/work-first");
  return load.Ask<v1::Passport>("/passend.v1.PassportService/CreatePassport", create).name();
}

std::string Revocation(OpenLoad& load, const std::string& person) {
  v1::GrantConsentRequest grant;
  grant.set_parent(person);
  v1::Consent& consent = *grant.mutable_consent();
  consent.set_audience("coaches/other-work");
  consent.set_purpose(v1::PURPOSE_GUIDANCE);
  consent.add_groups(v1::FIELD_GROUP_SKILLS);
  consent.mutable_expire_time()->set_seconds(
      absl::ToUnixSeconds(absl::Now() + absl::Hours(24 * 30)));
  v1::RevokeConsentRequest revoke;
  revoke.set_name(load.Ask<v1::Consent>("/passend.v1.ConsentService/GrantConsent", grant).name());
  return revoke.SerializeAsString();
}

std::string Erasure(const std::string& person) {
  v1::ErasePassportRequest erase;
  erase.set_name(person);
  return erase.SerializeAsString();
}

}  // namespace

CoachLoad::CoachLoad(OpenLoad& load, const std::string& skill, double seconds) : skill_(skill) {
  const auto consents = static_cast<size_t>(std::ceil(kChangesASecond * seconds));
  const auto erased = static_cast<size_t>(std::ceil(kErasuresASecond * seconds));
  for (size_t i = 0; i < consents; ++i) {
    if (i % kConsentsOfOne == 0) person_ = NewPerson(load);
    revocations_.requests.push_back(Revocation(load, person_));
  }
  for (size_t i = 0; i < erased; ++i) erasures_.requests.push_back(Erasure(NewPerson(load)));
}

std::vector<CoachCalls> CoachLoad::Calls() {
  return {{"/passend.v1.PassportService/UpdatePassport", kChangesASecond,
           [this] { return NextUpdate(); }},
          {"/passend.v1.ValidationService/RecordValidations", kChangesASecond,
           [this] { return NextValidation(); }},
          {"/passend.v1.ConsentService/RevokeConsent", kChangesASecond,
           [this] { return revocations_.Next(); }},
          {"/passend.v1.PassportService/ErasePassport", kErasuresASecond,
           [this] { return erasures_.Next(); }}};
}

std::string CoachLoad::NextUpdate() {
  v1::UpdatePassportRequest request;
  request.mutable_passport()->set_name(person_);
  auto& hours = *request.mutable_passport()->mutable_wishes()->mutable_hours();
  const int weekly = 1 + updates_++ % 36;
  hours.set_weekly_hours_min(weekly);
  hours.set_weekly_hours_max(weekly);
  request.mutable_update_mask()->add_paths("wishes");
  return request.SerializeAsString();
}

std::string CoachLoad::NextValidation() {
  v1::RecordValidationsRequest request;
  request.set_parent(person_);
  v1::Validation& validation = *request.add_validations();
  validation.set_skill(skill_);
  validation.set_level(1 + validations_++ % 5);
  validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
  return request.SerializeAsString();
}

}  // namespace passend::service
