#include "service/call/call_log.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"

namespace passend::service {
namespace {

// A method's name is the caller's text where there is no such method: it need not be UTF-8.
std::string Quoted(const std::string& text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  });
  if (plain) return absl::StrCat("\"", text, "\"");
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class JsonCallLog : public CallLog {
 public:
  explicit JsonCallLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

  void Write(const CallLine& line) override {
    if (logger_->should_log(spdlog::level::info)) logger_->info("{}", ToJson(line));
  }

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace

std::string ToJson(const CallLine& line) {
  std::string json = absl::StrCat(
      R"({"time":")", absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", line.time, absl::UTCTimeZone()),
      R"(","method":)", Quoted(line.method), R"(,"code":)",
      Quoted(absl::StatusCodeToString(line.code)));
  if (!line.reason.empty()) absl::StrAppend(&json, R"(,"reason":)", Quoted(line.reason));
  absl::StrAppend(&json, R"(,"micros":)", absl::ToInt64Microseconds(line.took), R"(,"trace":)",
                  Quoted(line.trace), "}");
  return json;
}

std::unique_ptr<CallLog> NewJsonCallLog(std::shared_ptr<spdlog::logger> logger) {
  return std::make_unique<JsonCallLog>(std::move(logger));
}

}  // namespace passend::service
