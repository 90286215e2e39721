#include <algorithm>
#include <cctype>

#include "service/client/completion.h"

namespace passend::client {
namespace {

std::vector<std::string> ValuesOf(const std::string& type) {
  if (type.find('|') == std::string::npos) return {};
  std::vector<std::string> values;
  std::size_t start = 0;
  while (start <= type.size()) {
    const std::size_t end = std::min(type.find('|', start), type.size());
    values.push_back(type.substr(start, end - start));
    start = end + 1;
  }
  // TASK|FILE names kinds of values, not values.
  const bool names =
      std::any_of(type.begin(), type.end(), [](unsigned char c) { return std::isupper(c) != 0; });
  return names ? std::vector<std::string>() : values;
}

bool TakesFile(const std::string& type) {
  return type.find("FILE") != std::string::npos || type.find("DIR") != std::string::npos;
}

void AddFlags(const CLI::App& app, CompletionNode& node) {
  for (const CLI::Option* option : app.get_options()) {
    const std::string type = option->get_type_name();
    const bool takes_value = option->get_expected_max() > 0 && option->get_type_size_max() > 0;
    if (option->get_lnames().empty()) {
      node.takes_file = node.takes_file || TakesFile(type);
      for (const std::string& value : ValuesOf(type)) {
        node.commands.emplace_back(value, option->get_description());
      }
      continue;
    }
    for (const std::string& name : option->get_lnames()) {
      const auto same = [&](const auto& flag) { return flag.name == "--" + name; };
      if (std::any_of(node.flags.begin(), node.flags.end(), same)) continue;
      node.flags.push_back({"--" + name, option->get_description(), takes_value,
                            takes_value ? ValuesOf(type) : std::vector<std::string>(),
                            takes_value && TakesFile(type)});
    }
  }
}

void AddNodes(const CLI::App& app, const CLI::App& root, const std::string& path,
              std::vector<CompletionNode>& nodes) {
  const auto all = [](const CLI::App*) { return true; };
  CompletionNode node;
  node.path = path;
  AddFlags(app, node);
  if (&app != &root) AddFlags(root, node);
  for (const CLI::App* command : app.get_subcommands(all)) {
    node.commands.emplace_back(command->get_name(), command->get_description());
  }
  nodes.push_back(std::move(node));
  for (const CLI::App* command : app.get_subcommands(all)) {
    AddNodes(*command, root, path + " " + command->get_name(), nodes);
  }
}

}  // namespace

std::vector<CompletionNode> CompletionNodes(const CLI::App& app) {
  std::vector<CompletionNode> nodes;
  AddNodes(app, app, "", nodes);
  return nodes;
}

}  // namespace passend::client
