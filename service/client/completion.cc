#include "service/client/completion.h"

namespace passend::client {
namespace {

std::string Joined(const std::vector<std::string>& words, const std::string& between) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : between) + word;
  return joined;
}

// In single quotes, for bash and zsh.
std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string FishQuoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

// The first sentence: what fits beside a word.
std::string Short(const std::string& description) {
  return description.substr(0, description.find(". "));
}

// All paths but the root's, as patterns of a `case`.
std::string PathPatterns(const std::vector<CompletionNode>& nodes) {
  std::vector<std::string> paths;
  for (const CompletionNode& node : nodes) {
    if (!node.path.empty()) paths.push_back(Quoted(node.path));
  }
  return Joined(paths, "|");
}

std::string Bash(const std::vector<CompletionNode>& nodes) {
  std::string script =
      "# bash completion for passend\n"
      "_passend() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local at= word commands= flags= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$at ${COMP_WORDS[i]}\" in\n      " +
      PathPatterns(nodes) + ") at=\"$at ${COMP_WORDS[i]}\" ;;\n    esac\n  done\n" +
      "  COMPREPLY=()\n  case \"$at:$previous\" in\n";
  for (const CompletionNode& node : nodes) {
    for (const CompletionNode::Flag& flag : node.flags) {
      if (!flag.takes_value) continue;
      script += "    " + Quoted(node.path + ":" + flag.name) + ") ";
      if (!flag.values.empty()) {
        script +=
            "COMPREPLY=($(compgen -W " + Quoted(Joined(flag.values, " ")) + " -- \"$current\")); ";
      } else if (flag.takes_file) {
        script += "compopt -o default 2>/dev/null; ";
      }
      script += "return ;;\n";
    }
  }
  script += "  esac\n  case \"$at\" in\n";
  for (const CompletionNode& node : nodes) {
    std::vector<std::string> commands;
    std::vector<std::string> flags;
    for (const auto& [name, description] : node.commands) commands.push_back(name);
    for (const auto& flag : node.flags) flags.push_back(flag.name);
    script += "    " + Quoted(node.path) + ") commands=" + Quoted(Joined(commands, " ")) +
              " flags=" + Quoted(Joined(flags, " "));
    if (node.takes_file) script += "; compopt -o default 2>/dev/null";
    script += " ;;\n";
  }
  return script +
         "  esac\n"
         "  if [[ $current == -* ]]; then commands=$flags; fi\n"
         "  COMPREPLY=($(compgen -W \"$commands\" -- \"$current\"))\n"
         "}\n"
         "complete -F _passend passend\n";
}

// "name:description" as zsh's _describe takes it.
std::string Described(const std::string& name, const std::string& description) {
  std::string text;
  for (const char c : Short(description)) text += c == ':' ? std::string("\\:") : std::string(1, c);
  return Quoted(name + ":" + text);
}

std::string Zsh(const std::vector<CompletionNode>& nodes) {
  std::string script =
      "#compdef passend\n"
      "_passend() {\n"
      "  local at= i\n"
      "  local -a commands flags\n"
      "  for ((i = 2; i < CURRENT; i++)); do\n"
      "    case \"$at ${words[i]}\" in\n      (" +
      PathPatterns(nodes) + ") at=\"$at ${words[i]}\" ;;\n    esac\n  done\n" +
      "  case \"$at:${words[CURRENT-1]}\" in\n";
  for (const CompletionNode& node : nodes) {
    for (const CompletionNode::Flag& flag : node.flags) {
      if (!flag.takes_value) continue;
      script += "    (" + Quoted(node.path + ":" + flag.name) + ") ";
      if (!flag.values.empty()) script += "compadd -- " + Joined(flag.values, " ") + "; ";
      if (flag.takes_file) script += "_files; ";
      script += "return ;;\n";
    }
  }
  script += "  esac\n  case \"$at\" in\n";
  for (const CompletionNode& node : nodes) {
    std::vector<std::string> commands;
    std::vector<std::string> flags;
    for (const auto& [name, about] : node.commands) commands.push_back(Described(name, about));
    for (const auto& flag : node.flags) flags.push_back(Described(flag.name, flag.description));
    script += "    (" + Quoted(node.path) + ")\n      commands=(" + Joined(commands, " ") +
              ")\n      flags=(" + Joined(flags, " ") + ") ;;\n";
  }
  return script +
         "  esac\n"
         "  if [[ ${words[CURRENT]} == -* ]]; then _describe flag flags\n"
         "  elif (( $#commands )); then _describe command commands\n"
         "  else _files; fi\n"
         "}\n"
         "if [[ $funcstack[1] == _passend ]]; then _passend; else compdef _passend passend; fi\n";
}

std::string Fish(const std::vector<CompletionNode>& nodes) {
  std::vector<std::string> paths;
  for (const CompletionNode& node : nodes) {
    if (!node.path.empty()) paths.push_back(FishQuoted(node.path));
  }
  std::string script =
      "# fish completion for passend\n"
      "function __passend_at\n"
      "  set -l at ''\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    switch \"$at $word\"\n      case " +
      Joined(paths, " ") +
      "\n        set at \"$at $word\"\n    end\n  end\n  test \"$at\" = \"$argv[1]\"\nend\n";
  for (const CompletionNode& node : nodes) {
    const std::string at =
        "complete -c passend -n " + FishQuoted("__passend_at \"" + node.path + "\"");
    if (!node.takes_file) script += at + " -f\n";
    for (const auto& [name, description] : node.commands) {
      script += at + " -f -a " + name + " -d " + FishQuoted(Short(description)) + "\n";
    }
    for (const CompletionNode::Flag& flag : node.flags) {
      script += at + " -l " + flag.name.substr(2) + " -d " + FishQuoted(Short(flag.description));
      if (flag.takes_value) script += flag.takes_file ? " -r" : " -x";
      if (!flag.values.empty()) script += " -a " + FishQuoted(Joined(flag.values, " "));
      script += "\n";
    }
  }
  return script;
}

}  // namespace

std::string CompletionScript(const std::vector<CompletionNode>& nodes, Shell shell) {
  switch (shell) {
    case Shell::kBash:
      return Bash(nodes);
    case Shell::kZsh:
      return Zsh(nodes);
    case Shell::kFish:
      return Fish(nodes);
  }
  return "";
}

}  // namespace passend::client
