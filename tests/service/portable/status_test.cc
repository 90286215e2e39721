// What was taken back is told, by bits that tell of nobody.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "service/credential/bit_list.h"
#include "service/credential/compact_jwt.h"
#include "service/credential/credential_book.h"
#include "service/credential/limits.h"
#include "service/errors/error_status.h"
#include "service/names/resource_names.h"
#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

uint32_t IndexOf(const std::string& credential) {
  return static_cast<uint32_t>(std::stoul(
      OpenJwt(credential)->payload["credentialStatus"]["statusListIndex"].get<std::string>()));
}

BitList BitsOf(const std::string& list) {
  const nlohmann::json payload = OpenJwt(list)->payload;
  auto bits = BitList::Unpack(payload["credentialSubject"]["encodedList"].get<std::string>());
  EXPECT_TRUE(bits.has_value());
  return bits.value_or(BitList(8));
}

int CountSet(const BitList& bits) {
  int count = 0;
  for (uint32_t i = 0; i < bits.size(); ++i) count += bits.Has(i) ? 1 : 0;
  return count;
}

class CredentialStatusTest : public testing::Test {
 protected:
  PortableWorld portable_;
  std::string person_ = portable_.world().CreatePassport().name();
};

TEST_F(CredentialStatusTest, RevokedIsSetForEveryCredentialOfTheValidation) {
  const v1::Validation wrong = portable_.world().Record(person_, kSweeping, 3);
  portable_.world().Record(person_, kPlants, 2);
  const auto first = portable_.Export(person_);
  const auto second = portable_.Export(person_);
  EXPECT_EQ(CountSet(BitsOf(portable_.StatusList())), 0);
  EXPECT_EQ(BitsOf(portable_.StatusList()).size(), kStatusListEntries);
  portable_.Revoke(wrong.name());
  const BitList bits = BitsOf(portable_.StatusList());
  EXPECT_EQ(CountSet(bits), 2);
  int set = 0;
  for (const auto& credentials : {first, second}) {
    for (const std::string& credential : credentials) set += bits.Has(IndexOf(credential)) ? 1 : 0;
  }
  EXPECT_EQ(set, 2);
  EXPECT_EQ(portable_.Export(person_).size(), 1u) << "what was revoked is not given out again";
}

TEST_F(CredentialStatusTest, CorrectedIsTakenBackToo) {
  const v1::Validation wrong = portable_.world().Record(person_, kSweeping, 3);
  const auto credentials = portable_.Export(person_);
  v1::CorrectValidationRequest request;
  request.set_name(wrong.name());
  request.set_reason("level 2");
  request.mutable_validation()->set_skill(kSweeping);
  request.mutable_validation()->set_level(2);
  request.mutable_validation()->set_method(v1::VALIDATION_METHOD_OBSERVED);
  request.set_validate_only(true);
  ASSERT_TRUE(
      portable_.world().Call<v1::Validation>("ValidationService.CorrectValidation", request).ok());
  EXPECT_EQ(CountSet(BitsOf(portable_.StatusList())), 0) << "it was only looked at";
  request.set_validate_only(false);
  ASSERT_TRUE(
      portable_.world().Call<v1::Validation>("ValidationService.CorrectValidation", request).ok());
  EXPECT_TRUE(BitsOf(portable_.StatusList()).Has(IndexOf(credentials[0])));
  EXPECT_EQ(portable_.ImportOne(person_, credentials[0]), "ERROR_REASON_CREDENTIAL_STATUS");
}

TEST_F(CredentialStatusTest, AfterAnErasureNothingButSetBitsIsLeft) {
  portable_.world().Record(person_, kSweeping, 3);
  portable_.world().Record(person_, kPlants, 3);
  const auto credentials = portable_.Export(person_);
  portable_.Erase(person_);
  const BitList bits = BitsOf(portable_.StatusList());
  EXPECT_EQ(CountSet(bits), 2);
  for (const std::string& credential : credentials) EXPECT_TRUE(bits.Has(IndexOf(credential)));
  const std::string id = ParsePassportName(person_)->passport;
  for (const storage::Record& record : ContentsOf(portable_.world().store()).records) {
    if (record.key.kind == storage::RecordKind::kErasure) continue;
    EXPECT_EQ(record.key.id.find(id), std::string::npos);
    EXPECT_EQ(record.value.find(id), std::string::npos);
    EXPECT_NE(record.key.kind, storage::RecordKind::kCredentialBook);
    if (record.key.kind == storage::RecordKind::kCredentialStatus) {
      EXPECT_EQ(record.value.size(), 1u);
    }
  }
}

TEST_F(CredentialStatusTest, WhoeverWasErasedCanComeBackAndWhatWasRevokedCannot) {
  const v1::Validation wrong = portable_.world().Record(person_, kSweeping, 3);
  const auto with_both = [&] {
    portable_.world().Record(person_, kPlants, 2);
    return portable_.Export(person_);
  }();
  portable_.Revoke(wrong.name());
  portable_.Erase(person_);
  const std::string again = portable_.world().CreatePassport().name();
  const auto imported = portable_.Import(again, with_both);
  ASSERT_TRUE(imported.ok()) << imported.status();
  std::multiset<int> outcomes;
  for (const v1::ImportResult& result : imported->results()) outcomes.insert(result.outcome());
  EXPECT_EQ(outcomes,
            (std::multiset<int>{v1::IMPORT_OUTCOME_ACCEPTED, v1::IMPORT_OUTCOME_REJECTED}));
  EXPECT_EQ(portable_.Validations(again).at(0).skill(), kPlants);
}

TEST_F(CredentialStatusTest, WhatIsRevokedAfterComingBackDoesNotComeBackAgain) {
  portable_.world().Record(person_, kSweeping, 3);
  const std::string first = portable_.Export(person_).at(0);
  const std::string second = portable_.Export(person_).at(0);
  portable_.Erase(person_);
  const std::string again = portable_.world().CreatePassport().name();
  ASSERT_EQ(portable_.ImportOne(again, first), "ACCEPTED");
  portable_.Revoke(portable_.Validations(again).at(0).name());
  EXPECT_EQ(portable_.ImportOne(again, first), "ERROR_REASON_CREDENTIAL_STATUS");
  EXPECT_EQ(portable_.ImportOne(again, second), "ERROR_REASON_CREDENTIAL_STATUS");
  const std::string other = portable_.world().CreatePassport().name();
  EXPECT_EQ(portable_.ImportOne(other, first), "ERROR_REASON_CREDENTIAL_STATUS");
  portable_.Erase(again);
  EXPECT_EQ(portable_.ImportOne(other, first), "ERROR_REASON_CREDENTIAL_STATUS");
}

TEST_F(CredentialStatusTest, AllThatCameBackIsRevokedTogether) {
  portable_.world().Record(person_, kSweeping, 3);
  const std::string first = portable_.Export(person_).at(0);
  const std::string second = portable_.Export(person_).at(0);
  portable_.Erase(person_);
  const std::string again = portable_.world().CreatePassport().name();
  ASSERT_EQ(portable_.ImportOne(again, first), "ACCEPTED");
  ASSERT_EQ(portable_.ImportOne(again, second), "UNCHANGED");
  ASSERT_EQ(portable_.Validations(again).size(), 1u);
  EXPECT_EQ(CountSet(BitsOf(portable_.StatusList())), 2) << "what was once marked stays marked";
  portable_.Revoke(portable_.Validations(again).at(0).name());
  const std::string other = portable_.world().CreatePassport().name();
  for (const std::string& credential : {first, second}) {
    EXPECT_EQ(portable_.ImportOne(other, credential), "ERROR_REASON_CREDENTIAL_STATUS");
  }
}

TEST_F(CredentialStatusTest, WhatCameOfALostDatabaseCanBeRevoked) {
  portable_.world().Record(person_, kSweeping, 3);
  const std::string credential = portable_.Export(person_).at(0);
  portable_.Erase(person_);
  storage::Batch lost;
  for (const storage::Record& record : ContentsOf(portable_.world().store()).records) {
    if (record.key.kind == storage::RecordKind::kCredentialStatus) {
      lost.mutations.push_back({record.key, std::nullopt});
    }
  }
  lost.events.push_back({{storage::RecordKind::kCredentialBook, "x"}, "lost"});
  ASSERT_TRUE(portable_.world().store().Commit(std::move(lost)).ok());
  const std::string again = portable_.world().CreatePassport().name();
  ASSERT_EQ(portable_.ImportOne(again, credential), "ACCEPTED");
  EXPECT_FALSE(portable_.Validations(again).at(0).foreign_proof().status_checked());
  EXPECT_FALSE(BitsOf(portable_.StatusList()).Has(IndexOf(credential)));
  portable_.Revoke(portable_.Validations(again).at(0).name());
  EXPECT_TRUE(BitsOf(portable_.StatusList()).Has(IndexOf(credential)));
}

TEST_F(CredentialStatusTest, WhoHasTakenAlongAllThatOneMayGetsOldPlacesAgain) {
  const v1::Validation validation = portable_.world().Record(person_, kSweeping, 3);
  const std::string first = portable_.Export(person_).at(0);
  // As after so many exports: the places stand, and are the person's.
  const PassportName name = *ParsePassportName(person_);
  CredentialBook book = *ReadCredentials(portable_.world().store(), name);
  const std::string id = ParseValidationName(validation.name())->validation;
  storage::Batch batch;
  for (uint32_t i = 0; book.kept.issued_size() < static_cast<int>(kIssuedCredentialsMax); ++i) {
    if (i == IndexOf(first)) continue;
    AddCredential(book, id, {1, i}, std::nullopt);
    SetState({{1, i}, std::nullopt, 0}, CredentialState::kOut, batch);
  }
  batch.mutations.push_back({CredentialBookKeyOf(name), book.kept.SerializeAsString()});
  batch.events.push_back({CredentialBookKeyOf(name), "full"});
  ASSERT_TRUE(portable_.world().store().Commit(std::move(batch)).ok());
  const auto again = portable_.Export(person_);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(IndexOf(again[0]), IndexOf(first)) << "the oldest place";
  EXPECT_NE(OpenJwt(again[0])->payload["id"], OpenJwt(first)->payload["id"]);
  EXPECT_NE(IndexOf(portable_.Export(person_).at(0)), IndexOf(first)) << "it is the newest now";
  EXPECT_EQ(ReadCredentials(portable_.world().store(), name)->kept.issued_size(),
            static_cast<int>(kIssuedCredentialsMax));
  portable_.world().Record(person_, kPlants, 2);
  EXPECT_EQ(portable_.Export(person_).size(), 2u) << "what is new has a place of its own";
  portable_.Revoke(validation.name());
  EXPECT_TRUE(BitsOf(portable_.StatusList()).Has(IndexOf(again[0])));
  EXPECT_EQ(CountSet(BitsOf(portable_.StatusList())), static_cast<int>(kIssuedCredentialsMax));
}

TEST_F(CredentialStatusTest, AListThatComesAlongCounts) {
  const v1::Validation validation = portable_.world().Record(person_, kSweeping, 3);
  portable_.world().Record(person_, kPlants, 3);
  const auto credentials = portable_.Export(person_);
  const std::string good = portable_.StatusList();
  portable_.Revoke(validation.name());
  const std::string bad = portable_.StatusList();
  const BitList bits = BitsOf(bad);
  const std::string& taken_back =
      bits.Has(IndexOf(credentials[0])) ? credentials[0] : credentials[1];
  const std::string& standing = bits.Has(IndexOf(credentials[0])) ? credentials[1] : credentials[0];
  PortableWorld other("https://other.example.org", TrustText(portable_.key(), true));
  const auto import = [&](const std::string& credential, const std::vector<std::string>& lists) {
    const std::string person = other.world().CreatePassport().name();
    const std::string became = other.ImportOne(person, credential, lists);
    if (became != "ACCEPTED") return became;
    return became + (other.Validations(person).at(0).foreign_proof().status_checked()
                         ? ", checked"
                         : ", not checked");
  };
  EXPECT_EQ(import(taken_back, {}), "ACCEPTED, not checked");
  EXPECT_EQ(import(taken_back, {good}), "ACCEPTED, checked");
  EXPECT_EQ(import(taken_back, {bad}), "ERROR_REASON_CREDENTIAL_STATUS");
  EXPECT_EQ(import(standing, {bad}), "ACCEPTED, checked");
  std::string broken = bad;
  broken.back() = broken.back() == 'A' ? 'Q' : 'A';
  EXPECT_EQ(import(standing, {broken}), "ERROR_REASON_CREDENTIAL_STATUS");
  EXPECT_THAT(import(standing, {bad, "no list"}), testing::StartsWith("status_lists[1]: "))
      << "silence would look like a check";
  EXPECT_EQ(import(taken_back, {bad, good}), "ERROR_REASON_CREDENTIAL_STATUS");
  EXPECT_EQ(import(taken_back, {good, bad}), "ERROR_REASON_CREDENTIAL_STATUS")
      << "whichever comes last";
  other.world().Advance(kStatusListValidity + absl::Hours(1));
  EXPECT_EQ(import(standing, {bad}), "ERROR_REASON_CREDENTIAL_STATUS") << "it is too old";
}

TEST_F(CredentialStatusTest, TellsWhichListsThereAre) {
  v1::GetStatusListRequest request;
  request.set_number(2);
  const auto missing =
      portable_.world().Call<v1::GetStatusListResponse>("CredentialService.GetStatusList", request);
  EXPECT_EQ(ReasonOf(missing.status()), v1::ERROR_REASON_STATUS_LIST_NOT_FOUND);
  request.set_number(0);
  const auto first =
      portable_.world().Call<v1::GetStatusListResponse>("CredentialService.GetStatusList", request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->uri(), "https://passend.example.org/status/1");
  EXPECT_EQ(first->list_count(), 1);
  EXPECT_EQ(first->issuer(), kOwnIssuer);
  EXPECT_EQ(first->key_set(), portable_.key().key_set());
}

TEST(ReplacedKeyTest, WhatTheOldKeySignedIsStillTheServersOwn) {
  const auto old_key = KeyFor(SigningKey::Ec(), kOwnIssuer);
  PortableWorld portable(kOwnIssuer, TrustText(*old_key, false));
  const std::string person = portable.world().CreatePassport().name();
  portable.world().Record(person, kSweeping, 3);
  const nlohmann::json content = OpenJwt(portable.Export(person).at(0))->payload;
  const std::string before = old_key->Sign(content).value();
  portable.Erase(person);
  const std::string again = portable.world().CreatePassport().name();
  EXPECT_EQ(portable.ImportOne(again, before), "ACCEPTED");
  EXPECT_EQ(portable.Validations(again).at(0).method(), v1::VALIDATION_METHOD_OBSERVED);
  EXPECT_TRUE(portable.Validations(again).at(0).foreign_proof().status_checked());
  const auto list = portable.world().Call<v1::GetStatusListResponse>(
      "CredentialService.GetStatusList", v1::GetStatusListRequest());
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_NE(list->key_set().find(old_key->key_id()), std::string::npos);
  EXPECT_NE(list->key_set().find(portable.key().key_id()), std::string::npos);
}

TEST(WithoutAKeyTest, SaysWhatTheOperatorHasToGive) {
  ServiceWorld world;
  const std::string person = world.CreatePassport().name();
  v1::ExportPassportRequest request;
  request.set_name(person);
  request.set_format(v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL);
  EXPECT_EQ(
      ReasonOf(world.Call<v1::ExportPassportResponse>("PassportService.ExportPassport", request)
                   .status()),
      v1::ERROR_REASON_NO_CREDENTIAL_KEY);
  EXPECT_EQ(ReasonOf(world
                         .Call<v1::GetStatusListResponse>("CredentialService.GetStatusList",
                                                          v1::GetStatusListRequest())
                         .status()),
            v1::ERROR_REASON_NO_CREDENTIAL_KEY);
  v1::ImportCredentialsRequest importing;
  importing.set_parent(person);
  importing.add_credentials()->set_credential("a.b.c");
  EXPECT_EQ(
      ReasonOf(
          world.Call<v1::ImportCredentialsResponse>("PassportService.ImportCredentials", importing)
              .status()),
      v1::ERROR_REASON_NO_TRUSTED_ISSUERS);
  for (const v1::ExportFormat format : {v1::EXPORT_FORMAT_JSON, v1::EXPORT_FORMAT_HTML}) {
    request.set_format(format);
    EXPECT_TRUE(
        world.Call<v1::ExportPassportResponse>("PassportService.ExportPassport", request).ok());
  }
}

}  // namespace
}  // namespace passend::service
