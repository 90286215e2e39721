#include "service/client/progress.h"

#include <algorithm>
#include <utility>

#include "service/client/bar.h"

namespace passend::client {

constexpr int kBarColumns = 30;

Progress::Progress(std::ostream& out, bool is_terminal, Style style, std::string title,
                   std::int64_t total)
    : out_(out),
      is_terminal_(is_terminal),
      style_(style),
      title_(std::move(title)),
      total_(total) {}

Progress::~Progress() {
  if (is_terminal_ && shown_percent_ >= 0) out_ << "\r\x1b[K" << std::flush;
}

void Progress::Reach(std::int64_t done) {
  if (total_ <= 0) return;
  const std::lock_guard lock(mutex_);
  const std::int64_t reached = std::clamp<std::int64_t>(done, 0, total_);
  const int percent = static_cast<int>(reached * 100 / total_);
  const int step = is_terminal_ ? 1 : 10;
  if (percent / step <= shown_percent_ / step && shown_percent_ >= 0) return;
  shown_percent_ = percent;
  if (is_terminal_) {
    out_ << "\r" << title_ << " " << Bar(style_, percent * 100, kBarColumns) << " " << percent
         << " %" << std::flush;
  } else {
    // Not how many of how many: people would be read where bytes are counted.
    out_ << Say(style_.language, Word::kPercent, {title_, std::to_string(percent / step * step)})
         << "\n"
         << std::flush;
  }
}

}  // namespace passend::client
