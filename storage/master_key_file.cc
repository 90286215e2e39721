#include "storage/master_key_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/files.h"
#include "storage/open_errors.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

constexpr std::string_view kLineStart = "passend-master-key-1 ";
constexpr size_t kKeyDigits = 2 * kSecretKeyBytes;
constexpr size_t kNewIdBytes = 5;
constexpr size_t kFileBytesMax = 64 * 1'024;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

// Text with keys in it: wiped when it goes.
struct SecretText {
  std::string text;
  ~SecretText() { sodium_memzero(text.data(), text.size()); }
};

std::string HexOf(std::span<const unsigned char> bytes) {
  std::string digits(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
  digits.pop_back();
  return digits;
}

std::string NewLine(const FillRandom& random) {
  std::array<unsigned char, kNewIdBytes> id;
  random(id);
  SecretText digits{HexOf(RandomKey(random).bytes())};
  return absl::StrCat(ToAbsl(kLineStart), "k", HexOf(id), " ", digits.text, "\n");
}

absl::Status Refused(const std::string& path, std::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat("master key file ", path, ": ", ToAbsl(why)));
}

absl::StatusOr<SecretText> ReadAll(const std::string& path) {
  const int number = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0 && errno == ENOENT) {
    return absl::NotFoundError(absl::StrCat("master key file ", path, ": there is no such file"));
  }
  if (number < 0) return FileFailed(path, "cannot open", errno);
  const FileDescriptor file(number);
  struct stat found;
  if (fstat(file.number(), &found) != 0) return FileFailed(path, "cannot look at", errno);
  if (!S_ISREG(found.st_mode)) return Refused(path, "it is not a regular file");
  if ((found.st_mode & kOthers) != 0) {
    return Refused(path, "others than its owner may use it; do `chmod 600`");
  }
  SecretText read{std::string(kFileBytesMax + 1, '\0')};
  size_t size = 0;
  for (ssize_t count = 1; count > 0 && size < read.text.size();
       size += static_cast<size_t>(count)) {
    count = ::read(file.number(), read.text.data() + size, read.text.size() - size);
    if (count < 0) return FileFailed(path, "cannot read", errno);
  }
  if (size > kFileBytesMax) return Refused(path, "it is larger than 64 KiB");
  read.text.resize(size);
  return read;
}

absl::Status WriteNew(const std::string& path, std::string_view text, int flags) {
  absl::StatusOr<FileDescriptor> file = OpenFile(path, O_WRONLY | O_CREAT | flags);
  if (!file.ok()) return file.status();
  const ssize_t count = write(file->number(), text.data(), text.size());
  if (count < 0) return FileFailed(path, "cannot write", errno);
  if (static_cast<size_t>(count) != text.size()) return FileFailed(path, "cannot write", ENOSPC);
  if (fsync(file->number()) != 0) return FileFailed(path, "cannot sync", errno);
  return absl::OkStatus();
}

std::string BoundTo(std::string_view master_id) {
  return absl::StrCat("passend ring key 1 ", ToAbsl(master_id));
}

bool IsId(std::string_view text) {
  return !text.empty() && text.size() <= kMasterKeyIdBytesMax &&
         std::ranges::all_of(text, [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '-';
         });
}

}  // namespace

absl::StatusOr<std::shared_ptr<const MasterKeyFile>> MasterKeyFile::Load(const std::string& path,
                                                                         FillRandom random) {
  const absl::StatusOr<SecretText> read = ReadAll(path);
  if (!read.ok()) return read.status();
  auto loaded = std::make_shared<MasterKeyFile>(OnlyLoad(), path, std::move(random));
  std::string_view rest = read->text;
  for (size_t number = 1; !rest.empty(); ++number) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    if (absl::Status status = loaded->ReadLine(rest.substr(0, end), number); !status.ok()) {
      return status;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (loaded->keys_.empty()) return Refused(path, "no key is in it");
  return loaded;
}

absl::Status MasterKeyFile::ReadLine(std::string_view line, size_t number) {
  if (line.empty() || line.starts_with('#')) return absl::OkStatus();
  const auto refused = [&](std::string_view why) {
    return Refused(path_, absl::StrCat("line ", number, ": ", ToAbsl(why)));
  };
  constexpr std::string_view kForm =
      "it takes `passend-master-key-1`, an id and 64 hexadecimal digits";
  if (!line.starts_with(kLineStart)) return refused(kForm);
  line.remove_prefix(kLineStart.size());
  const size_t space = line.find(' ');
  if (space == std::string_view::npos || line.size() != space + 1 + kKeyDigits) {
    return refused(kForm);
  }
  const std::string_view id = line.substr(0, space);
  if (!IsId(id)) return refused("an id has 1 to 64 characters of a-z, 0-9 and -");
  if (std::ranges::any_of(keys_, [&](const MasterKey& one) { return one.id == id; })) {
    return refused("its id is there twice");
  }
  MasterKey& key = keys_.emplace_back(MasterKey{std::string(id), {}});
  size_t size = 0;
  if (sodium_hex2bin(key.key.bytes().data(), kSecretKeyBytes, line.data() + space + 1, kKeyDigits,
                     nullptr, &size, nullptr) != 0 ||
      size != kSecretKeyBytes) {
    return refused(kForm);
  }
  return absl::OkStatus();
}

absl::Status MasterKeyFile::Create(const std::string& path, const FillRandom& random) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return absl::AlreadyExistsError(absl::StrCat("master key file ", path, " is there already"));
  }
  const std::string directory = std::filesystem::absolute(path).parent_path().string();
  if (absl::Status status = MakeDirectories(directory); !status.ok()) return status;
  const std::string unfinished = path + ".new";
  const SecretText line{NewLine(random)};
  if (absl::Status status = WriteNew(unfinished, line.text, O_TRUNC); !status.ok()) return status;
  // Unlike a rename, a link never takes the place of a file that somebody else made meanwhile.
  if (link(unfinished.c_str(), path.c_str()) != 0) return FileFailed(path, "cannot make", errno);
  unlink(unfinished.c_str());
  return SyncDirectory(directory);
}

absl::Status MasterKeyFile::AddKey(const std::string& path, const FillRandom& random) {
  if (const auto loaded = Load(path); !loaded.ok()) return loaded.status();
  absl::StatusOr<SecretText> read = ReadAll(path);
  if (!read.ok()) return read.status();
  SecretText text{read->text};
  if (!text.text.ends_with('\n')) text.text.push_back('\n');
  text.text.append(NewLine(random));
  const std::string unfinished = path + ".new";
  if (absl::Status status = WriteNew(unfinished, text.text, O_TRUNC); !status.ok()) return status;
  return Rename(unfinished, std::filesystem::absolute(path).string());
}

std::string MasterKeyFile::current_id() const { return keys_.back().id; }

absl::StatusOr<WrappedKey> MasterKeyFile::Wrap(const SecretKey& key) const {
  const MasterKey& master = keys_.back();
  WrappedKey wrapped{master.id, {}};
  AppendEncrypted(wrapped.bytes, master.key, random_, BoundTo(master.id), key.view());
  return wrapped;
}

absl::StatusOr<SecretKey> MasterKeyFile::Unwrap(const WrappedKey& wrapped) const {
  for (const MasterKey& master : keys_) {
    if (master.id != wrapped.master_id) continue;
    const std::optional<SecretKey> key = DecryptKey(master.key, BoundTo(master.id), wrapped.bytes);
    if (key) return *key;
    return Damaged("the key store",
                   absl::StrCat("master key ", master.id, " of ", path_, " does not fit it"));
  }
  return Refused(path_, absl::StrCat("master key ", wrapped.master_id,
                                     ", which the key store is under, is not in it"));
}

}  // namespace passend::storage
