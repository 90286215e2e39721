// The whole of `passend`: from arguments to an exit code.
#ifndef PASSEND_SERVICE_CLIENT_APP_H_
#define PASSEND_SERVICE_CLIENT_APP_H_

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "service/client/command_context.h"

namespace passend::client {

// The whole command tree of `passend`, in the context's language.
std::unique_ptr<CLI::App> MakeApp(CommandContext& context);

// Runs the client with the arguments after its name. Gives an ExitCode. Not thread-safe.
int Run(const std::vector<std::string>& arguments, Surroundings& surroundings);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_APP_H_
