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
bool IsAgainst(const json& object) {
  const auto at = object.find("statusPurpose");
  if (at == object.end()) return false;
  if (at->is_string()) return *at == kRevocation || *at == "suspension";
  if (!at->is_array()) return false;
  for (const json& purpose : *at) {
    if (purpose == kRevocation || purpose == "suspension") return true;
  }
  return false;
}

// What a list's own content says; a text where it is no list that can be used.
std::variant<BitList, std::string> BitsOf(const json& content) {
  const auto subject = content.find("credentialSubject");
  if (!HasType(content, "BitstringStatusListCredential") || subject == content.end() ||
      !subject->is_object() || !HasType(*subject, "BitstringStatusList")) {
    return "it is no BitstringStatusListCredential";
  }
  if (!IsAgainst(*subject)) return "its purpose is neither revocation nor suspension";
  auto bits = BitList::Unpack(TextOf(*subject, "encodedList").value_or(""));
  if (!bits) return "its encodedList is no GZIP in base64url with the prefix u";
  return *std::move(bits);
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

std::optional<StatusEntry> StatusEntryOf(const json& credential) {
  const auto at = credential.find("credentialStatus");
  if (at == credential.end()) return std::nullopt;
  const json entries = at->is_array() ? *at : json::array({*at});
  for (const json& entry : entries) {
    if (!entry.is_object() || !HasType(entry, "BitstringStatusListEntry") || !IsAgainst(entry)) {
      continue;
    }
    StatusEntry found;
    found.place.list_uri = TextOf(entry, "statusListCredential").value_or("");
    found.malformed =
        found.place.list_uri.empty() ||
        !absl::SimpleAtoi(TextOf(entry, "statusListIndex").value_or(""), &found.place.index);
    return found;
  }
  return std::nullopt;
}

BroughtLists::BroughtLists(const google::protobuf::RepeatedPtrField<std::string>& jwts,
                           const KnownIssuers& issuers, absl::Time now) {
  for (const std::string& jwt : jwts) {
    const auto opened = OpenJwt(jwt);
    if (!opened) continue;  // it is nobody's list
    const std::string uri = TextOf(opened->payload, "id").value_or("");
    Brought& brought = lists_[uri];
    brought = {};
    const auto checked = CheckCredential(jwt, issuers, now);
    if (!checked.ok()) {
      brought.problem = std::string(checked.status().message());
      continue;
    }
    brought.issuer = checked->issuer;
    auto bits = BitsOf(checked->content);
    if (auto* list = std::get_if<BitList>(&bits)) {
      brought.bits = std::move(*list);
    } else {
      brought.problem = std::get<std::string>(std::move(bits));
    }
  }
}

absl::StatusOr<bool> BroughtLists::Stands(const CheckedCredential& credential) const {
  const auto entry = StatusEntryOf(credential.content);
  if (!entry) return false;
  if (entry->malformed) return NotStanding("its credentialStatus names no place in a list");
  const auto at = lists_.find(entry->place.list_uri);
  if (at == lists_.end()) return false;
  const Brought& list = at->second;
  if (!list.bits) {
    return NotStanding(absl::StrCat("its status list cannot be used: ", list.problem));
  }
  if (list.issuer != credential.issuer) {
    return NotStanding("its status list is of another issuer");
  }
  if (entry->place.index >= list.bits->size()) {
    return NotStanding("its status list has no place of that number");
  }
  if (list.bits->Has(entry->place.index)) return NotStanding("its issuer has taken it back");
  return true;
}

}  // namespace passend::service
