#include "tests/service/feed/feed_world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/disclosure/disclosure_plan.h"
#include "service/disclosure/disclosure_table.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

constexpr char kWatch[] = "SyncService.Watch";

}  // namespace

FeedWorld::FeedWorld()
    : sync_(SyncHandlers::Start(world_.tools(), skills_).value()),
      policy_(CurrentPolicy::Load(world_.store()).value()) {
  watching_.emplace(world_.tools(), *policy_,
                    [this] { return at_least_ > 0 ? at_least_ : world_.store().LastSequence(); });
  watching_->BindTo(bindings_);
  EXPECT_TRUE(bindings_.CheckBound().ok()) << bindings_.CheckBound();
}

template <typename Response>
Response FeedWorld::Must(std::string_view method, const google::protobuf::Message& request) {
  const auto response = world_.Call<Response>(method, request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response.value_or(Response());
}

std::string FeedWorld::Create(const std::vector<std::string>& partners, const std::string& region) {
  v1::Passport passport;
  passport.set_region(region);
  for (const std::string& partner : partners) passport.add_partners(partner);
  return world_.CreatePassport(passport).name();
}

void FeedWorld::ChangeWishes(const std::string& passport, int hours) {
  v1::UpdatePassportRequest request;
  request.mutable_passport()->set_name(passport);
  auto& wished = *request.mutable_passport()->mutable_wishes()->mutable_hours();
  wished.set_weekly_hours_min(hours);
  wished.set_weekly_hours_max(hours);
  request.mutable_update_mask()->add_paths("wishes");
  Must<v1::Passport>("PassportService.UpdatePassport", request);
}

void FeedWorld::Move(const std::string& passport, const std::string& region) {
  v1::UpdatePassportRequest request;
  request.mutable_passport()->set_name(passport);
  request.mutable_passport()->set_region(region);
  request.mutable_update_mask()->add_paths("region");
  Must<v1::Passport>("PassportService.UpdatePassport", request);
}

void FeedWorld::SetPartners(const std::string& passport, const std::vector<std::string>& partners) {
  v1::UpdatePassportRequest request;
  request.mutable_passport()->set_name(passport);
  for (const std::string& partner : partners) request.mutable_passport()->add_partners(partner);
  request.mutable_update_mask()->add_paths("partners");
  Must<v1::Passport>("PassportService.UpdatePassport", request);
}

void FeedWorld::Erase(const std::string& passport) {
  v1::ErasePassportRequest request;
  request.set_name(passport);
  Must<v1::ErasePassportResponse>("PassportService.ErasePassport", request);
}

void FeedWorld::ChangeEverybodyAtOnce() {
  storage::Batch batch;
  const absl::Status scanned =
      store().Scan({storage::RecordKind::kPassport, "", ""}, [&](const storage::Record& record) {
        batch.events.push_back(ChangeEvent(record.key, Change::kChanged));
        batch.mutations.push_back({record.key, record.value});
        return true;
      });
  EXPECT_TRUE(scanned.ok()) << scanned;
  EXPECT_TRUE(store().Commit(std::move(batch)).ok());
}

std::string FeedWorld::Grant(const std::string& passport, const std::string& audience,
                             const std::vector<v1::FieldGroup>& groups, absl::Duration for_time) {
  v1::GrantConsentRequest request;
  request.set_parent(passport);
  v1::Consent& consent = *request.mutable_consent();
  consent.set_audience(audience);
  consent.set_purpose(v1::PURPOSE_SYNC);
  consent.add_groups(v1::FIELD_GROUP_IDENTITY);
  for (const v1::FieldGroup group : groups) consent.add_groups(group);
  *consent.mutable_expire_time() = ToTimestamp(world_.now() + for_time);
  return Must<v1::Consent>("ConsentService.GrantConsent", request).name();
}

void FeedWorld::Revoke(const std::string& consent) {
  v1::RevokeConsentRequest request;
  request.set_name(consent);
  Must<v1::Consent>("ConsentService.RevokeConsent", request);
}

std::string FeedWorld::Push(const std::string& partner, const std::string& external_id,
                            const std::string& passport, const std::string& revision) {
  v1::PushRequest request;
  request.set_partner(partner);
  request.set_batch_id(absl::StrCat("batch-", ++batches_));
  v1::PushRecord& record = *request.add_records();
  record.set_external_id(external_id);
  record.set_revision(revision);
  record.mutable_upsert()->mutable_passport()->set_name(passport);
  if (passport.empty()) record.mutable_upsert()->mutable_passport()->set_region("groningen");
  const auto response = sync_->Push(world_.ContextFor("SyncService.Push"), request);
  EXPECT_TRUE(response.ok()) << response.status();
  if (!response.ok()) return "";
  const v1::PushResult& result = response->results(0);
  if (result.outcome() == v1::PUSH_OUTCOME_REJECTED) return "";
  EXPECT_LE(result.outcome(), v1::PUSH_OUTCOME_UNCHANGED) << result.ShortDebugString();
  external_ids_[{partner, result.passport()}] = external_id;
  return result.passport();
}

void FeedWorld::CommitLine() {
  storage::Batch batch;
  batch.events.push_back({{storage::RecordKind::kLook, absl::StrCat("line-", ++lines_)}, ""});
  EXPECT_TRUE(store().Commit(std::move(batch)).ok());
}

size_t FeedWorld::Sweep() {
  const auto swept = sweeper_.Sweep();
  EXPECT_TRUE(swept.ok()) << swept.status();
  return swept.value_or(0);
}

CallContext FeedWorld::Context() const {
  CallContext context = world_.ContextFor(kWatch);
  if (caller_) context.caller = *caller_;
  return context;
}

v1::WatchRequest FeedWorld::RequestOf(const Asked& asked, const std::string& cursor) const {
  v1::WatchRequest request;
  request.set_partner(asked.partner);
  for (const std::string& region : asked.regions) request.add_regions(region);
  request.set_with_validations(asked.with_validations);
  request.set_cursor(cursor);
  return request;
}

absl::StatusOr<std::unique_ptr<ByteFeed>> FeedWorld::Open(const Asked& asked,
                                                          const std::string& cursor) {
  return bindings_.OpenFeed(Context(), RequestOf(asked, cursor).SerializeAsString());
}

absl::StatusOr<std::optional<v1::WatchResponse>> FeedWorld::Next(ByteFeed& feed,
                                                                 bool heartbeat_due) {
  while (true) {
    const auto step = feed.Next(Context(), heartbeat_due);
    if (!step.ok()) return step.status();
    if (!step->answer && step->more) continue;
    if (!step->answer) return std::nullopt;
    v1::WatchResponse response;
    EXPECT_TRUE(response.ParseFromString(*step->answer));
    return response;
  }
}

void FeedWorld::CatchUp(const Asked& asked, ModelReader& reader) {
  reader.Reconnect();
  const auto feed = Open(asked, reader.cursor());
  ASSERT_TRUE(feed.ok()) << feed.status();
  while (true) {
    const auto response = Next(**feed);
    ASSERT_TRUE(response.ok()) << response.status();
    if (!*response) return;
    reader.Apply(**response);
  }
}

std::vector<v1::Passport> FeedWorld::AllPassports() {
  std::vector<v1::Passport> all;
  v1::ListPassportsRequest request;
  request.set_page_size(1'000);
  do {
    auto page = Must<v1::ListPassportsResponse>("PassportService.ListPassports", request);
    std::move(page.mutable_passports()->begin(), page.mutable_passports()->end(),
              std::back_inserter(all));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

std::map<std::string, v1::WatchChange> FeedWorld::TruthFor(const Asked& asked) {
  static const DisclosurePlan plan(*v1::WatchChange::descriptor());
  std::map<std::string, v1::WatchChange> truth;
  for (v1::Passport& passport : AllPassports()) {
    GroupSet groups;
    if (std::ranges::count(passport.partners(), asked.partner) > 0) {
      groups.Add(OwnGroups(Role::kPartner, v1::PURPOSE_SYNC));
    }
    v1::ListConsentsRequest standing;
    standing.set_parent(passport.name());
    standing.set_standing_only(true);
    const auto listed = Must<v1::ListConsentsResponse>("ConsentService.ListConsents", standing);
    for (const v1::Consent& consent : listed.consents()) {
      if (consent.audience() != asked.partner || consent.purpose() != v1::PURPOSE_SYNC) continue;
      for (const int group : consent.groups()) groups.Add({static_cast<v1::FieldGroup>(group)});
    }
    if (groups.empty()) continue;
    const bool asked_for =
        asked.regions.empty() || (groups.Has(v1::FIELD_GROUP_BASIC) &&
                                  std::ranges::count(asked.regions, passport.region()) > 0);
    if (!asked_for) continue;
    groups.Add({v1::FIELD_GROUP_OPEN});
    v1::WatchChange change;
    change.set_passport_name(passport.name());
    const auto external_id = external_ids_.find({asked.partner, passport.name()});
    if (external_id != external_ids_.end()) change.set_external_id(external_id->second);
    if (asked.with_validations) {
      v1::ListValidationsRequest request;
      request.set_parent(passport.name());
      request.set_page_size(1'000);
      *change.mutable_validations() =
          std::move(*Must<v1::ListValidationsResponse>("ValidationService.ListValidations", request)
                         .mutable_validations());
    }
    *change.mutable_passport() = std::move(passport);
    plan.Keep(groups, change);
    const std::string name = change.passport_name();
    truth[name] = std::move(change);
  }
  return truth;
}

}  // namespace passend::service
