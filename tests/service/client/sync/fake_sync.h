// A small SyncService in this process that cuts, refuses and falls silent when it is told to.
#ifndef PASSEND_TESTS_SERVICE_CLIENT_SYNC_FAKE_SYNC_H_
#define PASSEND_TESTS_SERVICE_CLIENT_SYNC_FAKE_SYNC_H_

#include <grpcpp/grpcpp.h>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "passend/v1/sync_service.grpc.pb.h"

namespace passend::client {

namespace v1 = passend::v1;

// How a stream ends after so many answers: the line breaks, or nothing comes any more.
struct Break {
  int after_answers = 0;
  bool silent = false;
  grpc::StatusCode code = grpc::StatusCode::UNAVAILABLE;
};

// Keeps what is pushed; a region "atlantis" is rejected, ids that begin with "conflict" conflict,
// and those in `erased` are erased. A batch that breaks off is carried out, but not answered.
// Tells `feed`, one part after the other, with their numbers as cursors. Thread-safe, but for what
// is said of the members.
class FakeSync : public v1::SyncService::Service {
 public:
  explicit FakeSync(const std::string& folder);
  ~FakeSync() override;

  const std::string& address() const { return address_; }

  grpc::Status Push(grpc::ServerContext* context,
                    grpc::ServerReaderWriter<v1::PushResponse, v1::PushRequest>* stream) override;
  grpc::Status Reconcile(grpc::ServerContext*, const v1::ReconcileRequest* request,
                         v1::ReconcileResponse* response) override;
  grpc::Status Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                     grpc::ServerWriter<v1::WatchResponse>* writer) override;

  // To be set and looked at while nothing is being asked.
  std::map<std::string, v1::PushRecord> people;
  std::set<std::string> erased;
  std::map<std::string, std::string> carried_out;  // batches by id
  std::vector<std::string> partners;               // of each batch that came
  int repeated = 0;
  std::deque<Break> breaks;  // of the streams to come, one each; then none
  grpc::Status refusal;      // not OK: of every Push
  int heavy_max = 1000;      // so many people whose ids begin with "heavy" fit into a batch
  std::vector<v1::WatchResponse> feed;
  std::vector<v1::WatchRequest> watched;
  bool forgot = false;  // cursors are too old
  std::string secret;   // of its database

 private:
  void CarryOut(const v1::PushRequest& batch, v1::PushResponse& answer);
  Break NextBreak();

  std::mutex mutex_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

// A part of a feed: people by name, with a sequence.
v1::WatchResponse Part(const std::vector<std::string>& names, bool complete = false);

}  // namespace passend::client

#endif  // PASSEND_TESTS_SERVICE_CLIENT_SYNC_FAKE_SYNC_H_
