#include "service/credential/status_lists.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/credential/badge_terms.h"
#include "service/credential/compact_jwt.h"
#include "service/credential/limits.h"
#include "service/errors/credential_errors.h"
#include "service/identity/strict_json.h"

namespace passend::service {
namespace {

using nlohmann::json;

constexpr char kRevocation[] = "revocation";

absl::Status NotStanding(std::string_view why) {
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_STATUS, why);
}

// A purpose that means that the credential is not to be relied on while the bit is set.
bool IsAgainst(const std::string& purpose) {
  return purpose == kRevocation || purpose == "suspension";
}

// What a list is for: one purpose, or several.
std::set<std::string> PurposesOf(const json& subject) {
  std::set<std::string> purposes;
  const auto at = subject.find("statusPurpose");
  if (at == subject.end()) return purposes;
  for (const json& purpose : at->is_array() ? *at : json::array({*at})) {
    if (purpose.is_string()) purposes.insert(purpose.get<std::string>());
  }
  return purposes;
}

// States of several bits say more than that something was taken back; they are not read.
bool HasSingleBits(const json& object) {
  const auto at = object.find("statusSize");
  return at == object.end() || *at == 1;
}

// Reads the bits of a list's own content. Says why it is no list that can be used; "" where it is.
std::string ReadBits(const json& content, std::optional<BitList>& bits) {
  const auto subject = content.find("credentialSubject");
  if (!HasType(content, "BitstringStatusListCredential") || subject == content.end() ||
      !subject->is_object() || !HasType(*subject, "BitstringStatusList")) {
    return "it is no BitstringStatusListCredential";
  }
  if (!HasSingleBits(*subject)) return "its states have more than one bit each";
  auto unpacked = BitList::Unpack(TextOf(*subject, "encodedList").value_or(""));
  if (!unpacked) return "its encodedList is no GZIP in base64url with the prefix u";
  if (unpacked->size() < kStatusListEntries) {
    return absl::StrCat("it has less than ", kStatusListEntries, " entries");
  }
  bits = *std::move(unpacked);
  return "";
}

StatusEntry EntryOf(const json& entry, std::string purpose) {
  StatusEntry found;
  found.purpose = std::move(purpose);
  found.list_uri = TextOf(entry, "statusListCredential").value_or("");
  if (found.list_uri.empty() ||
      !absl::SimpleAtoi(TextOf(entry, "statusListIndex").value_or(""), &found.index)) {
    found.problem = "its credentialStatus names no place in a list";
  } else if (!HasSingleBits(entry)) {
    found.problem = "its credentialStatus is of states of more than one bit";
  }
  return found;
}

}  // namespace

json StatusListContent(const BitList& bits, const IssuerProfile& issuer, int32_t number,
                       absl::Time now) {
  const std::string uri = StatusListUri(issuer.uri, number);
  const absl::Time from = absl::FromUnixSeconds(absl::ToUnixSeconds(now));
  return {{"@context", json::array({kDataModelContext})},
          {"id", uri},
          {"type", json::array({"VerifiableCredential", "BitstringStatusListCredential"})},
          {"issuer", issuer.uri},
          {"validFrom", MomentText(from)},
          {"validUntil", MomentText(from + kStatusListValidity)},
          {"credentialSubject",
           {{"id", absl::StrCat(uri, "#list")},
            {"type", "BitstringStatusList"},
            {"statusPurpose", kRevocation},
            {"encodedList", bits.Pack()}}}};
}

std::vector<StatusEntry> StatusEntriesOf(const json& credential) {
  std::vector<StatusEntry> found;
  const auto at = credential.find("credentialStatus");
  if (at == credential.end()) return found;
  for (const json& entry : at->is_array() ? *at : json::array({*at})) {
    if (!entry.is_object() || !HasType(entry, "BitstringStatusListEntry")) {
      found.emplace_back();  // told in a way that is not known here
      continue;
    }
    std::string purpose = TextOf(entry, "statusPurpose").value_or("");
    if (purpose.empty()) {
      found.emplace_back().problem = "its credentialStatus does not say what it is for";
    } else if (IsAgainst(purpose)) {
      found.push_back(EntryOf(entry, std::move(purpose)));
    }
  }
  return found;
}

BroughtLists::BroughtLists(const google::protobuf::RepeatedPtrField<std::string>& jwts,
                           const KnownIssuers& issuers, absl::Time now) {
  for (int place = 0; place < jwts.size(); ++place) {
    const auto opened = OpenJwt(jwts[place]);
    const std::string uri = opened ? TextOf(opened->payload, "id").value_or("") : "";
    if (uri.empty()) {
      unreadable_.push_back(place);
      continue;
    }
    Brought& brought = lists_.emplace(uri, Brought())->second;
    const auto checked = CheckCredential(jwts[place], issuers, now);
    if (!checked.ok()) {
      brought.problem = std::string(checked.status().message());
      continue;
    }
    brought.issuer = checked->issuer;
    brought.problem = ReadBits(checked->content, brought.bits);
    if (brought.bits) brought.purposes = PurposesOf(checked->content["credentialSubject"]);
  }
}

absl::StatusOr<bool> BroughtLists::Stands(const CheckedCredential& credential) const {
  const std::vector<StatusEntry> entries = StatusEntriesOf(credential.content);
  bool all_here = !entries.empty();
  for (const StatusEntry& entry : entries) {
    if (!entry.problem.empty()) return NotStanding(entry.problem);
    const auto [first, last] = lists_.equal_range(entry.list_uri);
    all_here = all_here && first != last;
    for (auto list = first; list != last; ++list) {
      if (absl::Status stands = Ask(list->second, entry, credential); !stands.ok()) return stands;
    }
  }
  return all_here;
}

absl::Status BroughtLists::Ask(const Brought& list, const StatusEntry& entry,
                               const CheckedCredential& credential) {
  if (!list.bits) {
    return NotStanding(absl::StrCat("its status list cannot be used: ", list.problem));
  }
  if (list.issuer != credential.issuer) return NotStanding("its status list is of another issuer");
  if (!list.purposes.contains(entry.purpose)) {
    return NotStanding(absl::StrCat("its status list is not for ", entry.purpose));
  }
  if (entry.index >= list.bits->size()) {
    return NotStanding("its status list has no place of that number");
  }
  if (list.bits->Has(entry.index)) return NotStanding("its issuer has taken it back");
  return absl::OkStatus();
}

}  // namespace passend::service
