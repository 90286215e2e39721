// A world with a key for credentials, and another that trusts it.
#ifndef PASSEND_TESTS_SERVICE_PORTABLE_PORTABLE_WORLD_H_
#define PASSEND_TESTS_SERVICE_PORTABLE_PORTABLE_WORLD_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "passend/v1/credential_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/credential/issuer_key.h"
#include "service/credential/trusted_issuers.h"
#include "tests/service/identity/signing_key.h"
#include "tests/service/service_world.h"

namespace passend::service {

inline constexpr char kOwnIssuer[] = "https://passend.example.org";
inline constexpr char kSchool[] = "https://school.example.org";

inline std::unique_ptr<IssuerKey> KeyFor(const SigningKey& key, const std::string& uri,
                                         const std::string& name = "") {
  auto parsed = IssuerKey::Parse(key.Pem(), {uri, name});
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return *std::move(parsed);
}

// The text of a file of trusted issuers with one issuer.
inline std::string TrustText(const IssuerKey& key, bool keeps_methods) {
  return nlohmann::json{{"issuers", nlohmann::json::array({nlohmann::json{
                                        {"issuer", key.profile().uri},
                                        {"name", "A school"},
                                        {"keys", nlohmann::json::parse(key.key_set())},
                                        {"keeps_methods", keeps_methods}}})}}
      .dump();
}

class PortableWorld {
 public:
  // Signs as `issuer`, and trusts whom `trust` names.
  explicit PortableWorld(const std::string& issuer = kOwnIssuer, const std::string& trust = "")
      : key_(KeyFor(SigningKey::Ec(), issuer, "Passend in Delft")) {
    CredentialParts parts;
    parts.key = key_.get();
    if (!trust.empty()) {
      auto issuers = TrustedIssuers::Parse(trust);
      EXPECT_TRUE(issuers.ok()) << issuers.status();
      trusted_ = std::make_shared<const TrustedIssuers>(*std::move(issuers));
      parts.trusted = [this] { return trusted_; };
    }
    world_ = std::make_unique<ServiceWorld>(nullptr, std::move(parts));
  }

  ServiceWorld& world() { return *world_; }
  const IssuerKey& key() const { return *key_; }

  // All credentials of a passport, over as many pages as it takes.
  std::vector<std::string> Export(const std::string& passport, int page_size = 0) {
    v1::ExportPassportRequest request;
    request.set_name(passport);
    request.set_format(v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL);
    request.set_page_size(page_size);
    std::vector<std::string> credentials;
    do {
      const auto page =
          world_->Call<v1::ExportPassportResponse>("PassportService.ExportPassport", request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      credentials.insert(credentials.end(), page->credentials().begin(), page->credentials().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return credentials;
  }

  absl::StatusOr<v1::ImportCredentialsResponse> Import(const std::string& passport,
                                                       const std::vector<std::string>& credentials,
                                                       const std::vector<std::string>& lists = {}) {
    v1::ImportCredentialsRequest request;
    request.set_parent(passport);
    for (const std::string& credential : credentials) {
      request.add_credentials()->set_credential(credential);
    }
    for (const std::string& list : lists) request.add_status_lists(list);
    return world_->Call<v1::ImportCredentialsResponse>("PassportService.ImportCredentials",
                                                       request);
  }

  // What became of one credential: its reason, "ACCEPTED" or "UNCHANGED".
  std::string ImportOne(const std::string& passport, const std::string& credential,
                        const std::vector<std::string>& lists = {}) {
    const auto response = Import(passport, {credential}, lists);
    if (!response.ok()) return std::string(response.status().message());
    const v1::ImportResult& result = response->results(0);
    if (result.outcome() == v1::IMPORT_OUTCOME_REJECTED) {
      EXPECT_FALSE(result.description().empty());
      return result.reason();
    }
    return result.outcome() == v1::IMPORT_OUTCOME_ACCEPTED ? "ACCEPTED" : "UNCHANGED";
  }

  std::string StatusList(int number = 1) {
    v1::GetStatusListRequest request;
    request.set_number(number);
    const auto list =
        world_->Call<v1::GetStatusListResponse>("CredentialService.GetStatusList", request);
    EXPECT_TRUE(list.ok()) << list.status();
    return list.ok() ? list->credential() : "";
  }

  std::vector<v1::Validation> Validations(const std::string& passport) {
    v1::ListValidationsRequest request;
    request.set_parent(passport);
    request.set_page_size(1000);
    std::vector<v1::Validation> validations;
    do {
      const auto list =
          world_->Call<v1::ListValidationsResponse>("ValidationService.ListValidations", request);
      EXPECT_TRUE(list.ok()) << list.status();
      if (!list.ok()) break;
      validations.insert(validations.end(), list->validations().begin(), list->validations().end());
      request.set_page_token(list->next_page_token());
    } while (!request.page_token().empty());
    return validations;
  }

  void Erase(const std::string& passport) {
    v1::ErasePassportRequest request;
    request.set_name(passport);
    EXPECT_TRUE(
        world_->Call<v1::ErasePassportResponse>("PassportService.ErasePassport", request).ok());
  }
  void Revoke(const std::string& validation) {
    v1::RevokeValidationRequest request;
    request.set_name(validation);
    request.set_reason("a mistake");
    EXPECT_TRUE(world_->Call<v1::Validation>("ValidationService.RevokeValidation", request).ok());
  }

 private:
  std::unique_ptr<IssuerKey> key_;
  std::shared_ptr<const TrustedIssuers> trusted_;
  std::unique_ptr<ServiceWorld> world_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_PORTABLE_PORTABLE_WORLD_H_
