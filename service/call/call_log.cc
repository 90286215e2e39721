#include "service/call/call_log.h"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace passend::service {
namespace {

class JsonCallLog : public CallLog {
 public:
  explicit JsonCallLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

  void Write(const CallLine& line) override { logger_->info("{}", ToJson(line)); }

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace

std::string ToJson(const CallLine& line) {
  nlohmann::ordered_json json;
  json["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", line.time, absl::UTCTimeZone());
  json["method"] = line.method;
  json["code"] = absl::StatusCodeToString(line.code);
  if (!line.reason.empty()) json["reason"] = line.reason;
  json["micros"] = absl::ToInt64Microseconds(line.took);
  json["trace"] = line.trace;
  // A method's name is the caller's text where there is no such method: it need not be UTF-8.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::unique_ptr<CallLog> NewJsonCallLog(std::shared_ptr<spdlog::logger> logger) {
  return std::make_unique<JsonCallLog>(std::move(logger));
}

}  // namespace passend::service
