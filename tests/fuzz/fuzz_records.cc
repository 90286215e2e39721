// What the service reads from its own records, and of keys and tokens that it made: whatever bytes
// are there, they are read or called damaged. The first byte says which.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passend/v1/policy.pb.h"
#include "service/audit/audit_keys.h"
#include "service/audit/looks.h"
#include "service/match/book_reader.h"
#include "service/match/match_page.h"
#include "service/match/match_records.h"
#include "service/policy_projection.h"
#include "service/records/validation_book.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/stored_records.h"

namespace passend::service {
namespace {

using fuzz::Promise;

// The reader that makes no messages is the full parse.
void Books(std::string_view value) {
  static BookReader& reader = *new BookReader;
  const storage::Record record{
      {storage::RecordKind::kValidationBook, "somebody"}, 1, std::string(value)};
  const auto book = ParseBook(record);
  Promise(reader.Read(value).ok() == book.ok(), "both readers of books take the same");
  if (!book.ok()) return;
  Promise(reader.facts().size() == book->validations.size(), "and find as many validations");
}

void Cursors(std::string_view text) {
  if (const auto cursor = ParseCursor(text)) {
    Promise(MakeCursor(*cursor) == text, "a cursor is written in one way");
  }
  static_cast<void>(ParseExposure(text));
  static_cast<void>(ParseTally(text));
}

void Keys(std::string_view text) {
  if (const auto look = ParseLookId(text)) {
    Promise(LookKey(look->passport, look->answer).id == text, "a look has one id");
  }
  if (const auto history = ParseHistoryId(text)) {
    const storage::Key key{history->kind, std::string(history->id)};
    Promise(HistoryKey(key, history->version).id == text, "an earlier version has one id");
  }
  if (const auto decision = ParseDecisionName(text)) {
    Promise(DecisionNameOf(*decision) == text, "a decision has one name");
  }
}

// Of another version of Passend, perhaps.
void Policies(std::string_view text) {
  v1::Policy message;
  if (!message.ParseFromArray(text.data(), static_cast<int>(text.size()))) return;
  const matcher::Policy policy = PolicyOf(message);
  Promise(PolicyOf(ToProto(policy)) == policy, "a policy is the same as a message");
}

}  // namespace
}  // namespace passend::service

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr std::array kReaders = {
      passend::service::Books,      passend::service::Cursors,       passend::service::Keys,
      passend::service::Policies,   passend::fuzz::Consents,         passend::fuzz::Reveals,
      passend::fuzz::Proposals,     passend::fuzz::PartnerBooks,     passend::fuzz::PartnerLinks,
      passend::fuzz::Credentials,   passend::fuzz::CredentialStates, passend::fuzz::Decisions,
      passend::fuzz::EmployerLists, passend::fuzz::Passports,        passend::fuzz::Tasks,
      passend::fuzz::Taxonomies,    passend::fuzz::Policies};
  kReaders[data[0] % kReaders.size()](text);
  return 0;
}
