#include "service/passendd/logs.h"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "service/event_level.h"

namespace passend::service {
namespace {

constexpr size_t kQueuedLinesMax = 8'192;

spdlog::level::level_enum LevelOf(EventLevel level) {
  switch (level) {
    case EventLevel::kError:
      return spdlog::level::err;
    case EventLevel::kWarning:
      return spdlog::level::warn;
    case EventLevel::kInfo:
      break;
  }
  return spdlog::level::info;
}

}  // namespace

std::unique_ptr<CallLog> StartLogs(const std::string& level) {
  spdlog::init_thread_pool(kQueuedLinesMax, 1);
  auto logger = spdlog::create_async_nb<spdlog::sinks::stderr_sink_mt>("passendd");
  logger->set_pattern("%v");
  logger->set_level(spdlog::level::from_str(level));
  spdlog::flush_every(std::chrono::seconds(1));
  spdlog::set_default_logger(logger);
  return NewJsonCallLog(std::move(logger));
}

void LogEvent(absl::Time time, std::string_view event) {
  const spdlog::level::level_enum level = LevelOf(EventLevelOf(event));
  nlohmann::ordered_json json;
  json["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
  json["event"] = event;
  // An error of the system may be in a text of its own language.
  spdlog::log(level, "{}",
              json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void EndLogs() { spdlog::shutdown(); }

}  // namespace passend::service
