// What a consent opens where an answer comes otherwise than by asking for a person by name: who is
// behind a candidate, and the feed of a partner. Asked in each state that the consent can be in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/sync_service.pb.h"
#include "service/disclosure/disclosure_plan.h"
#include "tests/service/passendd/authorisation_scene.h"

namespace passend::service {
namespace {

constexpr int kUntilExpired = 25;  // hours; the consents of a scene are for a day

class SharingMatrixTest : public AuthorisationScene {
 protected:
  static std::string Named(const std::string& collection, const std::string& tenant) {
    return absl::StrCat(collection, "/", tenant);
  }

  Bytes Reveal(const std::string& employer, const Scene& scene) {
    return Ask(calls_, As(Role::kEmployer, employer), "passend.v1.MatchService.RevealCandidate",
               scene);
  }

  // Everybody whom a feed tells that begins now, up to what is there now.
  std::vector<v1::WatchChange> Feed(const std::string& partner) {
    constexpr char kMethod[] = "passend.v1.SyncService.Watch";
    std::vector<v1::WatchChange> told;
    const auto taken = calls_.Enter(Arrived(calls_, kMethod), As(Role::kPartner, partner));
    EXPECT_TRUE(taken.ok()) << taken.status();
    if (!taken.ok()) return told;
    const auto feed = calls_.OpenFeed(taken->context, With<v1::WatchRequest>([](auto& request) {
                                        request.set_with_validations(true);
                                      }));
    EXPECT_TRUE(feed.ok()) << feed.status();
    if (!feed.ok()) return told;
    const auto now = static_cast<int64_t>(store_->LastSequence());
    for (int64_t told_of = 0; told_of < now;) {
      const auto step = (*feed)->Next(taken->context, /*heartbeat_due=*/true);
      EXPECT_TRUE(step.ok()) << step.status();
      if (!step.ok()) return told;
      const auto part = As<v1::WatchResponse>(*step->answer);
      for (const v1::WatchChange& change : part.changes()) {
        EXPECT_TRUE(change.has_passport()) << change.DebugString();
        told.push_back(change);
      }
      told_of = part.data_sequence();
    }
    return told;
  }
};

// Which consent an employer asks with.
struct RevealVariant {
  const char* name;
  const char* employer;  // of the audience; null: there is no consent
  enum { kThis, kAnother, kAny } task;
  v1::Purpose purpose;
  int hours_pass;  // until the call
  bool revoked;
  bool opens;
};
constexpr RevealVariant kReveals[] = {
    {"none", nullptr, {}, {}, 0, false, false},
    {"for this task", kOwn, RevealVariant::kThis, v1::PURPOSE_INTRODUCTION, 0, false, true},
    {"for any task", kOwn, RevealVariant::kAny, v1::PURPOSE_INTRODUCTION, 0, false, true},
    {"for another task", kOwn, RevealVariant::kAnother, v1::PURPOSE_INTRODUCTION, 0, false, false},
    {"another employer's", kOther, RevealVariant::kAny, v1::PURPOSE_INTRODUCTION, 0, false, false},
    {"for something else", kOwn, RevealVariant::kAny, v1::PURPOSE_GUIDANCE, 0, false, false},
    {"expired", kOwn, RevealVariant::kThis, v1::PURPOSE_INTRODUCTION, kUntilExpired, false, false},
    {"expired, for any task", kOwn, RevealVariant::kAny, v1::PURPOSE_INTRODUCTION, kUntilExpired,
     false, false},
    {"revoked", kOwn, RevealVariant::kThis, v1::PURPOSE_INTRODUCTION, 0, true, false},
    {"revoked, for any task", kOwn, RevealVariant::kAny, v1::PURPOSE_INTRODUCTION, 0, true, false},
};

TEST_F(SharingMatrixTest, WhoIsBehindACandidateIsToldAsTheConsentSays) {
  const DisclosurePlan plan(*v1::RevealCandidateResponse::descriptor());
  int cells = 0;
  for (const RevealVariant& variant : kReveals) {
    SCOPED_TRACE(absl::StrCat("consent ", variant.name));
    const Scene scene = NewScene("passend.v1.MatchService.RevealCandidate");
    Revoke(scene.consent);
    if (variant.employer != nullptr) {
      std::vector<std::string> tasks;
      if (variant.task == RevealVariant::kThis) tasks = {scene.task};
      if (variant.task == RevealVariant::kAnother) tasks = {NewTask(scene)};
      const std::string consent = Grant(scene, Named("employers", variant.employer),
                                        variant.purpose, {v1::FIELD_GROUP_IDENTITY}, tasks);
      if (variant.revoked) Revoke(consent);
    }
    hours_ahead_ += variant.hours_pass;
    // Whom the task is of is asked first: nobody else hears whether there is a consent.
    ExpectNotThere(As(Role::kEmployer, kOther), "passend.v1.MatchService.RevealCandidate", scene,
                   Reveal(kOther, scene).status());
    const Bytes answer = Reveal(kOwn, scene);
    cells += 2;
    if (!variant.opens) {
      EXPECT_EQ(answer.status().code(), absl::StatusCode::kFailedPrecondition) << answer.status();
      EXPECT_EQ(ReasonOf(answer.status()), v1::ERROR_REASON_CONSENT_MISSING);
      EXPECT_THAT(answer.status().ToString(), testing::Not(testing::HasSubstr(scene.passport)));
      continue;
    }
    ASSERT_TRUE(answer.ok()) << answer.status();
    const auto revealed = As<v1::RevealCandidateResponse>(*answer);
    EXPECT_EQ(revealed.passport(), scene.passport);
    const GroupSet allowed = {v1::FIELD_GROUP_OPEN, v1::FIELD_GROUP_IDENTITY};
    EXPECT_TRUE(allowed.Covers(plan.GroupsShown(revealed))) << revealed.DebugString();
  }
  std::printf("cells of revealing tested: %d\n", cells);
}

// Which consent a partner follows its feed with.
struct FeedVariant {
  const char* name;
  bool to_another;  // partner
  v1::Purpose purpose;
  int hours_pass;  // until the call
  bool revoked;
  bool opens;
};
constexpr FeedVariant kFeeds[] = {
    {"live", false, v1::PURPOSE_SYNC, 0, false, true},
    {"expired", false, v1::PURPOSE_SYNC, kUntilExpired, false, false},
    {"revoked", false, v1::PURPOSE_SYNC, 0, true, false},
    {"another's", true, v1::PURPOSE_SYNC, 0, false, false},
    {"for something else", false, v1::PURPOSE_GUIDANCE, 0, false, false},
};
const std::vector<std::vector<v1::FieldGroup>> kTold = {
    {v1::FIELD_GROUP_IDENTITY},
    {v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_BASIC},
    {v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_WISHES},
};

TEST_F(SharingMatrixTest, AFeedTellsOfAPersonWhatTheConsentSays) {
  const DisclosurePlan plan(*v1::WatchChange::descriptor());
  int cells = 0;
  for (const FeedVariant& variant : kFeeds) {
    for (const std::vector<v1::FieldGroup>& groups : kTold) {
      SCOPED_TRACE(absl::StrCat("consent ", variant.name));
      // A partner that nobody else knows: nothing but the consent brings anybody into its feed.
      const std::string partner = absl::StrCat("watcher-", cells);
      const Scene scene = NewScene("passend.v1.SyncService.Watch");
      NewScene("passend.v1.SyncService.Watch");  // somebody who shares nothing
      EXPECT_THAT(Feed(partner), testing::IsEmpty()) << "somebody else's people";
      const std::string audience =
          Named("partners", variant.to_another ? absl::StrCat("another-", cells) : partner);
      const std::string consent = Grant(scene, audience, variant.purpose, groups);
      if (variant.revoked) Revoke(consent);
      hours_ahead_ += variant.hours_pass;
      const std::vector<v1::WatchChange> told = Feed(partner);
      cells += 2;
      if (!variant.opens) {
        EXPECT_THAT(told, testing::IsEmpty());
        continue;
      }
      ASSERT_THAT(told, testing::SizeIs(1));
      EXPECT_EQ(told[0].passport_name(), scene.passport);
      GroupSet allowed = {v1::FIELD_GROUP_OPEN};
      for (const v1::FieldGroup group : groups) allowed.Add({group});
      EXPECT_TRUE(allowed.Covers(plan.GroupsShown(told[0]))) << told[0].DebugString();
      EXPECT_EQ(told[0].validations().empty(), !allowed.Has(v1::FIELD_GROUP_SKILLS));
    }
  }
  std::printf("cells of feeds tested: %d\n", cells);
}

}  // namespace
}  // namespace passend::service
