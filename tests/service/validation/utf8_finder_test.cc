#include "service/validation/utf8_finder.h"

#include <gtest/gtest.h>

#include <random>

#include "passend/v1/passport_service.pb.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

std::optional<std::string> Find(const google::protobuf::Message& message) {
  return FindInvalidUtf8(*message.GetDescriptor(), message.SerializePartialAsString());
}

TEST(Utf8FinderTest, KnowsUtf8) {
  for (const char* good : {"", "plain", "één", "€", "😀", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
  for (const char* bad : {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xFF", "a\xC3z"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

TEST(Utf8FinderTest, CountsCodePoints) {
  EXPECT_EQ(CharactersIn(""), 0u);
  EXPECT_EQ(CharactersIn("één"), 3u);
  EXPECT_EQ(CharactersIn("😀€"), 2u);
}

TEST(Utf8FinderTest, NamesTheFirstInvalidText) {
  v1::CreatePassportRequest request;
  *request.mutable_passport() = WholePassport();
  EXPECT_EQ(Find(request), std::nullopt);
  request.mutable_passport()->add_paces()->set_place("\xFF\xFE");
  request.set_request_id("\xFF");
  EXPECT_EQ(Find(request), "passport.paces[1].place");
  request.mutable_passport()->mutable_paces()->RemoveLast();
  EXPECT_EQ(Find(request), "request_id");
}

TEST(Utf8FinderTest, EndsWithTheBytes) {
  v1::CreatePassportRequest request;
  *request.mutable_passport() = WholePassport();
  request.mutable_passport()->set_region("\xFF");
  const std::string bytes = request.SerializePartialAsString();
  for (size_t length = 0; length < bytes.size(); ++length) {
    const auto found =
        FindInvalidUtf8(*request.GetDescriptor(), std::string_view(bytes).substr(0, length));
    EXPECT_TRUE(!found || found == "passport.region") << length;
  }
}

TEST(Utf8FinderTest, SurvivesAnyBytes) {
  std::mt19937 random(20'261'121);
  const std::string whole = WholePassport().SerializeAsString();
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = whole;
    for (int change = 0; change < 3; ++change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    bytes.resize(random() % (bytes.size() + 1));
    const auto found = FindInvalidUtf8(*v1::Passport::descriptor(), bytes);
    if (found) {
      EXPECT_FALSE(v1::Passport().ParseFromString(bytes)) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace passend::service
