#include "service/client/load_parse.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "service/client/json_output.h"
#include "service/client/request_id.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;
using Json = nlohmann::json;

constexpr int kValidationsPerCallMax = 100;
constexpr int kDepthMax = 100;  // protobuf's reader has the same

// The object that the text is. Writing one out takes stack for each level, so a text that is nested
// too deeply is none.
std::optional<Json> ObjectOf(const std::string& text) {
  bool too_deep = false;
  const Json::parser_callback_t watch = [&](int depth, Json::parse_event_t, Json&) {
    too_deep |= depth > kDepthMax;
    return !too_deep;
  };
  Json json = Json::parse(text, watch, /*allow_exceptions=*/false);
  if (too_deep || !json.is_object()) return std::nullopt;
  return json;
}

// The same text for the same content: nlohmann sorts keys and writes no spaces.
std::string Canonical(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool HasPersonKeys(const Json& json) {
  if (!json.is_object() || !json.contains("passport")) return false;
  for (const auto& [key, value] : json.items()) {
    if (key != "about" && key != "passport" && key != "validations") return false;
  }
  return json.value("validations", Json::array()).is_array();
}

}  // namespace

LoadRefusal LoadParser::Refuse(const LoadRecord& record, const std::string& field,
                               const std::string& allowed) const {
  return {record.path, record.line, field, allowed};
}

LoadRequest LoadParser::Parse(const LoadRecord& record) {
  if (record.kind == LoadKind::kPerson) return ParsePerson(record);
  const std::optional<Json> json = ObjectOf(record.text);
  if (!json) return Refuse(record, "", Say(language_, Word::kBadJson));
  v1::CreateTaskRequest request;
  if (absl::Status parsed = ParseJson(record.text, *request.mutable_task()); !parsed.ok()) {
    return Refuse(record, "task", std::string(parsed.message()));
  }
  request.set_task_id(record.label);
  request.set_request_id(RequestIdOf("load", {"task", record.path, Canonical(*json)}));
  return request;
}

LoadRequest LoadParser::ParsePerson(const LoadRecord& record) {
  const std::optional<Json> json = ObjectOf(record.text);
  if (!json) return Refuse(record, "", Say(language_, Word::kBadJson));
  if (!HasPersonKeys(*json)) return Refuse(record, "", Say(language_, Word::kBadPerson));
  PersonRequests person;
  const std::string passport = Canonical(json->at("passport"));
  if (absl::Status parsed = ParseJson(passport, *person.create.mutable_passport()); !parsed.ok()) {
    return Refuse(record, "passport", std::string(parsed.message()));
  }
  const std::string key = RequestIdOf("load", {"passport", record.path, passport});
  const std::string number = std::to_string(++seen_[key]);
  person.create.set_request_id(RequestIdOf("load", {key, number}));
  const Json validations = json->value("validations", Json::array());
  for (std::size_t i = 0; i < validations.size(); ++i) {
    if (i % kValidationsPerCallMax == 0) person.record.emplace_back();
    v1::RecordValidationsRequest& request = person.record.back();
    const std::string validation = Canonical(validations[i]);
    if (absl::Status parsed = ParseJson(validation, *request.add_validations()); !parsed.ok()) {
      return Refuse(record, "validations[" + std::to_string(i) + "]",
                    std::string(parsed.message()));
    }
    request.set_request_id(RequestIdOf("load", {request.request_id(), key, number, validation}));
  }
  return person;
}

}  // namespace passend::client
