// What credentials say of lists of states, and what lists that are brought along say of them.
#include "service/credential/status_lists.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "service/credential/limits.h"
#include "service/errors/error_status.h"
#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

using nlohmann::json;

constexpr char kFirst[] = "https://school.example.org/status/1";
constexpr char kSecond[] = "https://school.example.org/status/2";

json Entry(const std::string& list, const std::string& purpose = "revocation") {
  return {{"type", "BitstringStatusListEntry"},
          {"statusPurpose", purpose},
          {"statusListIndex", "5"},
          {"statusListCredential", list}};
}

class BroughtListsTest : public testing::Test {
 protected:
  BroughtListsTest() {
    auto issuers = TrustedIssuers::Parse(TrustText(*school_, false));
    EXPECT_TRUE(issuers.ok()) << issuers.status();
    issuers_.trusted = std::make_shared<const TrustedIssuers>(*std::move(issuers));
  }

  json ListContent(int number, bool is_set, uint32_t entries = kStatusListEntries) const {
    BitList bits(entries);
    if (is_set) bits.Set(5);
    return StatusListContent(bits, school_->profile(), number, now_);
  }
  void Bring(const json& list) { *brought_.Add() = school_->Sign(list).value(); }
  void Bring(json list, const std::function<void(json&)>& change) {
    change(list);
    Bring(list);
  }
  // "checked", "not checked", or "refused".
  std::string Stands(const json& status) const {
    CheckedCredential credential;
    credential.issuer = kSchool;
    if (!status.is_null()) credential.content["credentialStatus"] = status;
    const auto stands = BroughtLists(brought_, issuers_, now_).Stands(credential);
    if (stands.ok()) return *stands ? "checked" : "not checked";
    EXPECT_EQ(ReasonOf(stands.status()), v1::ERROR_REASON_CREDENTIAL_STATUS);
    return "refused";
  }

  const std::unique_ptr<IssuerKey> school_ = KeyFor(SigningKey::Ec(), kSchool);
  const absl::Time now_ = absl::FromUnixSeconds(1'795'251'600);
  KnownIssuers issuers_;
  google::protobuf::RepeatedPtrField<std::string> brought_;
};

TEST_F(BroughtListsTest, EveryEntryCounts) {
  Bring(ListContent(1, false));
  EXPECT_EQ(Stands(json()), "not checked");
  EXPECT_EQ(Stands(json::array()), "not checked");
  EXPECT_EQ(Stands(Entry(kFirst)), "checked");
  EXPECT_EQ(Stands(json::array({Entry(kFirst), Entry(kSecond)})), "not checked");
  EXPECT_EQ(Stands(json::array({Entry(kFirst), json{{"type", "AnotherWay"}}})), "not checked");
  EXPECT_EQ(Stands(json::array({Entry(kFirst), Entry(kSecond, "message")})), "checked");
  Bring(ListContent(2, true));
  EXPECT_EQ(Stands(json::array({Entry(kFirst), Entry(kSecond)})), "refused");
  EXPECT_EQ(Stands(json::array({Entry(kFirst), Entry(kSecond, "message")})), "checked")
      << "a message takes nothing back";
}

TEST_F(BroughtListsTest, AListIsForThePurposeOfTheEntry) {
  Bring(ListContent(1, false));
  EXPECT_EQ(Stands(Entry(kFirst, "suspension")), "refused");
  Bring(ListContent(2, false), [](json& list) {
    list["credentialSubject"]["statusPurpose"] = json::array({"suspension", "revocation"});
  });
  EXPECT_EQ(Stands(Entry(kSecond, "suspension")), "checked");
  EXPECT_EQ(Stands(Entry(kSecond, "revocation")), "checked");
}

TEST_F(BroughtListsTest, EntriesSayWhereAndWhatFor) {
  for (const char* member : {"statusPurpose", "statusListIndex", "statusListCredential"}) {
    json entry = Entry(kFirst);
    entry.erase(member);
    EXPECT_EQ(Stands(entry), "refused") << member;
  }
  json entry = Entry(kFirst);
  entry["statusSize"] = 1;
  EXPECT_EQ(Stands(entry), "not checked");
  entry["statusSize"] = 2;
  EXPECT_EQ(Stands(entry), "refused") << "the place would be another one";
}

TEST_F(BroughtListsTest, AListHasAsManyEntriesAsTheStandardAsks) {
  Bring(ListContent(1, false, kStatusListEntries - 8));
  EXPECT_EQ(Stands(Entry(kFirst)), "refused");
  Bring(ListContent(2, false, kStatusListEntries * 2));
  EXPECT_EQ(Stands(Entry(kSecond)), "checked");
}

TEST_F(BroughtListsTest, AListNeedNotSayFromWhenItIsValid) {
  Bring(ListContent(1, false), [](json& list) {
    list.erase("validFrom");
    list.erase("validUntil");
  });
  EXPECT_EQ(Stands(Entry(kFirst)), "checked");
}

TEST_F(BroughtListsTest, StatesOfSeveralBitsAreNotRead) {
  Bring(ListContent(1, false), [](json& list) { list["credentialSubject"]["statusSize"] = 2; });
  EXPECT_EQ(Stands(Entry(kFirst)), "refused");
}

TEST_F(BroughtListsTest, AListWithoutANameIsNobodys) {
  Bring(ListContent(1, false), [](json& list) { list.erase("id"); });
  EXPECT_EQ(Stands(json{{"type", "AnotherWay"}}), "not checked");
}

}  // namespace
}  // namespace passend::service
