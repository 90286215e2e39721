#include "service/credential/trusted_issuers.h"

#include <fstream>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/credential/limits.h"
#include "service/identity/strict_json.h"
#include "service/text.h"

namespace passend::service {
namespace {

// One byte more than is allowed at most, so that too much is seen.
std::optional<std::string> TextOfFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kTrustedIssuersBytesMax + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (!file.eof() && file.fail()) || !file.is_open()) return std::nullopt;
  text.resize(static_cast<size_t>(file.gcount()));
  return text;
}

absl::Status Wrong(size_t number, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("issuer ", number, " ", what));
}

absl::StatusOr<TrustedIssuer> ReadIssuer(const nlohmann::json& entry, size_t number) {
  TrustedIssuer issuer;
  issuer.name = TextOf(entry, "name").value_or("");
  if (issuer.name.empty()) return Wrong(number, "has no name");
  const auto keys = entry.find("keys");
  if (keys == entry.end()) return Wrong(number, "has no keys, which are a JWK set");
  absl::StatusOr<KeySet> read = KeySet::Parse(keys->dump());
  if (!read.ok()) return Wrong(number, absl::StrCat("keys: ", read.status().message()));
  issuer.keys = *std::move(read);
  if (const auto keeps = entry.find("keeps_methods"); keeps != entry.end()) {
    if (!keeps->is_boolean()) return Wrong(number, "keeps_methods is neither true nor false");
    issuer.keeps_methods = keeps->get<bool>();
  }
  return issuer;
}

}  // namespace

absl::StatusOr<TrustedIssuers> TrustedIssuers::Parse(std::string_view json) {
  if (json.size() > kTrustedIssuersBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("has more than ", kTrustedIssuersBytesMax, " bytes"));
  }
  const auto object = ParseStrictObject(json);
  if (!object || !object->contains("issuers") || !(*object)["issuers"].is_array()) {
    return absl::InvalidArgumentError(
        "is no list of issuers: {\"issuers\": [{\"issuer\": ..., \"name\": ..., \"keys\": ...}]}, "
        "no member twice");
  }
  const nlohmann::json& entries = (*object)["issuers"];
  if (entries.size() > kTrustedIssuersMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("has more than ", kTrustedIssuersMax, " issuers"));
  }
  TrustedIssuers issuers;
  for (size_t i = 0; i < entries.size(); ++i) {
    const size_t number = i + 1;
    if (!entries[i].is_object()) return Wrong(number, "is no object");
    const std::string uri = TextOf(entries[i], "issuer").value_or("");
    if (uri.empty() || uri.size() > kIssuerBytesMax || uri.find(':') == std::string::npos) {
      return Wrong(number, "has no issuer, which is a URL or a DID");
    }
    absl::StatusOr<TrustedIssuer> issuer = ReadIssuer(entries[i], number);
    if (!issuer.ok()) return issuer.status();
    if (!issuers.issuers_.emplace(uri, *std::move(issuer)).second) {
      return Wrong(number, "is there before");
    }
  }
  return issuers;
}

const TrustedIssuer* TrustedIssuers::Find(std::string_view issuer) const {
  const auto at = issuers_.find(issuer);
  return at == issuers_.end() ? nullptr : &at->second;
}

absl::StatusOr<std::unique_ptr<TrustedIssuersFile>> TrustedIssuersFile::Open(
    std::string path, std::function<void(std::string_view line)> log) {
  auto file = std::make_unique<TrustedIssuersFile>(OnlyOpen(), std::move(path), std::move(log));
  auto text = TextOfFile(file->path_);
  if (!text) return absl::InvalidArgumentError(absl::StrCat(file->path_, " cannot be read"));
  absl::StatusOr<TrustedIssuers> issuers = TrustedIssuers::Parse(*text);
  if (!issuers.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(file->path_, ": ", issuers.status().message()));
  }
  file->last_text_ = *std::move(text);
  absl::MutexLock lock(&file->mutex_);
  file->issuers_ = std::make_shared<const TrustedIssuers>(*std::move(issuers));
  return file;
}

std::shared_ptr<const TrustedIssuers> TrustedIssuersFile::Get() const {
  absl::MutexLock lock(&mutex_);
  return issuers_;
}

void TrustedIssuersFile::Refresh() {
  auto text = TextOfFile(path_);
  if (!text) {
    if (was_readable_)
      log_("WARNING: trusted issuers: the file cannot be read; the old ones stay in force");
    was_readable_ = false;
    return;
  }
  was_readable_ = true;
  if (*text == last_text_) return;
  last_text_ = *std::move(text);
  absl::StatusOr<TrustedIssuers> issuers = TrustedIssuers::Parse(last_text_);
  if (!issuers.ok()) {
    const std::string line =
        absl::StrCat("trusted issuers: the new file ", issuers.status().message(),
                     "; the old ones stay in force");
    log_(line);
    return;
  }
  const std::string line = absl::StrCat("trusted issuers: ", issuers->size(), " are in force now");
  {
    absl::MutexLock lock(&mutex_);
    issuers_ = std::make_shared<const TrustedIssuers>(*std::move(issuers));
  }
  log_(line);
}

}  // namespace passend::service
