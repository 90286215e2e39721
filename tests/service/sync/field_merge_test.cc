#include "service/sync/field_merge.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace passend::service {
namespace {

v1::Passport Region(const std::string& region) {
  v1::Passport passport;
  passport.set_region(region);
  return passport;
}

SaidValue Value(const std::string& region) {
  const std::string value = ValueOf(Region(region), PassportField::kRegion);
  return {PassportField::kRegion, value, DigestOfValue(value)};
}

// `before`: null where the partner said nothing.
std::string Outcome(const std::string& passport, const std::string& partner, const char* before,
                    bool overrides = false) {
  store::v1::PartnerSide side;
  if (before != nullptr) Note(Value(before), side);
  const std::vector<SaidValue> said = {Value(partner)};
  const FieldMerge merge = MergeFields(Region(passport), said, side, overrides);
  if (!merge.conflicts.empty()) return "conflict";
  if (!merge.kept.empty()) return "kept";
  if (!merge.taken.empty()) return merge.settled.size() == 1 ? "taken" : "";
  return merge.settled.size() == 1 ? "settled" : "";
}

TEST(FieldMergeTest, EachRowOfTheRule) {
  for (const char* before : {"a", "b", "", static_cast<const char*>(nullptr)}) {
    EXPECT_EQ(Outcome("a", "a", before), "settled");
  }
  EXPECT_EQ(Outcome("a", "b", "b"), "kept");
  EXPECT_EQ(Outcome("a", "b", "a"), "taken");
  EXPECT_EQ(Outcome("a", "b", "c"), "conflict");
  EXPECT_EQ(Outcome("a", "b", nullptr), "conflict");
  EXPECT_EQ(Outcome("", "b", nullptr), "taken");
  EXPECT_EQ(Outcome("", "b", "c"), "conflict") << "somebody emptied it";
  EXPECT_EQ(Outcome("a", "", "a"), "taken");
  EXPECT_EQ(Outcome("a", "", ""), "kept");
}

TEST(FieldMergeTest, WhoHasSeenItDecides) {
  EXPECT_EQ(Outcome("a", "b", "b", true), "taken");
  EXPECT_EQ(Outcome("a", "b", "c", true), "taken");
  EXPECT_EQ(Outcome("a", "a", "c", true), "settled");
}

TEST(FieldMergeTest, NotesTellWhetherTheyAreNew) {
  store::v1::PartnerSide side;
  EXPECT_TRUE(Note(Value("a"), side));
  EXPECT_FALSE(Note(Value("a"), side));
  EXPECT_TRUE(Note(Value("b"), side));
  SaidValue state = Value("a");
  state.field = PassportField::kState;
  EXPECT_TRUE(Note(state, side));
  ASSERT_EQ(side.fields_size(), 2);
  EXPECT_LT(side.fields(0).field(), side.fields(1).field());
  EXPECT_EQ(DigestBefore(side, PassportField::kRegion), Value("b").digest);
  EXPECT_EQ(DigestBefore(side, PassportField::kPaces), "");
}

}  // namespace
}  // namespace passend::service
