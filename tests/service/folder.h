// A folder of a test's own, gone when the test ends.
#ifndef PASSEND_TESTS_SERVICE_FOLDER_H_
#define PASSEND_TESTS_SERVICE_FOLDER_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace passend::service {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "passend.XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string File(const std::string& name) const { return path_ + "/" + name; }

  // Puts the text in the place of what is there, at once, and gives the path.
  std::string Put(const std::string& name, const std::string& text) const {
    const std::string fresh = File(name + ".fresh");
    std::ofstream(fresh, std::ios::binary) << text;
    std::filesystem::rename(fresh, File(name));
    return File(name);
  }

 private:
  std::string path_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_FOLDER_H_
