// Names, cursors, tokens and traces, as callers send them.
#include <cstdint>
#include <string>
#include <string_view>

#include "passend/v1/passport_service.pb.h"
#include "service/call/trace.h"
#include "service/feed/feed_position.h"
#include "service/names/resource_names.h"
#include "service/paging/page_tokens.h"
#include "service/records/change_event.h"
#include "service/validation/utf8_finder.h"
#include "tests/fuzz/fuzz_check.h"

namespace passend::service {
namespace {

using fuzz::Promise;

constexpr char kMethod[] = "passend.v1.PassportService.ListPassports";

template <typename Name>
void Names(const std::optional<Name>& name, std::string_view text) {
  if (name) Promise(MakeName(*name) == text, "a name is written in one way");
}

void Tokens(const std::string& text) {
  static const PageTokens& tokens = *new PageTokens(std::string(32, 's'));
  v1::ListPassportsRequest request;
  request.set_page_token(text);
  const auto opened = tokens.Open(kMethod, request);
  if (opened.ok() && !text.empty()) {
    Promise(tokens.Make(kMethod, request, *opened) == text, "a token is made by the server alone");
  }
  const std::string made = tokens.Make(kMethod, request, text);
  request.set_page_token(made);
  Promise(tokens.Open(kMethod, request).value() == text, "and gives what was put in");
}

void Cursors(std::string_view bytes) {
  if (const auto cursor = ParseFeedCursor(bytes)) {
    Promise(MakeFeedCursor(*cursor) == bytes, "a cursor is written in one way");
  }
}

void Events(std::string_view payload) {
  const auto change = PersonChangeOf(payload);
  if (!change) return;
  const storage::Key key{storage::RecordKind::kPassport, "somebody"};
  const auto again = PersonChangeOf(PersonEvent(key, *change).payload);
  Promise(again == change, "an event says what it was made of");
}

}  // namespace
}  // namespace passend::service

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace passend::service;
  const std::string text(reinterpret_cast<const char*>(data), size);
  Names(ParsePassportName(text), text);
  Names(ParseValidationName(text), text);
  Names(ParseConsentName(text), text);
  Names(ParseTaskName(text), text);
  Names(ParsePolicyName(text), text);
  Tokens(text);
  Cursors(text);
  Events(text);
  if (const auto trace = TraceIdOf(text)) {
    passend::fuzz::Promise(trace->size() == 32, "a trace id has 32 digits");
  }
  const auto wrong = FindInvalidUtf8(*passend::v1::CreatePassportRequest::descriptor(), text);
  passend::v1::CreatePassportRequest parsed;
  if (wrong)
    passend::fuzz::Promise(!parsed.ParseFromString(text), "what is not UTF-8 is not taken");
  return 0;
}
