// People, partners, and feeds of them, without gRPC and without threads: an answer is made when it
// is asked for.
#ifndef PASSEND_TESTS_SERVICE_FEED_FEED_WORLD_H_
#define PASSEND_TESTS_SERVICE_FEED_FEED_WORLD_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "passend/v1/consent.pb.h"
#include "passend/v1/sync_service.pb.h"
#include "service/audit/answer_ledger.h"
#include "service/audit/history_store.h"
#include "service/call/method_bindings.h"
#include "service/feed/consent_sweeper.h"
#include "service/feed/watch_handlers.h"
#include "service/policy/current_policy.h"
#include "service/sync/sync_handlers.h"
#include "tests/service/feed/model_reader.h"
#include "tests/service/service_world.h"

namespace passend::service {

// What a feed is asked with.
struct Asked {
  std::string partner = "partners/delft";
  std::vector<std::string> regions = {};
  bool with_validations = false;
};

class FeedWorld {
 public:
  FeedWorld();

  ServiceWorld& world() { return world_; }
  storage::Store& store() { return world_.store(); }

  // A passport of these partners, in that region.
  std::string Create(const std::vector<std::string>& partners,
                     const std::string& region = "groningen");
  // Changes the weekly hours that somebody wishes, which everybody may see who sees wishes.
  void ChangeWishes(const std::string& passport, int hours);
  void Move(const std::string& passport, const std::string& region);
  void SetPartners(const std::string& passport, const std::vector<std::string>& partners);
  void Erase(const std::string& passport);
  // One commit that changes all passports that there are.
  void ChangeEverybodyAtOnce();
  // The consent's name. For PURPOSE_SYNC.
  std::string Grant(const std::string& passport, const std::string& audience,
                    const std::vector<v1::FieldGroup>& groups,
                    absl::Duration for_time = absl::Hours(2));
  void Revoke(const std::string& consent);
  // The partner says, with that revision and nothing else, that its external id means the passport;
  // an empty one: a new one, in Groningen. The passport's name; empty where that was refused.
  std::string Push(const std::string& partner, const std::string& external_id,
                   const std::string& passport, const std::string& revision = "1");
  // A commit that is about nobody.
  void CommitLine();
  size_t Sweep();

  // The next moment that a feed is given has this commit at least; 0: the last one.
  void SetAtLeast(storage::Sequence at_least) { at_least_ = at_least; }

  v1::WatchRequest RequestOf(const Asked& asked, const std::string& cursor) const;
  // A new stream from the cursor.
  absl::StatusOr<std::unique_ptr<ByteFeed>> Open(const Asked& asked, const std::string& cursor);
  // The next answer, after looking as often as it takes; nullopt where there is no news.
  absl::StatusOr<std::optional<v1::WatchResponse>> Next(ByteFeed& feed, bool heartbeat_due = false);
  // Goes on from the reader's cursor until there is no news.
  void CatchUp(const Asked& asked, ModelReader& reader);

  // What the partner may see now, as the plain methods of the API tell it: by name, as it is told
  // in a change without sequence.
  std::map<std::string, v1::WatchChange> TruthFor(const Asked& asked);

  // As whom the feed is asked; the local caller as a rule.
  void SetCaller(Caller caller) { caller_ = std::move(caller); }
  CallContext Context() const;
  const MethodBindings& bindings() const { return bindings_; }
  void KeepLooks() { bindings_.KeepLooks(ledger_); }

 private:
  std::vector<v1::Passport> AllPassports();
  template <typename Response>
  Response Must(std::string_view method, const google::protobuf::Message& request);

  ServiceWorld world_;
  AnswerLedger ledger_{world_.store(), world_.tools().surroundings};
  FixedCatalog skills_;
  std::unique_ptr<SyncHandlers> sync_;
  // What partners call people: by partner and passport.
  std::map<std::pair<std::string, std::string>, std::string> external_ids_;
  std::unique_ptr<CurrentPolicy> policy_;
  std::optional<WatchHandlers> watching_;
  MethodBindings bindings_;
  ConsentSweeper sweeper_{world_.tools()};
  storage::Sequence at_least_ = 0;
  int lines_ = 0;
  int batches_ = 0;
  std::optional<Caller> caller_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_FEED_FEED_WORLD_H_
