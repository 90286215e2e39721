// A server that keeps passports which coaches change, and knows a few skills.
#ifndef PASSEND_TESTS_SERVICE_CLIENT_SHEET_FAKE_OFFICE_H_
#define PASSEND_TESTS_SERVICE_CLIENT_SHEET_FAKE_OFFICE_H_

#include <mutex>
#include <string>

#include "tests/service/client/fake_server.h"

namespace passend::client {

// Passports can be read and updated, with what was recorded and stands
// as their skills. Knows the skills "make
// soup" (soep koken), "bake" (bakken), "weld/solder" (lassen/solderen) and twice "sweep"; searching
// finds by the start of a label.
class FakeOffice : public FakeServer {
 public:
  using FakeServer::FakeServer;

  grpc::Status SearchConcepts(grpc::ServerContext*, const v1::SearchConceptsRequest* request,
                              v1::SearchConceptsResponse* response) override;
  grpc::Status GetConcept(grpc::ServerContext*, const v1::GetConceptRequest* request,
                          v1::Concept* response) override;
  grpc::Status GetPassport(grpc::ServerContext*, const v1::GetPassportRequest* request,
                           v1::Passport* response) override;
  grpc::Status UpdatePassport(grpc::ServerContext*, const v1::UpdatePassportRequest* request,
                              v1::Passport* response) override;

  grpc::Status ListValidations(grpc::ServerContext*, const v1::ListValidationsRequest* request,
                               v1::ListValidationsResponse* response) override;

  // To be looked at while nothing is being asked.
  int updates = 0;
  int searches = 0;

 private:
  v1::Passport* Find(const std::string& name);

  std::mutex mutex_;
};

}  // namespace passend::client

#endif  // PASSEND_TESTS_SERVICE_CLIENT_SHEET_FAKE_OFFICE_H_
