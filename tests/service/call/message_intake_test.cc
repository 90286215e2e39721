#include "service/call/message_intake.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace passend::service {
namespace {

class MessageIntakeTest : public testing::Test {
 protected:
  MessageIntake::Ticket Enter(const std::string& sharer, const std::string& message) {
    return intake_.Enter(sharer, [this, message] { gave_way_.push_back(message); });
  }

  absl::Time now_ = absl::UnixEpoch();
  MessageIntake intake_{3, 3, [this] { return now_; }};
  std::vector<std::string> gave_way_;
};

TEST_F(MessageIntakeTest, TheOldestOfWhoHasMostGivesWay) {
  const auto one = Enter("one", "1");
  const auto first = Enter("many", "a");
  const auto second = Enter("many", "b");
  EXPECT_TRUE(gave_way_.empty());
  const auto third = Enter("many", "c");
  EXPECT_EQ(gave_way_, std::vector<std::string>{"a"});
  const auto other = Enter("other", "2");
  EXPECT_EQ(gave_way_, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(intake_.Leave(first));
  EXPECT_FALSE(intake_.Leave(second));
  EXPECT_TRUE(intake_.Leave(one));
  EXPECT_TRUE(intake_.Leave(third));
  EXPECT_TRUE(intake_.Leave(other));
}

TEST_F(MessageIntakeTest, WhoLeftTakesNoPlace) {
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(intake_.Leave(Enter("one", "1")));
  Enter("a", "a");
  Enter("b", "b");
  Enter("c", "c");
  EXPECT_TRUE(gave_way_.empty());
}

TEST_F(MessageIntakeTest, ManyAtOnceAllHaveAPlaceAndSlowOnesGoFirst) {
  MessageIntake intake(2, 5, [this] { return now_; });
  const auto enter = [&](const std::string& sharer, const std::string& message) {
    return intake.Enter(sharer, [this, message] { gave_way_.push_back(message); });
  };
  for (const char* message : {"a", "b", "c", "d", "e"}) enter("many", message);
  EXPECT_TRUE(gave_way_.empty());
  enter("one", "1");
  EXPECT_EQ(gave_way_, std::vector<std::string>{"a"}) << "no more than that at all";
  now_ += kReceivedSoon - absl::Milliseconds(1);
  const auto fresh = enter("many", "f");
  EXPECT_EQ(gave_way_, (std::vector<std::string>{"a", "b"}));
  now_ += absl::Milliseconds(1);
  enter("other", "2");
  EXPECT_EQ(gave_way_, (std::vector<std::string>{"a", "b", "c", "d", "e", "1"}))
      << "down to as many as may be slow";
  EXPECT_TRUE(intake.Leave(fresh));
}

TEST_F(MessageIntakeTest, WhoGivesWayMayHaveAnotherBegin) {
  intake_.Enter("many", [this] { Enter("many", "again"); });
  Enter("many", "a");
  Enter("many", "b");
  const auto last = Enter("many", "c");
  EXPECT_EQ(gave_way_, std::vector<std::string>{"a"});
  EXPECT_TRUE(intake_.Leave(last));
}

}  // namespace
}  // namespace passend::service
