#include "tests/service/client/sheet/fake_office.h"

#include <cctype>
#include <utility>

namespace passend::client {
namespace {

struct Known {
  const char* name;
  const char* dutch;
  const char* english;
};
constexpr Known kSkills[] = {{"taxonomies/demo/concepts/make-soup", "Soep koken", "Make soup"},
                             {"taxonomies/demo/concepts/bake", "Bakken", "Bake"},
                             {"taxonomies/demo/concepts/17", "Lassen/solderen", "Weld/solder"},
                             {"taxonomies/demo/concepts/sweep", "Vegen", "Sweep"},
                             {"taxonomies/other/concepts/17", "Vegen", "Sweep"}};

bool StartsWith(std::string label, const std::string& query) {
  for (char& c : label) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return label.starts_with(query);
}

}  // namespace

grpc::Status FakeOffice::SearchConcepts(grpc::ServerContext*,
                                        const v1::SearchConceptsRequest* request,
                                        v1::SearchConceptsResponse* response) {
  const std::lock_guard lock(mutex_);
  ++searches;
  const bool dutch = request->language_code() == "nl";
  for (const Known& skill : kSkills) {
    const std::string label = dutch ? skill.dutch : skill.english;
    const std::string other = dutch ? skill.english : skill.dutch;
    // As the search does: the beginnings of words, here of the whole label.
    const bool first = StartsWith(label, request->query());
    if (!first && !StartsWith(other, request->query())) continue;
    v1::ConceptHit& hit = *response->add_hits();
    hit.set_name(skill.name);
    hit.set_label(label);
    if (!first) hit.set_matched_label(other);
  }
  return grpc::Status::OK;
}

grpc::Status FakeOffice::GetConcept(grpc::ServerContext*, const v1::GetConceptRequest* request,
                                    v1::Concept* response) {
  for (const Known& skill : kSkills) {
    if (request->name() != skill.name) continue;
    response->set_name(skill.name);
    return grpc::Status::OK;
  }
  return Refusal(grpc::StatusCode::NOT_FOUND, "ERROR_REASON_CONCEPT_NOT_FOUND");
}

v1::Passport* FakeOffice::Find(const std::string& name) {
  for (auto& [id, passport] : passports) {
    if (passport.name() == name) return &passport;
  }
  return nullptr;
}

grpc::Status FakeOffice::GetPassport(grpc::ServerContext*, const v1::GetPassportRequest* request,
                                     v1::Passport* response) {
  const std::lock_guard lock(mutex_);
  const v1::Passport* passport = Find(request->name());
  if (passport == nullptr) {
    return Refusal(grpc::StatusCode::NOT_FOUND, "ERROR_REASON_PASSPORT_NOT_FOUND");
  }
  *response = *passport;
  response->set_etag("seen");
  for (const auto& [id, recorded] : validations) {
    if (recorded.parent() != request->name()) continue;
    for (const v1::Validation& validation : recorded.validations()) {
      if (validation.has_revoke_time()) continue;
      v1::PassportSkill& skill = *response->add_skills();
      skill.set_skill(validation.skill());
      *skill.add_validations() = validation;
    }
  }
  return grpc::Status::OK;
}

grpc::Status FakeOffice::ListValidations(grpc::ServerContext*,
                                         const v1::ListValidationsRequest* request,
                                         v1::ListValidationsResponse* response) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, recorded] : validations) {
    if (recorded.parent() != request->parent()) continue;
    response->mutable_validations()->MergeFrom(recorded.validations());
  }
  return grpc::Status::OK;
}

grpc::Status FakeOffice::UpdatePassport(grpc::ServerContext*,
                                        const v1::UpdatePassportRequest* request,
                                        v1::Passport* response) {
  const std::lock_guard lock(mutex_);
  v1::Passport* passport = Find(request->passport().name());
  if (passport == nullptr || request->passport().etag() != "seen") {
    return Refusal(grpc::StatusCode::ABORTED, "ERROR_REASON_ETAG_MISMATCH");
  }
  ++updates;
  const v1::Passport& given = request->passport();
  for (const std::string& path : request->update_mask().paths()) {
    if (path == "region") passport->set_region(given.region());
    if (path == "wishes") *passport->mutable_wishes() = given.wishes();
    if (path == "paces") *passport->mutable_paces() = given.paces();
    if (path == "support") *passport->mutable_support() = given.support();
  }
  *response = *passport;
  return grpc::Status::OK;
}

}  // namespace passend::client
