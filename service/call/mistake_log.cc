#include "service/call/mistake_log.h"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <string>

namespace passend::service {

void LogMistake(const CallContext& context, std::string_view what) {
  nlohmann::ordered_json json;
  json["mistake"] = std::string(what);
  json["method"] = context.method;
  json["trace"] = context.trace;
  spdlog::error("{}", json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace passend::service
