// `passend`: the command line client.
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "service/client/app.h"

namespace {

volatile std::sig_atomic_t stop_asked = 0;

void AskToStop(int) { stop_asked = 1; }

int TerminalColumns() {
  winsize size = {};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void HearInterrupts() {
  struct sigaction action = {};
  action.sa_handler = AskToStop;
  sigaction(SIGINT, &action, nullptr);
}

bool StopAsked() {
  static const bool kHears = (HearInterrupts(), true);
  return kHears && stop_asked != 0;
}

// In slices, because another thread may be the one that receives the signal.
bool WaitSeconds(double seconds) {
  HearInterrupts();
  constexpr double kSliceSeconds = 0.1;
  for (double waited = 0; waited < seconds && stop_asked == 0; waited += kSliceSeconds) {
    usleep(static_cast<useconds_t>(kSliceSeconds * 1e6));
  }
  return stop_asked == 0;
}

}  // namespace

int main(int argument_count, char** arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  passend::client::Surroundings surroundings{
      .environment = [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return value;
      },
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .in_is_terminal = isatty(STDIN_FILENO) == 1,
      .out_is_terminal = isatty(STDOUT_FILENO) == 1,
      .err_is_terminal = isatty(STDERR_FILENO) == 1,
      .terminal_columns = TerminalColumns(),
      .wait_seconds = WaitSeconds,
      .stop_asked = StopAsked,
  };
  return passend::client::Run({arguments + 1, arguments + argument_count}, surroundings);
}
