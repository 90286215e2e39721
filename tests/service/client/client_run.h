// Runs the client as a person or a script would, with an environment of the test's own.
#ifndef PASSEND_TESTS_SERVICE_CLIENT_CLIENT_RUN_H_
#define PASSEND_TESTS_SERVICE_CLIENT_CLIENT_RUN_H_

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <streambuf>
#include <string>
#include <vector>

#include "service/client/app.h"

namespace passend::client {

struct ClientRun {
  int code = -1;
  std::string out;
  std::string err;
  std::vector<double> waits_seconds;  // what it waited for
};

struct ClientTerminal {
  std::string typed = "";  // what somebody types
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  int waits_until_stop = 1000;                    // Ctrl-C comes in the wait after so many
  std::size_t out_bytes_max = std::string::npos;  // then the disk is full, or nobody reads any more
};

// Takes so many bytes.
class BoundedOutput : public std::streambuf {
 public:
  explicit BoundedOutput(std::size_t bytes_max) : bytes_max_(bytes_max) {}
  const std::string& text() const { return text_; }

 protected:
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    const std::size_t taken = std::min(static_cast<std::size_t>(count), bytes_max_ - text_.size());
    text_.append(bytes, taken);
    return static_cast<std::streamsize>(taken);
  }
  int_type overflow(int_type byte) override {
    const char c = traits_type::to_char_type(byte);
    return xsputn(&c, 1) == 1 ? byte : traits_type::eof();
  }

 private:
  const std::size_t bytes_max_;
  std::string text_;
};

inline ClientRun RunClient(const std::vector<std::string>& arguments,
                           const std::map<std::string, std::string>& environment,
                           const ClientTerminal& terminal = {}) {
  ClientRun run;
  std::istringstream in(terminal.typed);
  BoundedOutput taken(terminal.out_bytes_max);
  std::ostream out(&taken);
  std::ostringstream err;
  Surroundings surroundings{
      .environment = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = environment.find(name);
        if (found == environment.end()) return std::nullopt;
        return found->second;
      },
      .in = in,
      .out = out,
      .err = err,
      .in_is_terminal = terminal.in_is_terminal,
      .out_is_terminal = terminal.out_is_terminal,
      .wait_seconds =
          [&](double seconds) {
            run.waits_seconds.push_back(seconds);
            return static_cast<int>(run.waits_seconds.size()) <= terminal.waits_until_stop;
          },
  };
  run.code = Run(arguments, surroundings);
  run.out = taken.text();
  run.err = err.str();
  return run;
}

}  // namespace passend::client

#endif  // PASSEND_TESTS_SERVICE_CLIENT_CLIENT_RUN_H_
