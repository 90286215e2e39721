#include "service/call/call_log.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

namespace passend::service {
namespace {

TEST(CallLogTest, OneJsonLine) {
  CallLine line{absl::FromUnixMillis(1'795'253'400'123),
                "passend.v1.TaskService.GetTask",
                absl::StatusCode::kNotFound,
                "ERROR_REASON_TASK_NOT_FOUND",
                absl::Microseconds(412),
                "ab"};
  EXPECT_EQ(
      ToJson(line),
      R"({"time":"2026-11-21T09:30:00.123Z","method":"passend.v1.TaskService.GetTask",)"
      R"("code":"NOT_FOUND","reason":"ERROR_REASON_TASK_NOT_FOUND","micros":412,"trace":"ab"})");
  line.code = absl::StatusCode::kOk;
  line.reason = "";
  line.method = "quote\" \xFF\n";
  EXPECT_EQ(ToJson(line), R"({"time":"2026-11-21T09:30:00.123Z","method":"quote\" )"
                          "\xEF\xBF\xBD"
                          R"(\n","code":"OK","micros":412,"trace":"ab"})");
}

class WrittenLinesTest : public testing::Test {
 protected:
  // Each of them ends its line.
  static CallLine LineOf(int number) {
    return {absl::UnixEpoch(), absl::StrCat("m", number), absl::StatusCode::kOk, "", {}, "ab"};
  }
  std::unique_ptr<CallLog> NewLog() {
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(written_);
    auto logger = std::make_shared<spdlog::logger>("test", std::move(sink));
    logger->set_pattern("%v");
    return NewJsonCallLog(std::move(logger));
  }
  std::vector<std::string> Lines() const { return absl::StrSplit(written_.str(), '\n'); }

  std::ostringstream written_;
};

TEST_F(WrittenLinesTest, AllOfThemInOrderWithWhatIsLeftAtTheEnd) {
  auto log = NewLog();
  for (int number = 0; number < 1'000; ++number) {
    log->Write(LineOf(number));
    if (number % 400 == 0) absl::SleepFor(absl::Milliseconds(60));
  }
  log.reset();
  const std::vector<std::string> lines = Lines();
  ASSERT_EQ(lines.size(), 1'001u);  // and nothing after the last end of line
  for (int number = 0; number < 1'000; ++number) {
    EXPECT_EQ(lines[static_cast<size_t>(number)], ToJson(LineOf(number)));
  }
}

TEST_F(WrittenLinesTest, ThreadsWriteWholeLines) {
  auto log = NewLog();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int number = 0; number < 500; ++number) log->Write(LineOf(number));
    });
  }
  for (std::thread& thread : threads) thread.join();
  log.reset();
  std::map<std::string, int> seen;
  for (const std::string& line : Lines()) ++seen[line];
  seen.erase("");
  EXPECT_EQ(seen.size(), 500u);
  for (const auto& [line, count] : seen) EXPECT_EQ(count, 4) << line;
}

TEST_F(WrittenLinesTest, OfMoreThanAreWrittenTheOldestAreCountedOnly) {
  auto log = NewLog();
  constexpr int kMore = 60'000;
  for (int number = 0; number < kMore; ++number) log->Write(LineOf(number));
  log.reset();
  const std::vector<std::string> lines = Lines();
  EXPECT_EQ(lines[lines.size() - 2], ToJson(LineOf(kMore - 1)));
  size_t written = 0;
  size_t left_out = 0;
  for (const std::string& line : lines) {
    const nlohmann::json json = nlohmann::json::parse(line.empty() ? "{}" : line);
    if (json.contains("lines_left_out")) left_out += json["lines_left_out"].get<size_t>();
    if (json.contains("method")) ++written;
  }
  EXPECT_EQ(written + left_out, static_cast<size_t>(kMore));
}

}  // namespace
}  // namespace passend::service
