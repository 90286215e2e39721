// A folder of an input's own: the bytes between zero bytes are its files, one after another.
#ifndef PASSEND_TESTS_FUZZ_FILE_FOLDER_H_
#define PASSEND_TESTS_FUZZ_FILE_FOLDER_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace passend::fuzz {

// What an input is cut at.
inline std::string_view TakePart(std::string_view& bytes) {
  const std::string_view part = bytes.substr(0, bytes.find('\0'));
  bytes.remove_prefix(part.size() + (part.size() < bytes.size() ? 1 : 0));
  return part;
}

class FileFolder {
 public:
  FileFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "passend.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  ~FileFolder() { std::filesystem::remove_all(path_); }
  FileFolder(const FileFolder&) = delete;
  FileFolder& operator=(const FileFolder&) = delete;

  const std::string& path() const { return path_; }

  void Write(const std::string& name, std::string_view text) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(text.data(), static_cast<long>(text.size()));
  }

 private:
  std::string path_;
};

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_FILE_FOLDER_H_
