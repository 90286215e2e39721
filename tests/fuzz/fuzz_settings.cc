// What an operator gives the server: flags, the file of --config, master keys, the key that signs
// credentials, seals of backups, anchors. The first byte says which.
#include <sodium.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/credential/issuer_key.h"
#include "service/passendd/settings.h"
#include "storage/anchor.h"
#include "storage/backup/seal.h"
#include "storage/master_key_file.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/memory_file.h"

namespace passend {
namespace {

using fuzz::MemoryFile;
using fuzz::Promise;

service::CommandLine Read(const std::vector<std::string>& words) {
  std::vector<const char*> arguments = {"passendd"};
  for (const std::string& word : words) arguments.push_back(word.c_str());
  return service::ReadCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

void Check(const service::CommandLine& line) {
  if (!line.run) {
    Promise(line.exit_code == 0 || !line.text.empty(), "who is refused is told why");
    return;
  }
  const service::Settings& settings = line.settings;
  Promise(service::CheckIdentityOptions(settings).ok() && service::CheckKeyOptions(settings).ok() &&
              service::CheckCredentialOptions(settings).ok() &&
              service::CheckBackupOptions(settings).ok() &&
              service::CheckMetricsAddress(settings.metrics_listen).ok() &&
              service::CheckListenAddress(settings.listen, !settings.tls_certificate.empty()).ok(),
          "what is taken goes together");
}

// Words apart by zero bytes.
void Flags(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find('\0'));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    // Other files than those of this target may never end.
    if (word.find("config") == std::string_view::npos) words.emplace_back(word);
  }
  Check(Read(words));
}

void Config(std::string_view text) {
  const MemoryFile file(text);
  const service::CommandLine line = Read({"--config", file.path()});
  Check(line);
  if (!line.run) return;
  const service::CommandLine shown = Read({"--config", file.path(), "--print-config"});
  if (shown.exit_code != 0) return;  // a value that no file can give is not shown
  const MemoryFile printed(shown.text);
  Promise(Read({"--config", printed.path(), "--print-config"}).text == shown.text,
          "what is shown can be given back");
}

void MasterKeys(std::string_view text) {
  static const int ready = sodium_init();
  Promise(ready >= 0, "libsodium starts");
  const MemoryFile file(text);
  const auto keys = storage::MasterKeyFile::Load(file.path());
  if (!keys.ok()) return;
  const storage::SecretKey key = storage::RandomKey(storage::SystemRandom());
  const auto wrapped = (*keys)->Wrap(key);
  Promise(wrapped.ok() && (*keys)->Unwrap(*wrapped).ok(), "keys that are taken can be used");
}

void SigningKeys(std::string_view text) {
  const auto key = service::IssuerKey::Parse(text, {"https://passend.example.org", "School"});
  if (!key.ok()) return;
  Promise((*key)->Sign(nlohmann::json::object()).ok(), "a key that is taken signs");
}

void Seals(std::string_view text) {
  // With the digest that it asks for, or the text alone.
  std::string sealed(text);
  if (!text.empty() && text.front() == 's') {
    sealed = text.substr(1);
    sealed += absl::StrCat("seal ", storage::DigestOfText(sealed), "\n");
  }
  const auto seal = storage::DecodeSeal(sealed);
  if (seal.ok()) Promise(storage::EncodeSeal(*seal) == sealed, "a seal is written in one way");
}

void Anchors(std::string_view bytes) {
  const MemoryFile file(bytes);
  static_cast<void>(storage::Anchor::Read(file.path()));
}

}  // namespace
}  // namespace passend

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0:
      passend::Flags(text);
      break;
    case 1:
      passend::Config(text);
      break;
    case 2:
      passend::MasterKeys(text);
      break;
    case 3:
      passend::SigningKeys(text);
      break;
    case 4:
      passend::Seals(text);
      break;
    default:
      passend::Anchors(text);
  }
  return 0;
}
