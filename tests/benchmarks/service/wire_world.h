// The real service on loopback over a store with the people of one region, and the core that it
// stands on.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_WIRE_WORLD_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_WIRE_WORLD_H_

#include <memory>
#include <string>
#include <vector>

#include "matcher/match_index.h"
#include "matcher/reference_scorer.h"
#include "matcher/work.h"
#include "service/call/authorizer.h"
#include "service/call/call_server.h"
#include "service/match/match_parts.h"
#include "service/passendd/assembly.h"
#include "service/passendd/grpc_server.h"
#include "storage/store.h"
#include "tests/benchmarks/matcher/population.h"
#include "tests/benchmarks/service/token_bearer.h"

namespace passend::service {

inline constexpr char kFindCandidatesMethod[] = "/passend.v1.MatchService/FindCandidates";

struct WireOptions {
  size_t people = 1'000'000;  // of the country; those of its average region are stored
  size_t tasks = 16;          // of that region, with six skills each
  size_t threads = 2;         // of the service's workers
  // Whether people's records are encrypted, looks, decisions and earlier versions are kept, and
  // each call has to bring a token.
  bool trusted = false;
};

// Ends the program where anything cannot be done.
class WireWorld {
 public:
  explicit WireWorld(const WireOptions& options);
  ~WireWorld();

  const std::string& address() const { return server_->address(); }
  // What each call has to bring in its header `authorization`; empty where nothing is asked for.
  std::string authorization() const { return bearer_ ? bearer_->authorization() : ""; }
  const storage::Store& store() const { return *store_; }
  // A first page of the default size for each task.
  const std::vector<std::string>& requests() const { return requests_; }

  // One validation for each of some people, to be recorded as often as one likes.
  const std::vector<std::string>& validations() const { return validations_; }

  // Commits a record of so many bytes, as the store does it for everybody: synced.
  void CommitSomething(size_t bytes) const;

  // Answers requests()[task] on this thread, as a worker of the service does, without gRPC.
  std::string Answer(size_t task) const;

  // The same questions to the core, over the same people: `task` is a place in requests().
  matcher::Ranking RankCore(size_t task, size_t limit) const;
  // The same, with the fit of each who is listed, term by term: what the answer's reasons are made
  // of. Returns the sum of their scores.
  int64_t ExplainCore(size_t task, size_t limit) const;

 private:
  static matcher::RankOptions OptionsOf(const matcher::Work& work, size_t limit);
  void FillStore(const WireOptions& options);
  void Write(std::vector<storage::Mutation> records);
  void BuildCore();
  void StartServer(const WireOptions& options);

  const std::string directory_;
  const matcher::Population population_;
  std::unique_ptr<storage::Store> store_;
  std::vector<matcher::Work> works_;
  std::vector<std::string> requests_;
  std::vector<std::string> validations_;
  std::shared_ptr<const matcher::Taxonomy> taxonomy_;
  std::shared_ptr<matcher::MatchIndex> core_;
  matcher::ScoringBasis basis_;
  const LocalAuthorizer local_;
  const std::unique_ptr<const TokenBearer> bearer_;  // null where nothing is asked for
  std::unique_ptr<CallLog> log_;
  std::unique_ptr<Assembly> assembly_;
  std::unique_ptr<CallServer> calls_;
  std::unique_ptr<GrpcServer> server_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_WIRE_WORLD_H_
