// What callers' own words leave behind: logins, seeds, ids of requests and of batches. Somebody
// calls with a canary in each; then they are erased, and every file is searched for it: of the
// database, its logs, its backups and the keys.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/sync_service.pb.h"
#include "service/audit/audit_keys.h"
#include "storage/backup/backups.h"
#include "tests/service/audit/replay_scene.h"

namespace passend::service {
namespace {

constexpr char kLogin[] = "kanarie-login";
constexpr char kSeed[] = "kanarie-zaad";
constexpr char kRegion[] = "kanarie-streek";
constexpr char kCanary[] = "kanarie-";

// What their owner has called with in canaries' words.
class ErasureTracesTest : public ReplayScene {
 protected:
  ErasureTracesTest() {
    Fill(3, 3);
    ada_ = people_.front();
    caller_ = CallerAs(Role::kPerson, ada_.substr(ada_.find('/') + 1));
    caller_.subject = kLogin;
  }

  void FindTasks(const Caller& caller) {
    v1::FindTasksRequest request;
    request.set_passport(ada_);
    request.add_regions("groningen");
    request.add_regions(kRegion);
    request.mutable_options()->set_seed(kSeed);
    const auto found =
        world_->Call<v1::FindTasksResponse>("MatchService.FindTasks", request, caller);
    EXPECT_TRUE(found.ok()) << found.status();
  }

  void Grant(const std::string& request_id) {
    v1::GrantConsentRequest request;
    request.set_parent(ada_);
    request.set_request_id(request_id);
    v1::Consent& consent = *request.mutable_consent();
    consent.set_audience("coaches/step-up");
    consent.set_purpose(v1::PURPOSE_GUIDANCE);
    consent.add_groups(v1::FIELD_GROUP_BASIC);
    consent.mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(world_->now() + absl::Hours(24)));
    const auto granted = world_->Call<v1::Consent>("ConsentService.GrantConsent", request, caller_);
    EXPECT_TRUE(granted.ok()) << granted.status();
  }

  void Record(const std::string& request_id) {
    v1::RecordValidationsRequest request;
    request.set_parent(ada_);
    request.set_request_id(request_id);
    v1::Validation& validation = *request.add_validations();
    validation.set_skill("taxonomies/demo/concepts/weed");
    validation.set_level(2);
    validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
    const auto recorded =
        world_->Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
  }

  // Whom the batch is about.
  std::string Push(const std::string& batch_id) {
    v1::PushRequest request;
    request.set_batch_id(batch_id);
    v1::PushRecord& record = *request.add_records();
    record.set_external_id("kanarie-nummer");
    record.set_revision("kanarie-stand");
    record.mutable_upsert()->mutable_passport()->set_region("groningen");
    const auto pushed = world_->Call<v1::PushResponse>("SyncService.Push", request,
                                                       CallerAs(Role::kPartner, "delft"));
    EXPECT_TRUE(pushed.ok()) << pushed.status();
    return pushed.ok() ? pushed->results(0).passport() : "";
  }

  std::string CallAll() {
    FindTasks(caller_);
    Grant("kanarie-toestemming");
    Record("kanarie-bewijs");
    return Push("kanarie-lading");
  }

  void BackUp() {
    const auto made = storage::MakeBackup(*store_, {.folder = all() + "/backups"});
    ASSERT_TRUE(made.ok()) << made.status();
  }

  void Compact() {
    Stop();
    storage::BareDatabase bare(all() + "/data");
    for (const char* family : {"default", "record", "journal", "receipt"}) {
      ASSERT_TRUE(bare.db().CompactRange({}, bare.family(family), nullptr, nullptr).ok());
    }
  }

  const std::string& all() const { return directory_.path(); }
  int Found(const std::string& word = kCanary) const {
    return storage::CountFilesWith(all(), word);
  }

  std::string ada_;
  Caller caller_;
};

TEST_F(ErasureTracesTest, NoWordIsInAnyFile) {
  const std::string pushed = CallAll();
  EXPECT_EQ(Found(), 0) << "while it runs";
  BackUp();
  world_->Erase(ada_);
  world_->Erase(pushed);
  EXPECT_EQ(Found(), 0) << "erased";
  BackUp();
  EXPECT_EQ(Found(), 0) << "backed up";
  Compact();
  EXPECT_EQ(Found(), 0) << "compacted";
}

// Nothing is encrypted here: what is the person's is found while they are there, and ids never.
TEST_F(ErasureTracesTest, WithoutEncryptionWordsAreFoundAndIdsAreNot) {
  Stop();
  storage::OpenOptions options;
  options.directory = all() + "/plain";
  auto store = storage::OpenRocksDbStore(std::move(options));
  ASSERT_TRUE(store.ok()) << store.status();
  store_ = *std::move(store);
  world_ = std::make_unique<AuditWorld>(*store_);
  people_.clear();
  tasks_.clear();
  Fill(3, 3);
  ada_ = people_.front();
  caller_.tenant = ada_.substr(ada_.find('/') + 1);
  CallAll();
  EXPECT_GT(Found(kLogin), 0);
  EXPECT_GT(Found(kSeed), 0);
  EXPECT_GT(Found(kRegion), 0);
  EXPECT_GT(Found("kanarie-nummer"), 0);
  for (const char* id : {"kanarie-toestemming", "kanarie-bewijs", "kanarie-lading"}) {
    EXPECT_EQ(Found(id), 0) << id;
  }
}

TEST_F(ErasureTracesTest, AReplayTellsTheCallerUntilThePersonIsErased) {
  FindTasks(caller_);
  const std::string name = world_->Decisions().front();
  v1::ReplayResponse replayed = world_->Replay(name);
  EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << replayed.DebugString();
  EXPECT_EQ(replayed.decision().role(), "person");
  EXPECT_EQ(replayed.decision().tenant(), caller_.tenant);
  EXPECT_EQ(replayed.decision().subject(), kLogin);
  EXPECT_EQ(replayed.decision().trace(), kTrace);
  EXPECT_EQ(replayed.decision().seed(), kSeed);
  ASSERT_EQ(replayed.decision().regions_size(), 2);
  EXPECT_EQ(replayed.decision().regions(1), kRegion);
  EXPECT_EQ(replayed.decision().basis().policy(), "policies/1");
  const auto list = [&] {
    return world_
        ->Call<v1::ListDecisionsResponse>("AuditService.ListDecisions", v1::ListDecisionsRequest())
        .value()
        .decisions(0);
  };
  v1::Decision outline = replayed.decision();
  outline.clear_places();
  outline.clear_summary();
  EXPECT_EQ(list().SerializeAsString(), outline.SerializeAsString());

  world_->Erase(ada_);
  replayed = world_->Replay(name);
  EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_INPUT_GONE);
  ASSERT_EQ(replayed.gone_size(), 1);
  EXPECT_NE(replayed.gone(0).find("was erased"), std::string::npos) << replayed.gone(0);
  v1::Decision left;
  left.set_name(name);
  *left.mutable_decide_time() = outline.decide_time();
  left.set_method(outline.method());
  left.set_passport(ada_);
  EXPECT_EQ(replayed.decision().SerializeAsString(), left.SerializeAsString())
      << replayed.decision().DebugString();
  EXPECT_EQ(list().SerializeAsString(), left.SerializeAsString());
  const v1::CheckAccessLogResponse checked = world_->Check();
  EXPECT_TRUE(checked.whole()) << checked.DebugString();
  EXPECT_EQ(checked.decisions(), 1);
}

// What a ranking was made with is known to the journal by the line's digest.
TEST_F(ErasureTracesTest, AChangedBasisOfThePersonsShows) {
  FindTasks(caller_);
  EXPECT_TRUE(world_->Check().whole());
  const std::string answer = world_->Decisions().front().substr(std::string("decisions/").size());
  const storage::Key key = LookKey(caller_.tenant, answer);
  store::v1::Look look;
  ASSERT_TRUE(look.ParseFromString(store_->Read({key}).value().front()->value));
  look.mutable_decision()->set_seed("another");
  storage::Batch batch;
  batch.mutations.push_back({key, look.SerializeAsString()});
  ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  EXPECT_FALSE(world_->Check().whole());
}

}  // namespace
}  // namespace passend::service
