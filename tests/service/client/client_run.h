// Runs the client as a person or a script would, with an environment of the test's own.
#ifndef PASSEND_TESTS_SERVICE_CLIENT_CLIENT_RUN_H_
#define PASSEND_TESTS_SERVICE_CLIENT_CLIENT_RUN_H_

#include <map>
#include <optional>
#include <sstream>
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
  int waits_until_stop = 1000;  // Ctrl-C comes in the wait after so many
};

inline ClientRun RunClient(const std::vector<std::string>& arguments,
                           const std::map<std::string, std::string>& environment,
                           const ClientTerminal& terminal = {}) {
  ClientRun run;
  std::istringstream in(terminal.typed);
  std::ostringstream out;
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
  run.out = out.str();
  run.err = err.str();
  return run;
}

}  // namespace passend::client

#endif  // PASSEND_TESTS_SERVICE_CLIENT_CLIENT_RUN_H_
