// How far a long job is.
#ifndef PASSEND_SERVICE_CLIENT_PROGRESS_H_
#define PASSEND_SERVICE_CLIENT_PROGRESS_H_

#include <cstdint>
#include <mutex>
#include <ostream>
#include <string>

#include "service/client/style.h"

namespace passend::client {

// Shows how far a long job is: on a terminal one line that is drawn again, elsewhere a plain line
// for every tenth that is reached. Thread safety: all members may be called from any thread.
class Progress {
 public:
  // `total` 0: unknown, and nothing is shown.
  Progress(std::ostream& out, bool is_terminal, Style style, std::string title, std::int64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // So much is done now; going back is passed over.
  void Reach(std::int64_t done);

 private:
  std::mutex mutex_;
  std::ostream& out_;
  const bool is_terminal_;
  const Style style_;
  const std::string title_;
  const std::int64_t total_;
  int shown_percent_ = -1;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_PROGRESS_H_
