#include "service/client/commands.h"

namespace passend::client {

void AddSheetCommands(CLI::App&, CommandContext&) {}

}  // namespace passend::client
