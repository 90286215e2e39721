// Who looked at whom is written down before anybody sees anything, can be read by whom it is about,
// and cannot be changed without it showing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/audit/audit_keys.h"
#include "service/audit/tell.h"
#include "service/errors/error_status.h"
#include "service/text.h"
#include "storage/forwarding_store.h"
#include "storage/memory_store.h"
#include "tests/service/audit/audit_world.h"
#include "tests/service/passendd/method_askings.h"

namespace passend::service {
namespace {

using storage::RecordKind;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<storage::Record> AllOf(const storage::Store& store, RecordKind kind) {
  std::vector<storage::Record> records;
  EXPECT_TRUE(store
                  .Scan({kind, "", ""},
                        [&](storage::Record record) {
                          records.push_back(std::move(record));
                          return true;
                        })
                  .ok());
  return records;
}

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    world_.ImportSkills("1", {"sweeping", "weed"});
    for (int i = 0; i < 4; ++i) {
      people_.push_back(world_.CreatePassport(random_));
      world_.Record(people_.back(), "weed", 3);
    }
    task_ = world_.CreateTask("weed", random_);
  }

  static std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }
  Caller PersonOf(const std::string& name) const { return CallerAs(Role::kPerson, IdOf(name)); }
  // With one of everything that a method may ask about. Not everybody fits every task: somebody
  // whom the task's list shows.
  Scene NewScene() {
    Scene scene = TryScene();
    for (int tries = 0; scene.candidate.empty() && tries < 50; ++tries) scene = TryScene();
    EXPECT_NE(scene.candidate, "");
    return scene;
  }
  Scene TryScene() {
    Scene scene;
    scene.passport = world_.CreatePassport(random_);
    for (int i = 0; i < 2; ++i) world_.Record(scene.passport, "weed", 2);
    v1::UpdatePassportRequest giving;  // to who pushes
    giving.mutable_passport()->set_name(scene.passport);
    giving.mutable_passport()->add_partners(absl::StrCat("partners/", kOwn));
    giving.mutable_update_mask()->add_paths("partners");
    EXPECT_TRUE(world_.Call<v1::Passport>("PassportService.UpdatePassport", giving).ok());
    v1::ListValidationsRequest list;
    list.set_parent(scene.passport);
    const auto listed =
        world_.Call<v1::ListValidationsResponse>("ValidationService.ListValidations", list);
    scene.validation = listed->validations(0).name();
    scene.disputed = listed->validations(1).name();
    v1::DisputeValidationRequest dispute;
    dispute.set_name(scene.disputed);
    dispute.set_reason("it was somebody else");
    EXPECT_TRUE(world_.Call<v1::Validation>("ValidationService.DisputeValidation", dispute).ok());
    scene.task = world_.CreateTask("weed", random_);
    v1::FindCandidatesRequest find;
    find.set_task(scene.task);
    find.set_page_size(200);
    const v1::FindCandidatesResponse found = world_.FindCandidates(find);
    for (const v1::Candidate& candidate : found.candidates()) {
      if (candidate.passport() == scene.passport) scene.candidate = candidate.candidate();
    }
    v1::GetTaskRequest get;
    get.set_name(scene.task);
    v1::GrantConsentRequest grant;
    grant.set_parent(scene.passport);
    v1::Consent& consent = *grant.mutable_consent();
    consent.set_audience(world_.Call<v1::Task>("TaskService.GetTask", get)->employer());
    consent.set_purpose(v1::PURPOSE_INTRODUCTION);
    consent.add_groups(v1::FIELD_GROUP_IDENTITY);
    consent.set_any_task(true);
    consent.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(world_.now() + absl::Hours(24)));
    const auto granted = world_.Call<v1::Consent>("ConsentService.GrantConsent", grant);
    EXPECT_TRUE(granted.ok()) << granted.status();
    scene.consent = granted->name();
    Find();
    scene.decision = world_.Decisions().front();
    return scene;
  }
  v1::FindCandidatesResponse Find() const {
    v1::FindCandidatesRequest request;
    request.set_task(task_);
    return world_.FindCandidates(request);
  }
  std::mt19937_64 random_{11};
  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  AuditWorld world_{*store_};
  const Caller auditor_ = CallerAs(Role::kAuditor, "house");
  std::vector<std::string> people_;
  std::string task_;
};

TEST_F(LedgerTest, AnAuditorSeesDecisionsAndReplaysThem) {
  const v1::FindCandidatesResponse shown = Find();
  ASSERT_GT(shown.candidates_size(), 0);
  const auto listed = world_.Call<v1::ListDecisionsResponse>("AuditService.ListDecisions",
                                                             v1::ListDecisionsRequest(), auditor_);
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->decisions_size(), 1);
  EXPECT_EQ(listed->decisions(0).task(), task_);
  v1::ReplayRequest request;
  request.set_name(listed->decisions(0).name());
  const auto replayed = world_.Call<v1::ReplayResponse>("AuditService.Replay", request, auditor_);
  ASSERT_TRUE(replayed.ok()) << replayed.status();
  EXPECT_EQ(replayed->outcome(), v1::REPLAY_OUTCOME_IDENTICAL);
  EXPECT_EQ(replayed->places_size(), shown.candidates_size());
}

TEST_F(LedgerTest, EveryMethodHasARowAndSaysWhomItsAnswerShows) {
  std::map<std::string, Asking> askings = Askings();
  for (const MethodRow& method : MethodTable()) {
    const std::string name(method.name);
    if (name.ends_with(".PublishPolicy") || name.ends_with(".ImportTaxonomy")) continue;
    if (method.lane == Lane::kFeed) continue;  // tests/service/feed/watch_feed_test.cc
    if (name.starts_with("passend.v1.AdminService.")) continue;  // tests/service/admin
    SCOPED_TRACE(name);
    const Scene scene = NewScene();
    const auto answer_to = [&](const std::string& asked) {
      return world_.bindings().Answer(
          world_.ContextFor(asked.substr(std::string("passend.v1.").size()), LocalCaller()),
          askings.at(asked).bytes(scene));
    };
    if (name.ends_with(".ListProposedCandidates")) {
      EXPECT_TRUE(answer_to("passend.v1.ProposalService.ProposeCandidate").ok());
    }
    std::set<std::string> before;
    for (const auto& look : AllOf(*store_, RecordKind::kLook)) before.insert(look.key.id);
    const auto answer = answer_to(name);
    ASSERT_TRUE(answer.ok()) << answer.status();
    std::set<std::string> told;
    for (const auto& look : AllOf(*store_, RecordKind::kLook)) {
      if (!before.contains(look.key.id)) told.insert(look.key.id.substr(0, look.key.id.find('/')));
    }
    // Of nobody here a revision was pushed: tests/service/sync/reconcile_test.cc.
    const bool shows = method.shows == Shows::kPeople && !name.ends_with(".Reconcile");
    EXPECT_EQ(!told.empty(), shows);
    const std::regex passports("passports/([a-z0-9]+)");
    for (std::sregex_iterator at(answer->begin(), answer->end(), passports), end; at != end; ++at) {
      EXPECT_TRUE(!shows || told.contains((*at)[1].str())) << (*at)[1].str();
    }
  }
}

TEST_F(LedgerTest, ALineSaysWhoLookedForWhatAtWhatAndWhen) {
  v1::UpdatePassportRequest giving;
  giving.mutable_passport()->set_name(people_[0]);
  giving.mutable_passport()->add_coaches("coaches/huis");
  giving.mutable_update_mask()->add_paths("coaches");
  ASSERT_TRUE(world_.Call<v1::Passport>("PassportService.UpdatePassport", giving).ok());
  v1::GetPassportRequest request;
  request.set_name(people_[0]);
  const Caller coach = CallerAs(Role::kCoach, "huis");
  ASSERT_TRUE(world_.Call<v1::Passport>("PassportService.GetPassport", request, coach).ok());
  const v1::AccessLogEntry entry = world_.LogOf(people_[0], PersonOf(people_[0])).front();
  EXPECT_THAT(entry.name(), testing::StartsWith(people_[0] + "/looks/"));
  EXPECT_EQ(entry.role(), "coach");
  EXPECT_EQ(entry.tenant(), "huis");
  EXPECT_EQ(entry.subject(), "somebody");
  EXPECT_EQ(entry.method(), "passend.v1.PassportService.GetPassport");
  EXPECT_EQ(entry.purpose(), v1::PURPOSE_GUIDANCE);
  EXPECT_THAT(entry.groups(),
              ElementsAre(v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_BASIC, v1::FIELD_GROUP_SKILLS,
                          v1::FIELD_GROUP_EVIDENCE, v1::FIELD_GROUP_WISHES, v1::FIELD_GROUP_PACE,
                          v1::FIELD_GROUP_SUPPORT, v1::FIELD_GROUP_CUSTODY));
  EXPECT_EQ(entry.trace(), kTrace);
  EXPECT_NEAR(static_cast<double>(entry.look_time().seconds()),
              static_cast<double>(absl::ToUnixSeconds(world_.now())), 60);
  // That the person looked is in the log as well, from the next time on.
  const auto after = world_.LogOf(people_[0], PersonOf(people_[0]));
  EXPECT_EQ(after.front().role(), "person");
  EXPECT_THAT(after.front().groups(), ElementsAre(v1::FIELD_GROUP_LOOKS));
}

TEST_F(LedgerTest, APersonReadsTheirOwnLogAndTheAuditorEverybodys) {
  v1::ListAccessLogRequest request;
  for (const std::string& other : {people_[1], std::string("passports/-")}) {
    request.set_parent(other);
    EXPECT_EQ(ReasonOf(world_
                           .Call<v1::ListAccessLogResponse>("AuditService.ListAccessLog", request,
                                                            PersonOf(people_[0]))
                           .status()),
              v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  }
  EXPECT_GE(world_.LogOf(people_[1], auditor_).size(), 2u);
  const size_t lines = AllOf(*store_, RecordKind::kLook).size();
  EXPECT_EQ(world_.LogOf("passports/-", auditor_).size(), lines);
}

TEST_F(LedgerTest, LinesAreInTheCommitOfAWriteAndOneCommitMoreForAPage) {
  const storage::Sequence before = store_->LastSequence();
  world_.Record(people_[0], "weed", 4);
  EXPECT_EQ(store_->LastSequence(), before + 1);
  const size_t lines = AllOf(*store_, RecordKind::kLook).size();
  const v1::FindCandidatesResponse page = Find();
  ASSERT_GT(page.candidates_size(), 1);
  EXPECT_EQ(AllOf(*store_, RecordKind::kLook).size(),
            lines + static_cast<size_t>(page.candidates_size()));
  const v1::AccessLogEntry entry = world_.LogOf(page.candidates(0).passport(), auditor_).front();
  EXPECT_EQ(entry.decision(), world_.Decisions().front());
}

// Commits of looks alone fail.
class FullStore : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override {
    const bool only_looks =
        !batch.mutations.empty() && batch.mutations.front().key.kind == RecordKind::kLook;
    if (full && only_looks) return absl::ResourceExhaustedError("the disk is full");
    return ForwardingStore::Commit(std::move(batch));
  }
  bool full = false;
};

TEST_F(LedgerTest, WhatCannotBeWrittenDownIsNotShown) {
  FullStore full(*store_);
  const AuditWorld world(full);
  v1::GetPassportRequest request;
  request.set_name(people_[0]);
  EXPECT_TRUE(world.Call<v1::Passport>("PassportService.GetPassport", request).ok());
  full.full = true;
  EXPECT_EQ(ReasonOf(world.Call<v1::Passport>("PassportService.GetPassport", request).status()),
            v1::ERROR_REASON_STORE_UNAVAILABLE);
}

TEST_F(LedgerTest, AnAnswerThatDoesNotSayWhomItShowsIsNotGiven) {
  const Surroundings surroundings = SystemSurroundings();
  const AnswerLedger ledger(*store_, surroundings);
  MethodBindings bindings;
  bindings.KeepLooks(ledger);
  bindings.Bind<v1::GetPassportRequest, v1::Passport>(
      "passend.v1.PassportService.GetPassport",
      [](const CallContext&, const v1::GetPassportRequest&) -> absl::StatusOr<v1::Passport> {
        return v1::Passport();
      });
  v1::GetPassportRequest request;
  request.set_name(people_[0]);
  const auto answer = bindings.Answer(
      world_.ContextFor("PassportService.GetPassport", LocalCaller()), request.SerializeAsString());
  EXPECT_EQ(ReasonOf(answer.status()), v1::ERROR_REASON_INTERNAL);
}

// Of an answer whose lines are committed while it is made.
TEST_F(LedgerTest, AnAnswerWithSomebodyWhoIsErasedMeanwhileIsNotGiven) {
  const Surroundings surroundings = SystemSurroundings();
  const AnswerLedger ledger(*store_, surroundings);
  bool erase = false;
  MethodBindings bindings;
  bindings.KeepLooks(ledger);
  bindings.Bind<v1::GetPassportRequest, v1::Passport>(
      "passend.v1.PassportService.GetPassport",
      [&](const CallContext& context, const v1::GetPassportRequest&) {
        TellPerson(context, IdOf(people_[0]));
        TellPerson(context, IdOf(people_[1]));
        if (erase) world_.Erase(people_[1]);
        v1::Passport passport;
        TellNoMore(context, passport, [&] { passport.set_name(people_[0]); });
        return absl::StatusOr<v1::Passport>(std::move(passport));
      });
  v1::GetPassportRequest request;
  request.set_name(people_[0]);
  const auto ask = [&] {
    return bindings.Answer(world_.ContextFor("PassportService.GetPassport", LocalCaller()),
                           request.SerializeAsString());
  };
  const size_t before = world_.LogOf(people_[0], auditor_).size();
  EXPECT_TRUE(ask().ok());
  erase = true;
  EXPECT_EQ(ask().status().code(), absl::StatusCode::kUnavailable);
  // Both times somebody asked, and reading the log is a look.
  EXPECT_EQ(world_.LogOf(people_[0], auditor_).size(), before + 3);
  EXPECT_TRUE(world_.Check().whole());
}

TEST_F(LedgerTest, LinesGoWithThePersonAndTheAuditorSeesThatThereWereSome) {
  const v1::FindCandidatesResponse page = Find();
  const std::string gone = page.candidates(0).passport();
  const size_t lines = world_.LogOf(gone, auditor_).size() + 1;  // with that look itself
  world_.Erase(gone);
  for (const RecordKind kind : {RecordKind::kLook, RecordKind::kPersonHistory}) {
    for (const storage::Record& record : AllOf(*store_, kind)) {
      EXPECT_THAT(record.key.id, testing::Not(HasSubstr(IdOf(gone))));
    }
  }
  size_t erased = 0;
  for (const v1::AccessLogEntry& entry : world_.LogOf("passports/-", auditor_)) {
    if (!entry.erased()) continue;
    ++erased;
    EXPECT_THAT(entry.name(), HasSubstr(IdOf(gone)));
    EXPECT_EQ(entry.role() + entry.tenant() + entry.method(), "");
    EXPECT_EQ(entry.purpose(), v1::PURPOSE_UNSPECIFIED);
  }
  EXPECT_EQ(erased, lines);
  const v1::CheckAccessLogResponse checked = world_.Check();
  EXPECT_TRUE(checked.whole()) << checked.DebugString();
  EXPECT_EQ(checked.erased_looks(), static_cast<int64_t>(lines));
}

// What somebody might do to a record, given another of the same kind.
std::vector<storage::Mutation> HarmsTo(const storage::Record& one, const storage::Record& other) {
  std::string altered = one.value;
  altered.back() = static_cast<char>(altered.back() ^ 1);
  storage::Key slipped_in = one.key;
  slipped_in.id.back() = slipped_in.id.back() == '0' ? '1' : '0';
  return {{one.key, std::nullopt},
          {one.key, altered},
          {one.key, other.value},
          {one.key, one.value},  // the same, written again
          {slipped_in, one.value}};
}

TEST_F(LedgerTest, LinesGoWithThePersonAlsoWhereNoMoreAreWritten) {
  Find();
  const AuditWorld without(*store_, {.keep = false});
  without.Erase(people_[0]);
  for (const RecordKind kind : {RecordKind::kLook, RecordKind::kPersonHistory}) {
    for (const storage::Record& record : AllOf(*store_, kind)) {
      EXPECT_THAT(record.key.id, testing::Not(HasSubstr(IdOf(people_[0]))));
    }
  }
}

TEST_F(LedgerTest, WhateverIsDoneToALineShows) {
  for (const RecordKind kind : {RecordKind::kLook, RecordKind::kDecision}) {
    for (size_t harm = 0; harm < 5; ++harm) {
      SCOPED_TRACE(testing::Message() << "kind " << static_cast<int>(kind) << ", harm " << harm);
      const auto store = storage::NewMemoryStore();
      const AuditWorld world(*store);
      world.ImportSkills("1", {"weed"});
      for (int i = 0; i < 3; ++i) world.CreatePassport(random_);
      v1::FindCandidatesRequest request;
      request.set_task(world.CreateTask("weed", random_));
      world.FindCandidates(request);
      world.FindCandidates(request);
      ASSERT_TRUE(world.Check().whole()) << world.Check().DebugString();
      const auto records = AllOf(*store, kind);
      const size_t chosen = random_() % records.size();
      storage::Batch batch;
      batch.mutations.push_back(
          HarmsTo(records[chosen], records[(chosen + 1) % records.size()])[harm]);
      ASSERT_TRUE(store->Commit(std::move(batch)).ok());
      const v1::CheckAccessLogResponse checked = world.Check();
      EXPECT_FALSE(checked.whole());
      EXPECT_GT(checked.problems_size(), 0);
    }
  }
}

TEST_F(LedgerTest, AnotherHistoryThanWasNotedShows) {
  Find();
  const v1::CheckAccessLogResponse noted = world_.Check();
  Find();
  v1::CheckAccessLogRequest request;
  request.set_known_sequence(noted.last_sequence());
  request.set_known_chain(noted.last_chain());
  EXPECT_TRUE(world_.Check(request).whole());
  std::string other = noted.last_chain();
  other[0] = other[0] == 'a' ? 'b' : 'a';
  request.set_known_chain(other);
  EXPECT_THAT(world_.Check(request).problems(0), HasSubstr("another than was noted"));
  request.set_known_sequence(1'000'000);
  EXPECT_THAT(world_.Check(request).problems(0), HasSubstr("there is no commit"));
}

}  // namespace
}  // namespace passend::service
