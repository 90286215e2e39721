#include "service/match/candidate_reference.h"

#include <set>

#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/names/random_id.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

Surroundings WithRandomByte(char byte) {
  return {[] { return absl::UnixEpoch(); },
          [byte](size_t count) { return std::string(count, byte); }};
}

TEST(CandidateReferences, DifferForEveryEmployerTaskAndPassport) {
  const CandidateReferences references(std::string(32, 's'));
  const CandidateReferences elsewhere(std::string(32, 't'));
  const std::set<std::string> made = {
      references.Make("employers/a", "tasks/t", "passports/p"),
      references.Make("employers/b", "tasks/t", "passports/p"),
      references.Make("employers/a", "tasks/u", "passports/p"),
      references.Make("employers/a", "tasks/t", "passports/q"),
      elsewhere.Make("employers/a", "tasks/t", "passports/p"),
      // The same letters, cut at other places.
      references.Make("employers/at", "asks/t", "passports/p"),
  };
  EXPECT_EQ(made.size(), 6u);
  for (const std::string& reference : made) {
    EXPECT_EQ(reference.size(), 32u);
    EXPECT_EQ(reference.find_first_not_of("0123456789abcdef"), std::string::npos);
  }
}

TEST(CandidateReferences, AreTheSameAfterARestart) {
  const auto store = storage::NewMemoryStore();
  const auto first = CandidateReferences::Load(*store, WithRandomByte('a'));
  const auto second = CandidateReferences::Load(*store, WithRandomByte('b'));
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->Make("e", "t", "p"), second->Make("e", "t", "p"));
}

TEST(CandidateReferences, AreFoundByWhomTheyWereMadeFor) {
  const CandidateReferences references(std::string(32, 's'));
  const std::string passport =
      "passports/" + RandomId({[] { return absl::UnixEpoch(); },
                               [](size_t count) { return std::string(count, '\x5A'); }});
  const std::string made = references.Make("employers/a", "tasks/t", passport);
  EXPECT_EQ(made.size(), 32u);
  EXPECT_EQ(references.Find("employers/a", "tasks/t", made), passport);
  EXPECT_NE(references.Find("employers/b", "tasks/t", made), passport);
  EXPECT_NE(references.Find("employers/a", "tasks/u", made), passport);
  EXPECT_NE(CandidateReferences(std::string(32, 't')).Find("employers/a", "tasks/t", made),
            passport);
  EXPECT_NE(references.Make("employers/a", "tasks/u", passport), made);
  for (const std::string& text : {std::string("none"), std::string(32, 'G'), made + "00"}) {
    EXPECT_EQ(references.Find("employers/a", "tasks/t", text), std::nullopt) << text;
  }
}

TEST(CandidateReferences, ASecretOfAnotherLengthIsDamage) {
  const auto store = storage::NewMemoryStore();
  storage::Batch batch;
  batch.mutations.push_back({{storage::RecordKind::kSecret, "candidate-references"}, "short"});
  ASSERT_TRUE(store->Commit(std::move(batch)).ok());
  const auto loaded = CandidateReferences::Load(*store, WithRandomByte('a'));
  EXPECT_EQ(ReasonOf(loaded.status()), v1::ERROR_REASON_DAMAGED_DATA);
}

}  // namespace
}  // namespace passend::service
