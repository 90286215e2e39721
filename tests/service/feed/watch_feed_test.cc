// What an answer of the feed holds, whom it is for, and what is written down of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passend/store/v1/audit.pb.h"
#include "service/audit/audit_keys.h"
#include "service/errors/error_status.h"
#include "service/records/stored_message.h"
#include "tests/service/feed/feed_world.h"
#include "tests/service/feed/model_reader.h"

namespace passend::service {
namespace {

constexpr char kDelft[] = "partners/delft";

Caller PartnerCalled(const std::string& tenant) {
  return {"unix:", "sync-1", Role::kPartner, tenant, Proof::kToken};
}

class WatchFeedTest : public testing::Test {
 protected:
  std::vector<v1::WatchResponse> All(const Asked& asked, const std::string& cursor = "") {
    std::vector<v1::WatchResponse> answers;
    auto feed = world_.Open(asked, cursor).value();
    while (const auto response = world_.Next(*feed).value()) answers.push_back(*response);
    return answers;
  }
  absl::Status Refusal(const v1::WatchRequest& request) {
    return world_.bindings().OpenFeed(world_.Context(), request.SerializeAsString()).status();
  }
  // Lines about the person: which groups each says.
  std::vector<std::set<int>> LooksAt(const std::string& passport) {
    std::vector<std::set<int>> looks;
    const std::string prefix = passport.substr(passport.find('/') + 1) + "/";
    EXPECT_TRUE(world_.store()
                    .Scan({storage::RecordKind::kLook, prefix, ""},
                          [&](const storage::Record& record) {
                            store::v1::Look look;
                            EXPECT_TRUE(look.ParseFromString(record.value));
                            EXPECT_EQ(look.purpose(), v1::PURPOSE_SYNC);
                            EXPECT_EQ(look.method(), "passend.v1.SyncService.Watch");
                            looks.emplace_back(look.groups().begin(), look.groups().end());
                            return true;
                          })
                    .ok());
    return looks;
  }

  FeedWorld world_;
};

TEST_F(WatchFeedTest, AnEmptyFeedSaysThatItIsComplete) {
  const auto answers = All({});
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].changes_size(), 0);
  EXPECT_TRUE(answers[0].snapshot_complete());
  EXPECT_EQ(answers[0].data_sequence(), static_cast<int64_t>(world_.store().LastSequence()));
}

TEST_F(WatchFeedTest, APersonIsToldWithTheirSkillsAndValidationsAreAskedFor) {
  const std::string person = world_.Create({kDelft});
  world_.world().Record(person, kSweeping, 3);
  for (const bool with_validations : {false, true}) {
    const auto answers = All({.partner = kDelft, .with_validations = with_validations});
    const v1::WatchChange& change = answers.at(0).changes(0);
    EXPECT_EQ(change.passport_name(), person);
    EXPECT_EQ(change.external_id(), "");
    EXPECT_EQ(change.sequence(), static_cast<int64_t>(world_.store().LastSequence()));
    ASSERT_EQ(change.passport().skills_size(), 1);
    EXPECT_EQ(change.passport().skills(0).level(), 3);
    EXPECT_EQ(change.passport().skills(0).validations_size(), 0);
    EXPECT_EQ(change.validations_size(), with_validations ? 1 : 0);
  }
}

TEST_F(WatchFeedTest, AHeartbeatHasACursorThatIsFurther) {
  const std::string person = world_.Create({kDelft});
  auto feed = world_.Open({}, "").value();
  std::string cursor;
  while (const auto response = world_.Next(*feed).value()) cursor = response->cursor();
  for (int i = 0; i < 10; ++i) world_.CommitLine();
  EXPECT_FALSE(world_.Next(*feed).value()) << "lines about answers are no news";
  const auto heartbeat = world_.Next(*feed, true).value();
  ASSERT_TRUE(heartbeat);
  EXPECT_EQ(heartbeat->changes_size(), 0);
  EXPECT_EQ(heartbeat->data_sequence(), static_cast<int64_t>(world_.store().LastSequence()));
  EXPECT_EQ(ToTime(heartbeat->data_time()), world_.world().now());
  EXPECT_NE(heartbeat->cursor(), cursor);
  EXPECT_TRUE(heartbeat->snapshot_complete());
  // Everything before it may be gone now.
  ASSERT_TRUE(world_.store().CompactJournal(world_.store().LastSequence()).ok());
  EXPECT_TRUE(world_.Open({}, heartbeat->cursor()).ok());
  EXPECT_FALSE(world_.Open({}, cursor).ok());
}

TEST_F(WatchFeedTest, ACursorIsForOneQuestion) {
  world_.Create({kDelft});
  const std::string cursor = All({}).back().cursor();
  const auto reason = [&](const v1::WatchRequest& request) { return ReasonOf(Refusal(request)); };
  EXPECT_TRUE(Refusal(world_.RequestOf({}, cursor)).ok());
  v1::WatchRequest patient = world_.RequestOf({}, cursor);
  patient.mutable_heartbeat_interval()->set_seconds(60);
  EXPECT_TRUE(Refusal(patient).ok()) << "how often hearts beat is no part of the question";
  EXPECT_EQ(reason(world_.RequestOf({.partner = "partners/other"}, cursor)),
            v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS);
  EXPECT_EQ(reason(world_.RequestOf({.partner = kDelft, .regions = {"drenthe"}}, cursor)),
            v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS);
  EXPECT_EQ(reason(world_.RequestOf({.partner = kDelft, .with_validations = true}, cursor)),
            v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS);
  for (size_t i = 0; i < cursor.size(); ++i) {
    std::string altered = cursor;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    const absl::Status refused = Refusal(world_.RequestOf({}, altered));
    EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
    EXPECT_EQ(MetadataOf(refused, "field"), "cursor");
  }
  world_.SetCaller(PartnerCalled("delft"));
  EXPECT_EQ(reason(world_.RequestOf({}, cursor)), v1::ERROR_REASON_INVALID_PAGE_TOKEN)
      << "it was given to somebody else";
}

TEST_F(WatchFeedTest, APartnerIsItselfAndNobodyElse) {
  const std::string own = world_.Create({kDelft});
  world_.Create({"partners/other"});
  v1::WatchRequest request;
  EXPECT_EQ(MetadataOf(Refusal(request), "field"), "partner") << "nobody is known here";
  world_.SetCaller(PartnerCalled("delft"));
  EXPECT_TRUE(Refusal(request).ok());
  request.set_partner("partners/other");
  EXPECT_EQ(MetadataOf(Refusal(request), "field"), "partner");
  request.set_partner(kDelft);
  EXPECT_TRUE(Refusal(request).ok());
  const auto answers = All({});
  ASSERT_EQ(answers.at(0).changes_size(), 1);
  EXPECT_EQ(answers.at(0).changes(0).passport_name(), own);
  EXPECT_EQ(answers.at(0).changes(0).passport().partners_size(), 1);
}

TEST_F(WatchFeedTest, HeartbeatsAreAskedWithinBounds) {
  v1::WatchRequest request = world_.RequestOf({}, "");
  for (const int64_t seconds : {-5, 0, 301, 1'000'000}) {
    request.mutable_heartbeat_interval()->set_seconds(seconds);
    EXPECT_EQ(MetadataOf(Refusal(request), "field"), "heartbeat_interval") << seconds;
  }
  for (const int64_t seconds : {1, 300}) {
    request.mutable_heartbeat_interval()->set_seconds(seconds);
    const auto feed =
        world_.bindings().OpenFeed(world_.Context(), request.SerializeAsString()).value();
    EXPECT_EQ(feed->heartbeat_interval(), absl::Seconds(seconds));
  }
}

// Nobody is known until the consent is there; each sees the groups that are theirs, in one answer.
TEST_F(WatchFeedTest, OneAnswerShowsOnePersonMoreThanAnother) {
  world_.SetCaller(PartnerCalled("delft"));
  world_.KeepLooks();
  const std::string own = world_.Create({kDelft});
  const std::string shared = world_.Create({"partners/other"});
  world_.Create({"partners/other"});
  for (const std::string& person : {own, shared}) world_.ChangeWishes(person, 10);
  world_.world().Record(own, kSweeping, 3);
  world_.world().Record(shared, kSweeping, 3);
  world_.Grant(shared, kDelft, {v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_EVIDENCE});
  const auto answers = All({.partner = kDelft, .with_validations = true});
  std::map<std::string, v1::WatchChange> told;
  for (const v1::WatchResponse& answer : answers) {
    for (const v1::WatchChange& change : answer.changes()) told[change.passport_name()] = change;
  }
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(told[own].passport().has_wishes());
  EXPECT_FALSE(told[shared].passport().has_wishes());
  EXPECT_EQ(told[shared].validations_size(), 1);
  EXPECT_EQ(told[shared].passport().etag(), "");
  EXPECT_THAT(LooksAt(own),
              testing::ElementsAre(std::set<int>{v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_BASIC,
                                                 v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_WISHES,
                                                 v1::FIELD_GROUP_PACE, v1::FIELD_GROUP_SUPPORT,
                                                 v1::FIELD_GROUP_CUSTODY}));
  EXPECT_THAT(LooksAt(shared),
              testing::ElementsAre(std::set<int>{v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_SKILLS,
                                                 v1::FIELD_GROUP_EVIDENCE}));
}

TEST_F(WatchFeedTest, EachTellingIsALookAndHeartbeatsAndTheErasedAreNone) {
  world_.SetCaller(PartnerCalled("delft"));
  world_.KeepLooks();
  const std::string person = world_.Create({kDelft});
  const std::string erased = world_.Create({kDelft});
  auto feed = world_.Open({}, "").value();
  while (world_.Next(*feed).value()) {
  }
  EXPECT_EQ(LooksAt(person).size(), 1u);
  const storage::Sequence before = world_.store().LastSequence();
  EXPECT_TRUE(world_.Next(*feed, true).value());
  EXPECT_EQ(world_.store().LastSequence(), before) << "a heartbeat writes nothing";
  world_.SetPartners(person, {});
  world_.Erase(erased);
  while (world_.Next(*feed).value()) {
  }
  EXPECT_THAT(LooksAt(person), testing::UnorderedElementsAre(
                                   testing::SizeIs(7), std::set<int>{v1::FIELD_GROUP_IDENTITY}));
  EXPECT_THAT(LooksAt(erased), testing::SizeIs(1)) << "this world keeps lines of the erased";
}

// Somebody who is erased while their answer is made is not told in it.
TEST_F(WatchFeedTest, WhoIsErasedWhileAnAnswerIsMadeIsNotInIt) {
  world_.KeepLooks();
  const std::string person = world_.Create({kDelft});
  const std::string other = world_.Create({kDelft});
  const storage::Sequence before = world_.store().LastSequence();
  // The moment of the first is given to the second as well: it is of before the erasure.
  auto first = world_.Open({}, "").value();
  EXPECT_EQ(world_.Next(*first).value()->changes_size(), 2);
  world_.Erase(person);
  world_.SetAtLeast(before);
  auto second = world_.Open({}, "").value();
  ModelReader reader;
  while (const auto response = world_.Next(*second).value()) reader.Apply(*response);
  EXPECT_EQ(reader.people().size(), 1u);
  EXPECT_TRUE(reader.people().contains(other));
}

}  // namespace
}  // namespace passend::service
