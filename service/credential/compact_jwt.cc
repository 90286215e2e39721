#include "service/credential/compact_jwt.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "service/identity/strict_json.h"
#include "service/text.h"

namespace passend::service {

std::string Base64UrlOf(std::string_view bytes) {
  std::string text;
  absl::WebSafeBase64Escape(ToAbsl(bytes), &text);
  while (!text.empty() && text.back() == '=') text.pop_back();
  return text;
}

std::optional<OpenedJwt> OpenJwt(std::string_view text) {
  const size_t first = text.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const size_t second = text.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  OpenedJwt opened;
  opened.parts = {text.substr(0, first), text.substr(first + 1, second - first - 1),
                  text.substr(second + 1)};
  if (opened.parts.signature.empty() || !FromBase64Url(opened.parts.signature)) return std::nullopt;
  auto header = ParseJwsHeader(opened.parts.header);
  auto payload = ParseJwsPart(opened.parts.payload);
  if (!header || !payload) return std::nullopt;
  opened.header = *std::move(header);
  opened.payload = *std::move(payload);
  return opened;
}

}  // namespace passend::service
