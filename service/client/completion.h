// Shell completion, read off the command tree.
#ifndef PASSEND_SERVICE_CLIENT_COMPLETION_H_
#define PASSEND_SERVICE_CLIENT_COMPLETION_H_

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace passend::client {

enum class Shell { kBash, kZsh, kFish };

// What can stand at one place of the command line, read off a CLI11 tree.
struct CompletionNode {
  struct Flag {
    std::string name;  // with its dashes
    std::string description;
    bool takes_value = false;
    std::vector<std::string> values;  // where only some are allowed
    bool takes_file = false;
  };
  std::string path;  // " passport show"; empty at the root
  // Words that can come next, with what they do: commands, or the values of a positional.
  std::vector<std::pair<std::string, std::string>> commands;
  std::vector<Flag> flags;
  bool takes_file = false;  // a positional is a file or folder
};

// The nodes of a tree, the root first, each before those below it. Values are told by a type name
// such as "nl|en", files by one that holds FILE or DIR. A command's flags include those of the
// root.
std::vector<CompletionNode> CompletionNodes(const CLI::App& app);

// The completion script of a shell, to be sourced. Pure.
std::string CompletionScript(const std::vector<CompletionNode>& nodes, Shell shell);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_COMPLETION_H_
