#include "service/identity/strict_json.h"

#include <jansson.h>
#include <sodium.h>

#include <set>
#include <vector>

namespace passend::service {
namespace {

constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::optional<nlohmann::json> ParseStrictObject(std::string_view text) {
  using nlohmann::json;
  std::vector<std::set<std::string>> members;  // of the objects that are open
  bool repeated = false;
  const json::parser_callback_t watch = [&](int /*depth*/, json::parse_event_t event,
                                            json& parsed) {
    if (event == json::parse_event_t::object_start) members.emplace_back();
    if (event == json::parse_event_t::object_end) members.pop_back();
    if (event == json::parse_event_t::key) {
      repeated |= !members.back().insert(parsed.get<std::string>()).second;
    }
    return true;
  };
  json object = json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  if (object.is_discarded() || !object.is_object() || repeated) return std::nullopt;
  return object;
}

std::optional<std::string> TextOf(const nlohmann::json& object, const char* member) {
  const auto at = object.find(member);
  if (at == object.end() || !at->is_string()) return std::nullopt;
  return at->get<std::string>();
}

std::optional<std::string> FromBase64Url(std::string_view text) {
  // libsodium 1.0.18 reads bytes from 0x80 on as if they were letters: a signed text would have
  // more than one spelling.
  if (text.find_first_not_of(kBase64Url) != std::string_view::npos) return std::nullopt;
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t size = 0;
  const char* end = nullptr;
  const int decoded = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()),
                                        bytes.size(), text.data(), text.size(), nullptr, &size,
                                        &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (decoded != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::optional<nlohmann::json> ParseJwsPart(std::string_view base64url) {
  const auto text = FromBase64Url(base64url);
  return text ? ParseStrictObject(*text) : std::nullopt;
}

std::optional<nlohmann::json> ParseJwsHeader(std::string_view base64url) {
  const auto text = FromBase64Url(base64url);
  if (!text) return std::nullopt;
  json_t* const read = json_loadb(text->data(), text->size(), 0, nullptr);
  if (read == nullptr) return std::nullopt;
  json_decref(read);
  return ParseStrictObject(*text);
}

}  // namespace passend::service
