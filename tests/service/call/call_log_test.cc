#include "service/call/call_log.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace passend::service
