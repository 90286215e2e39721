// The narrow reader is the full parse, for whatever bytes.
#include "service/match/validation_reader.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "service/canonical_bytes.h"
#include "tests/matcher/random_source.h"

namespace passend::service {
namespace {

using matcher::NumberFrom;
using matcher::RandomSource;

std::string RandomText(RandomSource& random) {
  static const std::vector<std::string> kPieces = {
      "a", "job coach", "café", "\xe2\x82\xac", "1/2", std::string("\0", 1)};
  std::string text;
  for (int64_t left = random.Between(0, 20); left > 0; --left) {
    // Texts are plain as a rule.
    const size_t piece = random.Chance(90) ? 0 : static_cast<size_t>(random.Between(1, 5));
    text += kPieces[piece];
  }
  return text;
}

int64_t RandomNumber(RandomSource& random) {
  const auto bits = static_cast<int64_t>(random.Bits() >> random.Between(0, 63));
  return random.Chance(10) ? -bits : bits;
}

google::protobuf::Timestamp RandomTime(RandomSource& random) {
  google::protobuf::Timestamp time;
  if (random.Chance(95)) time.set_seconds(RandomNumber(random));
  if (random.Chance(30)) time.set_nanos(static_cast<int32_t>(RandomNumber(random)));
  return time;
}

// Each field there or not.
v1::Validation RandomValidation(RandomSource& random, int percent) {
  v1::Validation validation;
  const auto chance = [&] { return random.Chance(percent); };
  if (chance()) validation.set_name(RandomText(random));
  if (chance()) validation.set_skill(RandomText(random));
  if (chance()) validation.set_level(static_cast<int32_t>(RandomNumber(random)));
  if (chance()) {
    validation.set_method(static_cast<v1::ValidationMethod>(
        random.Chance(80) ? random.Between(0, 6) : static_cast<int32_t>(RandomNumber(random))));
  }
  if (chance()) *validation.mutable_validate_time() = RandomTime(random);
  if (chance()) *validation.mutable_expire_time() = RandomTime(random);
  if (chance()) validation.set_validator(RandomText(random));
  if (chance()) validation.set_capacity(RandomText(random));
  if (chance()) validation.set_place(RandomText(random));
  if (chance()) validation.set_evidence_uri(RandomText(random));
  if (chance()) *validation.mutable_create_time() = RandomTime(random);
  if (chance()) *validation.mutable_revoke_time() = RandomTime(random);
  if (chance()) validation.set_revoke_reason(RandomText(random));
  return validation;
}

// The same, or both refuse.
void ExpectAsParsed(ValidationReader& reader, const std::string& bytes) {
  v1::Validation parsed;
  const bool good = parsed.ParseFromString(bytes);
  const auto read = reader.Read(bytes);
  ASSERT_EQ(read.ok(), good);
  if (good) {
    ASSERT_EQ(reader.facts(), FactsOf(parsed)) << parsed.ShortDebugString();
    ASSERT_EQ(ValidationOf(reader.facts()), ValidationOf(FactsOf(parsed)));
  } else {
    ASSERT_EQ(read.code(), absl::StatusCode::kDataLoss);
  }
}

TEST(ValidationReader, ReadsWhatIsWritten) {
  RandomSource random(NumberFrom("PASSEND_SEED", 1));
  ValidationReader reader;
  for (int round = 0; round < 50'000; ++round) {
    const int percent = round % 3 == 0 ? 100 : static_cast<int>(random.Between(0, 100));
    ExpectAsParsed(reader, CanonicalBytes(RandomValidation(random, percent)));
  }
}

TEST(ValidationReader, RefusesWhatTheFullParseRefuses) {
  RandomSource random(NumberFrom("PASSEND_SEED", 2));
  ValidationReader reader;
  for (int round = 0; round < 50'000; ++round) {
    std::string bytes = CanonicalBytes(RandomValidation(random, 40));
    for (int64_t left = random.Between(1, 3); left > 0; --left) {
      if (bytes.empty()) break;
      const auto at = static_cast<size_t>(random.Between(0, bytes.size() - 1));
      switch (random.Between(0, 3)) {
        case 0:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.Between(0, 7)));
          break;
        case 1:
          bytes.resize(at);
          break;
        case 2:
          bytes.insert(at, 1, static_cast<char>(random.Bits()));
          break;
        case 3:
          bytes += bytes.substr(at);
      }
    }
    ExpectAsParsed(reader, bytes);
  }
}

TEST(ValidationReader, TakesTheLastOfTwoAndJoinsTimes) {
  ValidationReader reader;
  v1::Validation first, second;
  first.set_skill("first");
  first.mutable_validate_time()->set_seconds(86'400);
  second.set_skill("second");
  second.mutable_validate_time()->set_nanos(5);
  const std::string twice = first.SerializeAsString() + second.SerializeAsString();
  ASSERT_TRUE(reader.Read(twice).ok());
  EXPECT_EQ(reader.facts().skill, "second");
  EXPECT_EQ(reader.facts().validate_seconds, 86'400);
}

TEST(ValidationReader, PassesOverFieldsOfLaterVersions) {
  ValidationReader reader;
  v1::Validation validation;
  validation.set_skill("a");
  const std::string later = "\xaa\x01\x02xy";  // field 21, two bytes
  const std::string bytes = validation.SerializeAsString() + later;
  ASSERT_TRUE(reader.Read(bytes).ok());
  EXPECT_EQ(reader.facts().skill, "a");
}

}  // namespace
}  // namespace passend::service
