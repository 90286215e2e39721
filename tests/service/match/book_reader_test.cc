// The narrow reader is the full parse, for whatever bytes.
#include "service/match/book_reader.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "service/canonical_bytes.h"
#include "service/records/validation_book.h"
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
  if (chance()) validation.set_recorder(RandomText(random));
  // Rare: the narrow reader leaves them to the full parse.
  if (random.Chance(5)) validation.add_disputes()->set_reason(RandomText(random));
  if (random.Chance(5)) validation.set_corrects(RandomText(random));
  if (random.Chance(5)) validation.set_corrected_by(RandomText(random));
  return validation;
}

// Of up to three validations, each field there or not; names as they should be, as a rule.
std::string RandomBook(RandomSource& random, int percent) {
  store::v1::ValidationBook book;
  for (int64_t number = random.Between(0, 3); number > 0; --number) {
    v1::Validation& validation = *book.add_validations();
    validation = RandomValidation(random, percent);
    validation.set_name(random.Chance(98) ? "v" + std::to_string(9 - number) : RandomText(random));
  }
  return CanonicalBytes(book);
}

// What reading the record makes of it, or both refuse.
void ExpectAsParsed(BookReader& reader, const std::string& bytes) {
  const auto parsed = ParseBook({{storage::RecordKind::kValidationBook, "p"}, 1, bytes});
  const absl::Status read = reader.Read(bytes);
  ASSERT_EQ(read.code(), parsed.status().code());
  if (!parsed.ok()) {
    ASSERT_EQ(read.code(), absl::StatusCode::kDataLoss);
    return;
  }
  ASSERT_EQ(reader.facts().size(), parsed->validations.size());
  for (size_t place = 0; place < parsed->validations.size(); ++place) {
    ValidationFacts facts = reader.facts()[place];
    ValidationFacts wanted = FactsOf(parsed->validations[place]);
    ASSERT_EQ("passports/p/validations/" + std::string(facts.name), wanted.name);
    facts.name = wanted.name;
    ASSERT_EQ(facts, wanted) << parsed->validations[place].ShortDebugString();
    ASSERT_EQ(ValidationOf(facts), ValidationOf(wanted));
  }
}

TEST(BookReader, ReadsWhatIsWritten) {
  RandomSource random(NumberFrom("PASSEND_SEED", 1));
  BookReader reader;
  for (int round = 0; round < 50'000; ++round) {
    const int percent = round % 3 == 0 ? 100 : static_cast<int>(random.Between(0, 100));
    ExpectAsParsed(reader, RandomBook(random, percent));
  }
}

TEST(BookReader, RefusesWhatTheFullParseRefuses) {
  RandomSource random(NumberFrom("PASSEND_SEED", 2));
  BookReader reader;
  for (int round = 0; round < 50'000; ++round) {
    std::string bytes = RandomBook(random, 40);
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

std::string BookOf(const std::string& validation) {
  return "\x0a" + std::string(1, static_cast<char>(validation.size())) + validation;
}

TEST(BookReader, TakesTheLastOfTwoAndJoinsTimes) {
  BookReader reader;
  v1::Validation first, second;
  first.set_name("v");
  first.set_skill("first");
  first.mutable_validate_time()->set_seconds(86'400);
  second.set_skill("second");
  second.mutable_validate_time()->set_nanos(5);
  const std::string bytes = BookOf(first.SerializeAsString() + second.SerializeAsString());
  ASSERT_TRUE(reader.Read(bytes).ok());
  ASSERT_EQ(reader.facts().size(), 1u);
  EXPECT_EQ(reader.facts()[0].skill, "second");
  EXPECT_EQ(reader.facts()[0].validate_seconds, 86'400);
}

TEST(BookReader, PassesOverFieldsOfLaterVersions) {
  BookReader reader;
  v1::Validation validation;
  validation.set_name("v");
  validation.set_skill("a");
  const std::string later = "\xaa\x01\x02xy";  // field 21, two bytes
  const std::string bytes = BookOf(validation.SerializeAsString() + later) + later;
  ASSERT_TRUE(reader.Read(bytes).ok());
  ASSERT_EQ(reader.facts().size(), 1u);
  EXPECT_EQ(reader.facts()[0].skill, "a");
}

}  // namespace
}  // namespace passend::service
