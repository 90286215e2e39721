#include "service/call/mistake_log.h"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/time/clock.h"

namespace passend::service {

MistakeLog::MistakeLog(std::function<void(const std::string&)> write,
                       std::function<absl::Time()> now)
    : write_(std::move(write)), now_(std::move(now)) {}

void MistakeLog::Add(const CallContext& context, std::string_view what) {
  const absl::Time now = now_();
  size_t left_out = 0;
  {
    absl::MutexLock lock(&mutex_);
    if (now < second_ || now >= second_ + absl::Seconds(1)) {
      second_ = now;
      lines_ = 0;
    }
    if (lines_ == kLinesASecond) {
      ++left_out_;
      return;
    }
    ++lines_;
    left_out = std::exchange(left_out_, 0);
  }
  nlohmann::ordered_json json;
  json["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", now, absl::UTCTimeZone());
  json["mistake"] = std::string(what);
  json["method"] = context.method;
  json["trace"] = context.trace;
  if (left_out > 0) json["lines_left_out"] = left_out;
  write_(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void LogMistake(const CallContext& context, std::string_view what) {
  static MistakeLog log([](const std::string& line) { spdlog::error("{}", line); }, absl::Now);
  log.Add(context, what);
}

}  // namespace passend::service
