#include <memory>

#include "service/client/commands.h"
#include "service/client/completion.h"

namespace passend::client {

void AddCompletionCommand(CLI::App& app, CommandContext& context) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = AddCommand(app, context, "completion", Word::kHelpCompletion);
  command->footer(context.Said(Word::kHelpCompletionExamples));
  AllowOnly(*command->add_option("shell", *shell, context.Said(Word::kHelpShell))->required(),
            context, {"bash", "zsh", "fish"});
  command->callback([&app, &context, shell] {
    context.action = [&app, &context, shell] {
      const Shell asked = *shell == "bash"  ? Shell::kBash
                          : *shell == "zsh" ? Shell::kZsh
                                            : Shell::kFish;
      context.surroundings().out << CompletionScript(CompletionNodes(app), asked);
      return static_cast<int>(kExitOk);
    };
  });
}

}  // namespace passend::client
