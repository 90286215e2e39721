#include "service/names/resource_names.h"

#include <gtest/gtest.h>

#include <random>

#include "service/names/random_id.h"

namespace passend::service {
namespace {

std::string AnyId(std::mt19937& random) {
  constexpr char kCharacters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
  std::string id(1 + random() % 63, ' ');
  for (char& character : id) character = kCharacters[random() % (sizeof(kCharacters) - 1)];
  return id;
}

TEST(ResourceNamesTest, ParseGivesBackWhatMakeWasGiven) {
  std::mt19937 random(1);
  for (int round = 0; round < 2'000; ++round) {
    const PassportName passport{AnyId(random)};
    EXPECT_EQ(ParsePassportName(MakeName(passport)), passport);
    const ValidationName validation{passport, AnyId(random)};
    EXPECT_EQ(ParseValidationName(MakeName(validation)), validation);
    EXPECT_EQ(ValidationNameOfId(KeyOf(validation).id), validation);
    const TaskName task{AnyId(random)};
    EXPECT_EQ(ParseTaskName(MakeName(task)), task);
    const PolicyName policy{1 + static_cast<uint32_t>(random() % 999'999'999)};
    EXPECT_EQ(ParsePolicyName(MakeName(policy)), policy);
  }
}

TEST(ResourceNamesTest, WhatParsesIsMadeTheSame) {
  for (const char* text : {"passports/a", "tasks/a", "policies/1", "passports/a/validations/b",
                           "policies/01", "tasks/", "passports/a/validations/", "x"}) {
    if (const auto name = ParsePassportName(text)) {
      EXPECT_EQ(MakeName(*name), text);
    }
    if (const auto name = ParseValidationName(text)) {
      EXPECT_EQ(MakeName(*name), text);
    }
    if (const auto name = ParseTaskName(text)) {
      EXPECT_EQ(MakeName(*name), text);
    }
    if (const auto name = ParsePolicyName(text)) {
      EXPECT_EQ(MakeName(*name), text);
    }
  }
}

TEST(ResourceNamesTest, NoNameIsOfTwoKinds) {
  EXPECT_FALSE(ParsePassportName("tasks/a").has_value());
  EXPECT_FALSE(ParseTaskName("passports/a").has_value());
  EXPECT_FALSE(ParsePassportName("passports/a/validations/b").has_value());
  EXPECT_FALSE(ValidationNameOfId("a").has_value());
  EXPECT_FALSE(ValidationNameOfId("a/b/c").has_value());
}

TEST(ResourceNamesTest, KeysOfPoliciesAreInTheOrderOfTheirVersions) {
  EXPECT_EQ(KeyOf(PolicyName{1}).id, "0000000001");
  EXPECT_LT(KeyOf(PolicyName{9}), KeyOf(PolicyName{10}));
}

TEST(RandomIdTest, WritesAllBitsInBase32) {
  const auto id_of = [](const std::string& bytes) {
    return RandomId({nullptr, [&](size_t count) { return bytes.substr(0, count); }});
  };
  EXPECT_EQ(id_of(std::string(16, '\0')), std::string(26, 'a'));
  EXPECT_EQ(id_of(std::string(16, '\xFF')), std::string(25, '7') + "4");
  EXPECT_EQ(id_of("foobarfoobarfoob"), "mzxw6ytbojtg633cmfzgm33pmi") << "as RFC 4648 has it";
}

}  // namespace
}  // namespace passend::service
