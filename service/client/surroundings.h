// The process, as the client sees it.
#ifndef PASSEND_SERVICE_CLIENT_SURROUNDINGS_H_
#define PASSEND_SERVICE_CLIENT_SURROUNDINGS_H_

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>

namespace passend::client {

// What the client takes from the process that it runs in; tests give their own.
struct Surroundings {
  std::function<std::optional<std::string>(const std::string&)> environment;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int terminal_columns = 0;  // 0: unknown
  // Waits that long; false: the user wants to stop.
  std::function<bool(double seconds)> wait_seconds;
  // Whether the user wants to stop; asked from any thread. Not set: never.
  std::function<bool()> stop_asked = nullptr;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SURROUNDINGS_H_
