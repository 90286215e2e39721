#include "service/identity/strict_json.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/service/identity/signing_key.h"

namespace passend::service {
namespace {

TEST(FromBase64UrlTest, GivesTheBytes) {
  EXPECT_EQ(FromBase64Url(""), "");
  EXPECT_EQ(FromBase64Url("Zm9v"), "foo");
  EXPECT_EQ(FromBase64Url("Zm8"), "fo");
  EXPECT_EQ(FromBase64Url("-_8"), "\xfb\xff");
}

TEST(FromBase64UrlTest, TakesTheOneSpellingAlone) {
  EXPECT_EQ(FromBase64Url("Zm8="), std::nullopt) << "padding";
  EXPECT_EQ(FromBase64Url("Zm9"), std::nullopt) << "bits behind the last byte";
  EXPECT_EQ(FromBase64Url("Z"), std::nullopt) << "half a byte";
  EXPECT_EQ(FromBase64Url("f\xb3"
                          "9O"),
            std::nullopt)
      << "found by fuzzing";
}

// Of all bytes, 64 stand for something.
TEST(FromBase64UrlTest, TakesNoOtherCharacter) {
  int taken = 0;
  for (int byte = 0; byte < 256; ++byte) {
    taken += FromBase64Url(std::string("fA") + static_cast<char>(byte) + "O").has_value();
  }
  EXPECT_EQ(taken, 64);
}

TEST(ParseStrictObjectTest, TakesObjectsWithoutRepeatedMembers) {
  EXPECT_TRUE(ParseStrictObject(R"({"a":{"b":1},"b":[{"a":1},{"a":2}]})"));
  EXPECT_FALSE(ParseStrictObject(R"({"a":1,"a":1})"));
  EXPECT_FALSE(ParseStrictObject(R"({"b":[{"a":1,"a":2}]})"));
  EXPECT_FALSE(ParseStrictObject(R"(["a"])"));
  EXPECT_FALSE(ParseStrictObject("{\"a\":\"\xb3\"}"));
}

// Found by fuzzing: two libraries read a header, and what one of them cannot read is none.
TEST(ParseJwsHeaderTest, TakesWhatTheLibraryOfSignaturesReads) {
  const auto header = [](const std::string& text) { return ParseJwsHeader(ToBase64Url(text)); };
  const auto part = [](const std::string& text) { return ParseJwsPart(ToBase64Url(text)); };
  EXPECT_TRUE(header(R"({"a":9223372036854775807})"));
  for (const auto* text : {R"({"a":9223372036854775808})", R"({"a":"\u0000"})"}) {
    EXPECT_TRUE(part(text)) << text;
    EXPECT_FALSE(header(text)) << text;
  }
  EXPECT_FALSE(header(R"({"a":1,"a":1})"));
  EXPECT_FALSE(ParseJwsHeader("e3"));
}

}  // namespace
}  // namespace passend::service
