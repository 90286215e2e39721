#include "service/paging/page_tokens.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/escaping.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "storage/memory_store.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

constexpr char kMethod[] = "passend.v1.PassportService.ListPassports";

class PageTokensTest : public testing::Test {
 protected:
  PageTokensTest() { request_.set_region("delft"); }

  absl::StatusOr<std::string> Open(const std::string& token) {
    request_.set_page_token(token);
    return tokens_.Open(kMethod, request_);
  }

  PageTokens tokens_{std::string(32, 'k')};
  v1::ListPassportsRequest request_;
};

TEST_F(PageTokensTest, OpensWhatItMade) {
  for (const std::string& cursor :
       {std::string("a"), std::string("\0\xFF", 2), std::string(63, 'z')}) {
    EXPECT_EQ(Open(tokens_.Make(kMethod, request_, cursor)).value(), cursor);
  }
  EXPECT_EQ(Open("").value(), "") << "no token is the first page";
}

TEST_F(PageTokensTest, FitsInItsField) {
  EXPECT_LE(tokens_.Make(kMethod, request_, std::string(256, 'i')).size(), 1024u);
}

// A page may end at somebody whom the caller is not shown.
TEST_F(PageTokensTest, TellsNobodyWhereThePageEnds) {
  const std::string token = tokens_.Make(kMethod, request_, "somebody-else");
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token, &bytes));
  EXPECT_EQ(bytes.find("somebody"), std::string::npos);
  EXPECT_EQ(tokens_.Make(kMethod, request_, "somebody-else"), token)
      << "the same page, the same text";
  const std::string other = tokens_.Make(kMethod, request_, "somebody-elsf");
  EXPECT_NE(other.substr(0, 30), token.substr(0, 30)) << "texts do not show which pages are near";
}

TEST_F(PageTokensTest, NoCharacterCanBeChangedAddedOrTakenAway) {
  const std::string token = tokens_.Make(kMethod, request_, "cursor");
  for (size_t at = 0; at < token.size(); ++at) {
    for (const char other : {'A', 'b', '_', '=', ' ', '+'}) {
      std::string altered = token;
      if (altered[at] == other) continue;
      altered[at] = other;
      EXPECT_EQ(ReasonOf(Open(altered).status()), v1::ERROR_REASON_INVALID_PAGE_TOKEN) << altered;
    }
    EXPECT_FALSE(Open(token.substr(0, at)).ok() && at > 0) << at;
  }
  EXPECT_FALSE(Open(token + "A").ok());
  EXPECT_FALSE(Open(token + "=").ok());
  EXPECT_TRUE(Open(token).ok());
}

TEST_F(PageTokensTest, IsOfOneMethodAndOneDatabase) {
  const std::string token = tokens_.Make(kMethod, request_, "cursor");
  request_.set_page_token(token);
  EXPECT_EQ(ReasonOf(tokens_.Open("passend.v1.Other.List", request_).status()),
            v1::ERROR_REASON_INVALID_PAGE_TOKEN);
  const PageTokens other(std::string(32, 'o'));
  EXPECT_EQ(ReasonOf(other.Open(kMethod, request_).status()), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
}

TEST_F(PageTokensTest, ArgumentsStayTheSameButForThePageSize) {
  const std::string token = tokens_.Make(kMethod, request_, "cursor");
  request_.set_page_size(500);
  EXPECT_TRUE(Open(token).ok());
  request_.set_state(v1::PASSPORT_STATE_PAUSED);
  const absl::Status status = Open(token).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS);
  EXPECT_EQ(FieldOf(status), "page_token");
}

TEST_F(PageTokensTest, TheSecretIsMadeOnceForADatabase) {
  const auto store = storage::NewMemoryStore();
  char next = 'a';
  const Surroundings surroundings{nullptr,
                                  [&](size_t count) { return std::string(count, next++); }};
  const PageTokens first = PageTokens::Load(*store, surroundings).value();
  const PageTokens second = PageTokens::Load(*store, surroundings).value();
  EXPECT_EQ(first.Make(kMethod, request_, "c"), second.Make(kMethod, request_, "c"));
  EXPECT_EQ(store->LastSequence(), 1u);
}

TEST(PageSizeTest, ZeroIsTheDefaultAndTooMuchIsTheMost) {
  EXPECT_EQ(PageSizeOf(0, 50, 1000), 50);
  EXPECT_EQ(PageSizeOf(1, 50, 1000), 1);
  EXPECT_EQ(PageSizeOf(1000, 50, 1000), 1000);
  EXPECT_EQ(PageSizeOf(2'000'000'000, 50, 1000), 1000);
}

}  // namespace
}  // namespace passend::service
