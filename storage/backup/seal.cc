#include "storage/backup/seal.h"

#include <sodium.h>

#include <array>
#include <charconv>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

constexpr char kTimeFormat[] = "%E4Y-%m-%dT%H:%M:%SZ";
constexpr std::string_view kFirstWord = "passend-backup";
constexpr std::string_view kLastWord = "seal";
constexpr std::string_view kNone = "none";
constexpr size_t kChainBytes = 32;

absl::Status NotASeal() { return Damaged("a backup's seal", "it is not what was written"); }

// Takes words and lines from the front of a text; nullopt once there is none left.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  // The rest of a line that begins with `name` and a blank.
  std::optional<std::string_view> Line(std::string_view name) {
    const auto line = Until('\n');
    if (!line || !line->starts_with(name) || line->size() <= name.size() ||
        (*line)[name.size()] != ' ') {
      return std::nullopt;
    }
    return line->substr(name.size() + 1);
  }
  std::optional<std::string_view> Until(char end) {
    const size_t at = rest_.find(end);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view word = rest_.substr(0, at);
    rest_.remove_prefix(at + 1);
    return word;
  }

 private:
  std::string_view rest_;
};

template <typename Number>
bool ReadNumber(std::optional<std::string_view> text, Number& number) {
  if (!text) return false;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
  return read.ec == std::errc() && read.ptr == text->data() + text->size();
}

bool ReadHead(std::optional<std::string_view> line, ChainPoint& head) {
  if (!line) return false;
  const size_t blank = line->find(' ');
  if (blank == std::string_view::npos) return false;
  const std::string_view chain = line->substr(blank + 1);
  if (!ReadNumber(line->substr(0, blank), head.sequence) || chain.size() != 2 * kChainBytes) {
    return false;
  }
  head.chain = absl::HexStringToBytes(ToAbsl(chain));
  return true;
}

bool ReadFile(Words& words, SealedFile& file) {
  const auto digest = words.Until(' ');
  const bool sized = ReadNumber(words.Until(' '), file.bytes);
  const auto path = words.Until('\n');
  if (!digest || !sized || !path) return false;
  file.digest = std::string(*digest);
  file.path = std::string(*path);
  return true;
}

bool ReadFacts(Words& words, BackupSeal& seal) {
  if (!ReadNumber(words.Line("number"), seal.number)) return false;
  const auto made = words.Line("made");
  if (!made || !absl::ParseTime(kTimeFormat, ToAbsl(*made), &seal.made_at, nullptr)) return false;
  if (!ReadNumber(words.Line("format"), seal.database_format)) return false;
  if (!ReadHead(words.Line("commit"), seal.head)) return false;
  const auto keys = words.Line("keys");
  const auto engine = words.Line("engine");
  if (!keys || !engine) return false;
  if (*keys != kNone) seal.keys = std::string(*keys);
  seal.engine = std::string(*engine);
  size_t count = 0;
  if (!ReadNumber(words.Line("files"), count)) return false;
  for (size_t i = 0; i < count; ++i) {
    if (!ReadFile(words, seal.files.emplace_back())) return false;
  }
  return true;
}

}  // namespace

uint64_t BackupSeal::bytes() const {
  uint64_t sum = 0;
  for (const SealedFile& file : files) sum += file.bytes;
  return sum;
}

std::string ToHex(std::string_view bytes) { return absl::BytesToHexString(ToAbsl(bytes)); }

std::string DigestOfText(std::string_view text) {
  std::array<unsigned char, 32> digest;
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  return ToHex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string EncodeSeal(const BackupSeal& seal) {
  std::string text = absl::StrCat(
      ToAbsl(kFirstWord), " ", kSealFormat, "\nnumber ", seal.number, "\nmade ",
      absl::FormatTime(kTimeFormat, seal.made_at, absl::UTCTimeZone()), "\nformat ",
      seal.database_format, "\ncommit ", seal.head.sequence, " ", ToHex(seal.head.chain), "\nkeys ",
      seal.keys.empty() ? std::string(kNone) : seal.keys, "\nengine ", seal.engine, "\nfiles ",
      seal.files.size(), "\n");
  for (const SealedFile& file : seal.files) {
    absl::StrAppend(&text, file.digest, " ", file.bytes, " ", file.path, "\n");
  }
  const std::string digest = DigestOfText(text);
  absl::StrAppend(&text, ToAbsl(kLastWord), " ", digest, "\n");
  return text;
}

absl::StatusOr<BackupSeal> DecodeSeal(std::string_view text) {
  const size_t last = text.rfind(std::string(kLastWord) + " ");
  if (last == std::string_view::npos ||
      text.substr(last) !=
          absl::StrCat(ToAbsl(kLastWord), " ", DigestOfText(text.substr(0, last)), "\n")) {
    return NotASeal();
  }
  Words words(text);
  uint32_t format = 0;
  if (!ReadNumber(words.Line(kFirstWord), format)) return NotASeal();
  if (format > kSealFormat) {
    return absl::FailedPreconditionError(absl::StrCat("a backup was made by a newer Passend (form ",
                                                      format, "; this one reads up to ",
                                                      kSealFormat, ")"));
  }
  BackupSeal seal;
  if (!ReadFacts(words, seal) || EncodeSeal(seal) != text) return NotASeal();
  return seal;
}

}  // namespace passend::storage
