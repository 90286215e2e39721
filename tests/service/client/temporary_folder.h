// A folder of a test's own, gone when the test ends.
#ifndef PASSEND_TESTS_SERVICE_CLIENT_TEMPORARY_FOLDER_H_
#define PASSEND_TESTS_SERVICE_CLIENT_TEMPORARY_FOLDER_H_

#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace passend::client {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "passend.XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

  // Writes a file, with the folders that it needs, and gives its path.
  std::string Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }

  std::string WriteGzip(const std::string& name, const std::string& text) const {
    const std::string file = path_ + "/" + name;
    gzFile out = gzopen(file.c_str(), "wb");
    gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
    gzclose(out);
    return file;
  }

 private:
  std::string path_;
};

}  // namespace passend::client

#endif  // PASSEND_TESTS_SERVICE_CLIENT_TEMPORARY_FOLDER_H_
