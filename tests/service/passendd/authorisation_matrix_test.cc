// Every cell of the permission table, through the whole way of a call: each role at each method,
// for what is its own and for what is another's; nobody; and whoever is on this machine. Cells that
// read about a person are asked by whom it is not, with each state that a consent can be in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passend/v1/field_rules.pb.h"
#include "service/call/permission_table.h"
#include "service/disclosure/disclosure_plan.h"
#include "service/disclosure/shareable.h"
#include "tests/service/passendd/authorisation_scene.h"

namespace passend::service {
namespace {

using AuthorisationMatrixTest = AuthorisationScene;

TEST_F(AuthorisationMatrixTest, EveryCellIsAsTheTableSays) {
  int cells = 0;
  for (const PermissionRow& row : PermissionTable()) {
    ASSERT_TRUE(askings_.contains(std::string(row.method))) << row.method << " is not asked here";
    for (size_t i = 0; i < kRoles.size(); ++i) {
      const Role role = kRoles[i];
      SCOPED_TRACE(absl::StrCat(ToAbsl(row.method), " as ", ToAbsl(NameOf(role))));
      const Scene scene = NewScene(row.method);
      const std::string own =
          role == Role::kPerson ? scene.passport.substr(std::string("passports/").size()) : kOwn;
      const Bytes answer = Ask(calls_, As(role, own), row.method, scene);
      if (row.by_role[i] == Permission::kNo) {
        EXPECT_EQ(answer.status().code(), absl::StatusCode::kPermissionDenied) << answer.status();
        EXPECT_EQ(ReasonOf(answer.status()), v1::ERROR_REASON_PERMISSION_DENIED);
        EXPECT_EQ(ErrorInfoOf(answer.status())->metadata_size(), 0);
      } else {
        EXPECT_TRUE(answer.ok()) << answer.status();
      }
      const Scene another = NewScene(row.method);
      if (row.by_role[i] == Permission::kOwn || row.by_role[i] == Permission::kShared) {
        ExpectOthers(role, row.method, another);
      } else {
        EXPECT_EQ(Ask(calls_, As(role, kOther), row.method, another).ok(),
                  row.by_role[i] == Permission::kAll);
      }
      cells += 2;
    }
    SCOPED_TRACE(std::string(row.method));
    const absl::Status nobody = Ask(calls_, Here(), row.method, NewScene(row.method)).status();
    EXPECT_EQ(nobody.code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(ReasonOf(nobody), v1::ERROR_REASON_UNAUTHENTICATED);
    const Bytes here = Ask(local_calls_, Here(), row.method, NewScene(row.method));
    EXPECT_TRUE(here.ok()) << here.status();
    cells += 2;
  }
  EXPECT_EQ(static_cast<size_t>(cells), PermissionTable().size() * (2 * kRoles.size() + 2));
  std::printf("authorisation cells tested: %d\n", cells);
}

// What a consent can be, and whether a cell that reads about somebody else's person is open then.
struct ConsentVariant {
  const char* name;
  const char* tenant;  // of the audience; null: there is no consent
  bool same_purpose;   // as the method's
  int hours_pass;      // until the call
  bool revoked;
  bool opens;
};
constexpr ConsentVariant kVariants[] = {
    {"none", nullptr, true, 0, false, false},
    {"live", kOther, true, 0, false, true},
    {"expired", kOther, true, 25, false, false},
    {"revoked", kOther, true, 0, true, false},
    {"another's", "third-house", true, 0, false, false},
    {"for something else", kOther, false, 0, false, false},
};

// Sets of groups that can be shared: an answer has nothing of any other.
const std::vector<std::vector<v1::FieldGroup>> kSharings = {
    {v1::FIELD_GROUP_BASIC},
    {v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_SUPPORT},
    {v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_WISHES, v1::FIELD_GROUP_PACE, v1::FIELD_GROUP_SUPPORT,
     v1::FIELD_GROUP_FIT},
};

TEST_F(AuthorisationMatrixTest, EveryCellThatReadsAboutAPersonIsAsTheConsentSays) {
  int cells = 0;
  for (const PermissionRow& row : PermissionTable()) {
    const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
        std::string(row.method));
    const v1::Purpose purpose = PurposeOf(row.method);
    const auto* parent = method->input_type()->FindFieldByName("parent");
    const bool below_a_person =
        parent != nullptr &&
        parent->options().GetExtension(v1::rules).form() == v1::STRING_FORM_PASSPORT_NAME;
    const bool of_a_person = method->input_type()->FindFieldByName("passport") != nullptr ||
                             below_a_person || row.method.ends_with(".GetPassport");
    const bool reads = of_a_person && FindMethod(row.method)->effect == Effect::kReads;
    const bool by_consent = FindMethod(row.method)->opened_by_consent;
    EXPECT_TRUE(!by_consent || (reads && IsShareable(purpose)));
    const bool about_a_person = (reads && IsShareable(purpose)) ||
                                row.method.ends_with(".ListConsents") ||
                                row.method.ends_with(".ListReveals");
    if (!about_a_person) continue;
    const DisclosurePlan plan(*method->output_type());
    for (size_t i = 0; i < kRoles.size(); ++i) {
      const Role role = kRoles[i];
      if (role == Role::kPerson || row.by_role[i] == Permission::kNo) continue;
      for (const ConsentVariant& variant : kVariants) {
        for (const std::vector<v1::FieldGroup>& groups : kSharings) {
          SCOPED_TRACE(absl::StrCat(ToAbsl(row.method), " as ", ToAbsl(NameOf(role)), ", consent ",
                                    variant.name));
          const bool employer = role == Role::kEmployer;
          const v1::Purpose used = IsShareable(purpose) ? purpose : v1::PURPOSE_GUIDANCE;
          v1::Purpose other =
              used == v1::PURPOSE_GUIDANCE ? v1::PURPOSE_MATCHING : v1::PURPOSE_GUIDANCE;
          if (employer) other = v1::PURPOSE_INTRODUCTION;
          const bool partner = role == Role::kPartner;
          if (partner && other == v1::PURPOSE_MATCHING) other = v1::PURPOSE_SYNC;
          const Scene scene = NewScene(row.method);
          const Credentials caller = As(role, kOther);
          if (variant.tenant != nullptr) {
            const std::string collection = employer               ? "employers/"
                                           : role == Role::kCoach ? "coaches/"
                                                                  : "partners/";
            const bool introduction = !variant.same_purpose && employer;
            std::vector<v1::FieldGroup> granted = groups;
            const bool sync = partner && !variant.same_purpose;
            if (sync && std::ranges::count(granted, v1::FIELD_GROUP_IDENTITY) == 0) {
              granted.push_back(v1::FIELD_GROUP_IDENTITY);
            }
            const std::string consent =
                Grant(scene, collection + variant.tenant, variant.same_purpose ? used : other,
                      introduction ? std::vector{v1::FIELD_GROUP_IDENTITY} : granted);
            if (variant.revoked) Revoke(consent);
          }
          hours_ahead_ += variant.hours_pass;
          const Bytes answer = Ask(calls_, caller, row.method, scene);
          ++cells;
          if (!variant.opens || !by_consent) {
            ExpectNotThere(caller, row.method, scene, answer.status());
            continue;
          }
          ASSERT_TRUE(answer.ok()) << answer.status();
          const MessagePtr response(google::protobuf::MessageFactory::generated_factory()
                                        ->GetPrototype(method->output_type())
                                        ->New());
          ASSERT_TRUE(response->ParseFromString(*answer));
          GroupSet allowed = {v1::FIELD_GROUP_OPEN};
          for (const v1::FieldGroup group : groups) allowed.Add({group});
          EXPECT_TRUE(allowed.Covers(plan.GroupsShown(*response))) << response->DebugString();
        }
      }
    }
  }
  EXPECT_GT(cells, 150);
  std::printf("authorisation cells with consents tested: %d\n", cells);
}

}  // namespace
}  // namespace passend::service
