#include "service/call/call_log.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "service/regular_call.h"

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

// Lines wait together: waking whoever writes them costs a call more than answering some do.
constexpr absl::Duration kWaitMax = absl::Milliseconds(50);
constexpr size_t kLinesWaitingMax = 8'192;

class JsonCallLog : public CallLog {
 public:
  explicit JsonCallLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}
  ~JsonCallLog() override {
    handing_on_.reset();
    HandOn();
  }

  void Write(const CallLine& line) override {
    if (!logger_->should_log(spdlog::level::info)) return;
    std::string json = ToJson(line);
    absl::MutexLock lock(&mutex_);
    if (lines_.size() == kLinesWaitingMax) {
      lines_.pop_front();
      ++left_out_;
    }
    lines_.push_back(std::move(json));
  }

 private:
  void HandOn() {
    std::deque<std::string> lines;
    size_t left_out = 0;
    {
      absl::MutexLock lock(&mutex_);
      lines.swap(lines_);
      std::swap(left_out, left_out_);
    }
    if (left_out > 0) lines.push_front(absl::StrCat("{\"lines_left_out\":", left_out, "}"));
    if (!lines.empty()) logger_->info("{}", absl::StrJoin(lines, "\n"));
  }

  const std::shared_ptr<spdlog::logger> logger_;
  absl::Mutex mutex_;
  std::deque<std::string> lines_ ABSL_GUARDED_BY(mutex_);
  size_t left_out_ ABSL_GUARDED_BY(mutex_) = 0;  // since lines were handed on
  std::optional<RegularCall> handing_on_{std::in_place, kWaitMax, [this] { HandOn(); }};
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
