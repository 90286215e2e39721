// Out, erased, in again: the same passport, with what was signed kept.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "service/credential/badge.h"
#include "service/credential/compact_jwt.h"
#include "service/errors/error_status.h"
#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

// What a validation says, without what is of one record only. Credentials tell the day of it, and
// its end to the second.
std::string SaidBy(v1::Validation validation) {
  validation.clear_name();
  validation.clear_create_time();
  validation.clear_recorder();
  validation.clear_foreign_proof();
  *validation.mutable_validate_time() =
      TimestampOf(StartOfDay(MomentOf(validation.validate_time())));
  if (validation.has_expire_time()) validation.mutable_expire_time()->clear_nanos();
  return validation.SerializeAsString();
}

std::vector<std::string> SaidBy(const std::vector<v1::Validation>& validations) {
  std::vector<std::string> said;
  for (const v1::Validation& validation : validations) said.push_back(SaidBy(validation));
  std::sort(said.begin(), said.end());
  return said;
}

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  int UpTo(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
  bool Half() { return UpTo(1) == 1; }
  // Of everything that a field may hold.
  std::string Text(int characters_max) {
    static constexpr const char* kPieces[] = {
        "a", "Z",  "0",  " ", "é", "ß", "汉", "🌱",    "\"", "\\", "/",     "<",
        "&", "\n", "\t", "'", "|", ".", "{",  "\x01", "ĳ",  ":",  "http:", "urn:x:y"};
    std::string text;
    for (int i = UpTo(characters_max / 8); i > 0; --i) {
      text += kPieces[static_cast<size_t>(UpTo(static_cast<int>(std::size(kPieces)) - 1))];
    }
    return text;
  }
  v1::Validation Validation(absl::Time now) {
    v1::Validation validation;
    validation.set_skill(Half() ? kSweeping : kPlants);
    validation.set_level(1 + UpTo(4));
    validation.set_method(static_cast<v1::ValidationMethod>(1 + UpTo(4)));
    validation.mutable_validate_time()->set_seconds(absl::ToUnixSeconds(now) - 1 -
                                                    UpTo(100'000'000));
    if (Half()) validation.mutable_validate_time()->set_nanos(UpTo(999'999'999));
    if (Half()) {
      validation.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(now) + 2 +
                                                    UpTo(100'000'000));
      if (Half()) validation.mutable_expire_time()->set_nanos(UpTo(999'999'999));
    }
    validation.set_validator(Text(120));
    validation.set_capacity(Text(80));
    validation.set_place(Text(80));
    validation.set_evidence_uri(Half() ? "https://example.org/" + std::to_string(UpTo(999))
                                       : Text(500));
    return validation;
  }

 private:
  std::mt19937 random_;
};

std::string RecordSome(PortableWorld& portable, Chance& chance, const std::string& passport,
                       int count) {
  v1::RecordValidationsRequest request;
  request.set_parent(passport);
  for (int i = 0; i < count; ++i) {
    *request.add_validations() = chance.Validation(portable.world().now());
  }
  const auto recorded = portable.world().Call<v1::RecordValidationsResponse>(
      "ValidationService.RecordValidations", request);
  EXPECT_TRUE(recorded.ok()) << recorded.status();
  return recorded.ok() ? recorded->validations(0).name() : "";
}

TEST(RoundTripTest, ExportEraseImportGivesTheSameValidations) {
  constexpr unsigned kSeeds = 25;
  size_t validations = 0;
  int other = 0;
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    Chance chance(seed);
    PortableWorld portable;
    const std::string before = portable.world().CreatePassport(WholePassport()).name();
    RecordSome(portable, chance, before, 1 + chance.UpTo(30));
    const auto said = SaidBy(portable.Validations(before));
    const auto credentials = portable.Export(before, 1 + chance.UpTo(12));
    ASSERT_EQ(credentials.size(), said.size());
    portable.Erase(before);
    const std::string after = portable.world().CreatePassport(WholePassport()).name();
    const auto imported = portable.Import(after, credentials);
    ASSERT_TRUE(imported.ok()) << imported.status();
    for (const v1::ImportResult& result : imported->results()) {
      // Two that say the very same are one.
      EXPECT_NE(result.outcome(), v1::IMPORT_OUTCOME_REJECTED) << result.description();
    }
    const auto there = portable.Validations(after);
    EXPECT_EQ(SaidBy(there), said);
    validations += said.size();
    other += SaidBy(there) == said ? 0 : 1;
    for (const v1::Validation& validation : there) {
      EXPECT_EQ(validation.foreign_proof().issuer(), kOwnIssuer);
      EXPECT_THAT(credentials, testing::Contains(validation.foreign_proof().credential()));
      EXPECT_TRUE(validation.has_create_time());
    }
    // And once more it changes nothing.
    const auto again = portable.Import(after, credentials);
    ASSERT_TRUE(again.ok());
    for (const v1::ImportResult& result : again->results()) {
      EXPECT_EQ(result.outcome(), v1::IMPORT_OUTCOME_UNCHANGED);
      EXPECT_FALSE(result.validation().empty());
    }
    EXPECT_EQ(portable.Validations(after).size(), said.size());
  }
  std::printf("round trips: %u passports, %zu validations, %d other\n", kSeeds, validations, other);
}

TEST(RoundTripTest, AnotherServerKeepsTheMethodsOfWhomItsOperatorSaysSo) {
  PortableWorld delft;
  Chance chance(7);
  const std::string person = delft.world().CreatePassport().name();
  RecordSome(delft, chance, person, 40);
  const auto credentials = delft.Export(person);
  PortableWorld keeping("https://other.example.org", TrustText(delft.key(), true));
  const std::string there = keeping.world().CreatePassport().name();
  ASSERT_TRUE(keeping.Import(there, credentials).ok());
  EXPECT_EQ(SaidBy(keeping.Validations(there)), SaidBy(delft.Validations(person)));

  PortableWorld outside("https://third.example.org", TrustText(delft.key(), false));
  const std::string elsewhere = outside.world().CreatePassport().name();
  ASSERT_TRUE(outside.Import(elsewhere, credentials).ok());
  for (const v1::Validation& validation : outside.Validations(elsewhere)) {
    EXPECT_NE(validation.method(), v1::VALIDATION_METHOD_OBSERVED);
    EXPECT_NE(validation.method(), v1::VALIDATION_METHOD_WORK_SAMPLE);
    EXPECT_EQ(validation.foreign_proof().issuer(), kOwnIssuer);
    EXPECT_EQ(validation.foreign_proof().issuer_name(), "A school");
  }
  // What Delft signed goes on as Delft signed it.
  auto onward = outside.Export(elsewhere);
  auto first = credentials;
  std::sort(onward.begin(), onward.end());
  std::sort(first.begin(), first.end());
  EXPECT_EQ(onward, first);
}

TEST(RoundTripTest, TwoOfOneDayStayTwoWhereTheySayMore) {
  PortableWorld portable;
  const std::string before = portable.world().CreatePassport().name();
  v1::RecordValidationsRequest request;
  request.set_parent(before);
  for (const char* place : {"kitchen", "garden", "kitchen"}) {
    v1::Validation& validation = *request.add_validations();
    validation.set_skill(kSweeping);
    validation.set_level(3);
    validation.set_method(v1::VALIDATION_METHOD_REFERENCE);
    validation.set_place(place);
  }
  ASSERT_TRUE(
      portable.world()
          .Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request)
          .ok());
  const auto credentials = portable.Export(before);
  portable.Erase(before);
  const std::string after = portable.world().CreatePassport().name();
  ASSERT_TRUE(portable.Import(after, credentials).ok());
  EXPECT_EQ(portable.Validations(after).size(), 2u) << "the very same is one";
}

TEST(RoundTripTest, OnlyAPageCanLeaveOutOrBearAName) {
  PortableWorld portable;
  v1::ExportPassportRequest request;
  request.set_name(portable.world().CreatePassport().name());
  const auto wrong = [&] {
    return FieldOf(portable.world()
                       .Call<v1::ExportPassportResponse>("PassportService.ExportPassport", request)
                       .status());
  };
  for (const v1::ExportFormat format :
       {v1::EXPORT_FORMAT_JSON, v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL}) {
    request.set_format(format);
    request.set_for_employer(true);
    EXPECT_EQ(wrong(), "for_employer");
    request.set_for_employer(false);
    request.set_display_name("Anna");
    EXPECT_EQ(wrong(), "display_name");
    request.clear_display_name();
    EXPECT_EQ(wrong(), "");
  }
  request.set_format(v1::EXPORT_FORMAT_HTML);
  request.set_for_employer(true);
  request.set_display_name("Anna");
  EXPECT_EQ(wrong(), "");
}

TEST(RoundTripTest, TheFileHoldsEverything) {
  PortableWorld portable;
  const std::string person = portable.world().CreatePassport(WholePassport()).name();
  const v1::Validation stands = portable.world().Record(person, kSweeping, 3);
  const v1::Validation revoked = portable.world().Record(person, kPlants, 2);
  portable.Revoke(revoked.name());
  v1::ExportPassportRequest request;
  request.set_name(person);
  request.set_format(v1::EXPORT_FORMAT_JSON);
  const auto exported =
      portable.world().Call<v1::ExportPassportResponse>("PassportService.ExportPassport", request);
  ASSERT_TRUE(exported.ok()) << exported.status();
  const v1::PortablePassport& everything = exported->everything();
  EXPECT_EQ(everything.validations_size(), 2);
  EXPECT_EQ(everything.passport().skills_size(), 1);
  EXPECT_TRUE(everything.passport().has_support());
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(everything, &json).ok());
  v1::PortablePassport read;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), everything.SerializeAsString());
}

TEST(RoundTripTest, APageTokenIsOfThePassportAndNobodyElses) {
  PortableWorld portable;
  const std::string person = portable.world().CreatePassport().name();
  portable.world().Record(person, kSweeping, 3);
  portable.world().Record(person, kPlants, 3);
  v1::ExportPassportRequest request;
  request.set_name(person);
  request.set_format(v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL);
  request.set_page_size(1);
  const auto call = [&] {
    return portable.world().Call<v1::ExportPassportResponse>("PassportService.ExportPassport",
                                                             request);
  };
  const auto first = call();
  ASSERT_TRUE(first.ok()) << first.status();
  request.set_page_token("made up");
  EXPECT_EQ(ReasonOf(call().status()), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
  request.set_page_token(first->next_page_token());
  request.set_name(portable.world().CreatePassport().name());
  EXPECT_EQ(ReasonOf(call().status()), v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS);
}

TEST(RoundTripTest, TwoExportsHaveNothingInCommonThatTellsThatTheyAreOfOnePerson) {
  PortableWorld portable;
  const std::string person = portable.world().CreatePassport().name();
  portable.world().Record(person, kSweeping, 3);
  portable.world().Record(person, kPlants, 2);
  const auto first = portable.Export(person, 1);
  const auto second = portable.Export(person, 1);
  const auto payload = [](const std::string& jwt) { return OpenJwt(jwt)->payload; };
  const auto subject = [&](const std::string& jwt) {
    return payload(jwt)["credentialSubject"]["id"].get<std::string>();
  };
  EXPECT_EQ(subject(first[0]), subject(first[1])) << "all pages are about one subject";
  EXPECT_NE(subject(first[0]), subject(second[0]));
  for (const char* member : {"id", "jti", "sub"}) {
    EXPECT_NE(payload(first[0])[member], payload(second[0])[member]) << member;
  }
  EXPECT_NE(payload(first[0])["credentialStatus"], payload(second[0])["credentialStatus"]);
  EXPECT_EQ(payload(first[0])["validFrom"], "2026-11-21T00:00:00Z") << "everybody's, that day";
  EXPECT_EQ(payload(first[0])["nbf"].get<int64_t>() % 86'400, 0);
  for (const std::string& jwt : first) {
    EXPECT_EQ(payload(jwt).dump().find(person), std::string::npos);
  }
}

}  // namespace
}  // namespace passend::service
