#include "service/call/unread_answers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace passend::service {
namespace {

using Names = std::vector<std::string>;

class UnreadAnswersTest : public testing::Test {
 protected:
  // `size` with what its call holds.
  UnreadAnswers::Ticket Enter(const std::string& sharer, const std::string& answer,
                              size_t size = kUnreadCallBytes) {
    return unread_.Enter(sharer, size - kUnreadCallBytes,
                         [this, answer] { cut_off_.push_back(answer); });
  }

  static constexpr size_t kMax = 10 * kUnreadCallBytes;
  absl::Time now_ = absl::UnixEpoch();
  UnreadAnswers unread_{kMax, absl::Seconds(60), [this] { return now_; }};
  Names cut_off_;
};

TEST_F(UnreadAnswersTest, TheOldestOfWhoHasMostBytesAreCutOff) {
  Enter("small", "1", kMax / 10);
  Enter("small", "2", kMax / 10);
  Enter("large", "a", kMax * 4 / 10);
  Enter("large", "b", kMax * 4 / 10);
  EXPECT_EQ(cut_off_, Names{}) << "just as many as there may be";
  Enter("other", "x", kMax / 10);
  EXPECT_EQ(cut_off_, Names{"a"});
  Enter("other", "y", kMax * 5 / 10);
  EXPECT_EQ(cut_off_, (Names{"a", "b"})) << "as many as it takes, and no more";
  EXPECT_EQ(unread_.cut_off(), 2u);
  EXPECT_EQ(unread_.bytes(), kMax * 8 / 10);
}

TEST_F(UnreadAnswersTest, SmallAnswersCountWithTheirCalls) {
  for (int i = 0; i < 10; ++i) Enter("many", std::to_string(i));
  EXPECT_EQ(cut_off_, Names{});
  Enter("one", "x");
  EXPECT_EQ(cut_off_, Names{"0"});
}

TEST_F(UnreadAnswersTest, WhatIsReadTakesNoRoomAndIsNeverCutOff) {
  for (int i = 0; i < 100; ++i) unread_.Leave(Enter("one", "1", kMax / 2));
  EXPECT_EQ(unread_.bytes(), 0u);
  now_ += absl::Hours(1);
  unread_.EndOverdue();
  EXPECT_EQ(cut_off_, Names{});
}

TEST_F(UnreadAnswersTest, OneThatIsTooLargeIsAloneAndIsSent) {
  Enter("one", "1");
  const auto large = Enter("one", "2", 2 * kMax);
  EXPECT_EQ(cut_off_, Names{"1"});
  Enter("other", "3");
  EXPECT_EQ(cut_off_, (Names{"1", "2"}));
  unread_.Leave(large);
  EXPECT_EQ(unread_.bytes(), kUnreadCallBytes) << "it left when it was cut off";
}

TEST_F(UnreadAnswersTest, WhatIsNotReadInTimeIsCutOff) {
  Enter("one", "1");
  now_ += absl::Seconds(1);
  Enter("other", "2");
  now_ += absl::Seconds(59);
  unread_.EndOverdue();
  EXPECT_EQ(cut_off_, Names{}) << "so long it may take";
  now_ += absl::Milliseconds(1);
  unread_.EndOverdue();
  EXPECT_EQ(cut_off_, Names{"1"});
  now_ += absl::Seconds(1);
  unread_.EndOverdue();
  unread_.EndOverdue();
  EXPECT_EQ(cut_off_, (Names{"1", "2"})) << "each once";
  EXPECT_EQ(unread_.cut_off(), 2u);
}

}  // namespace
}  // namespace passend::service
