#include "service/call/mistake_log.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/time/clock.h"

namespace passend::service {
namespace {

TEST(MistakeLogTest, HasTenLinesInASecondAndSaysHowManyWereLeftOut) {
  std::vector<nlohmann::json> lines;
  absl::Time now = absl::UnixEpoch();
  MistakeLog log([&](const std::string& line) { lines.push_back(nlohmann::json::parse(line)); },
                 [&] { return now; });
  CallContext context;
  context.method = "passend.v1.TaskService.GetTask";
  context.trace = "abc";
  for (int i = 0; i < 12; ++i) log.Add(context, "the disk is full");
  ASSERT_EQ(lines.size(), 10u);
  EXPECT_EQ(lines.back(), (nlohmann::json{{"time", "1970-01-01T00:00:00.000Z"},
                                          {"mistake", "the disk is full"},
                                          {"method", "passend.v1.TaskService.GetTask"},
                                          {"trace", "abc"}}));
  now += absl::Milliseconds(999);
  log.Add(context, "the disk is full");
  EXPECT_EQ(lines.size(), 10u);
  now += absl::Milliseconds(1);
  for (int i = 0; i < 2; ++i) log.Add(context, "the disk is full");
  ASSERT_EQ(lines.size(), 12u);
  EXPECT_EQ(lines[10]["lines_left_out"], 3);
  EXPECT_FALSE(lines[11].contains("lines_left_out"));
  now -= absl::Seconds(100);  // a clock that was set back keeps nobody silent
  log.Add(context, "the disk is full");
  EXPECT_EQ(lines.size(), 13u);
}

// Whatever text it is of, a line is one line of JSON.
TEST(MistakeLogTest, TakesAnyBytes) {
  std::vector<std::string> lines;
  MistakeLog log([&](const std::string& line) { lines.push_back(line); }, absl::Now);
  log.Add({}, "two\nlines, and \xff");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].find('\n'), std::string::npos);
  EXPECT_TRUE(nlohmann::json::accept(lines[0]));
}

}  // namespace
}  // namespace passend::service
