#include "service/client/progress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace passend::client {
namespace {

constexpr Style kAscii{
    .language = Language::kEnglish, .unicode = false, .color = false, .width_columns = 80};

TEST(Progress, WritesALineForEveryTenthWithoutATerminal) {
  std::ostringstream out;
  {
    Progress progress(out, false, kAscii, "Sending", 200);
    for (int done = 0; done <= 200; ++done) progress.Reach(done);
  }
  const std::string text = out.str();
  EXPECT_TRUE(text.starts_with("Sending: 0 %\nSending: 10 %\n")) << text;
  EXPECT_TRUE(text.ends_with("Sending: 100 %\n")) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 11);
}

TEST(Progress, DrawsOneLineOnATerminalAndTakesItAway) {
  std::ostringstream out;
  {
    Progress progress(out, true, kAscii, "Sending", 4);
    progress.Reach(2);
    progress.Reach(1);  // going back is passed over
  }
  EXPECT_EQ(out.str(), "\rSending ###############                50 %\r\x1b[K");
}

TEST(Progress, SaysNothingWhereTheTotalIsUnknown) {
  std::ostringstream out;
  { Progress(out, true, kAscii, "Sending", 0).Reach(5); }
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace passend::client
