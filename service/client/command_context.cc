#include "service/client/command_context.h"

#include "service/client/json_output.h"

namespace passend::client {

Style CommandContext::error_style() const {
  Style result = style();
  if (settings_.color == "auto" && !surroundings_.err_is_terminal) result.color = false;
  return result;
}

void CommandContext::TellSequence() const {
  if (!settings_.tell_sequence || connection_ == nullptr) return;
  if (const std::int64_t sequence = connection_->told_sequence(); sequence > 0) {
    surroundings_.err << "passend-data-sequence: " << sequence << "\n";
  }
}

Connection& CommandContext::connection() {
  if (connection_ == nullptr) {
    connection_ = std::make_unique<Connection>(ServerOf(settings_, surroundings_), settings_);
  }
  return *connection_;
}

Labels CommandContext::labels() {
  const std::string path = labels_path();
  if (path.empty()) return Labels();
  auto labels = Labels::Read(path);
  if (labels.ok()) return std::move(*labels);
  surroundings_.err << Said(Word::kLabelsUnreadable, {path, std::string(labels.status().message())})
                    << "\n";
  return Labels();
}

int CommandContext::Fail(const absl::Status& status) {
  const Problem problem = ProblemFrom(status);
  const double seconds =
      settings_.timeout_seconds > 0 ? settings_.timeout_seconds : kCallTimeoutSeconds;
  surroundings_.err << ProblemText(error_style(), problem, ServerOf(settings_, surroundings_),
                                   seconds);
  return ExitCodeOf(problem);
}

int CommandContext::Misused(const std::string& what) {
  surroundings_.err << Said(Word::kWrongUsage, {what}) << "\n"
                    << Said(Word::kSeeHelp, {"passend"}) << "\n";
  return kExitUsage;
}

int CommandContext::Show(const google::protobuf::Message& message, const std::string& text) {
  surroundings_.out << (settings_.json ? JsonLine(message) : text) << std::flush;
  return kExitOk;
}

}  // namespace passend::client
