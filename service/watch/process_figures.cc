#include "service/watch/process_figures.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace passend::service {

size_t ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  size_t all_pages = 0;
  size_t resident_pages = 0;
  if (!(file >> all_pages >> resident_pages)) return 0;
  return resident_pages * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

size_t OpenFiles() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return OpenFilesMax();
  size_t entries = 0;
  while (readdir(folder) != nullptr) ++entries;
  closedir(folder);
  constexpr size_t kNotFiles = 3;  // the folder itself and its parent, and what reads them
  return entries - kNotFiles;
}

size_t OpenFilesMax() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return limit.rlim_cur;
}

size_t AllowMostOpenFiles() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  return OpenFilesMax();
}

}  // namespace passend::service
