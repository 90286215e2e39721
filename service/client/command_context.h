// What every command works with.
#ifndef PASSEND_SERVICE_CLIENT_COMMAND_CONTEXT_H_
#define PASSEND_SERVICE_CLIENT_COMMAND_CONTEXT_H_

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "service/client/connection.h"
#include "service/client/labels.h"
#include "service/client/problem.h"
#include "service/client/settings.h"

namespace passend::client {

// What a command works with. Built before the arguments are parsed; the connection and the style
// are made when a command first asks for them. Not thread-safe, but for what Connection says.
class CommandContext {
 public:
  CommandContext(Surroundings& surroundings, Language language)
      : surroundings_(surroundings), language_(language) {}

  Settings& settings() { return settings_; }
  Surroundings& surroundings() { return surroundings_; }
  Language language() const { return language_; }
  std::string language_code() const { return LanguageCode(language_); }
  Style style() const { return StyleOf(settings_, language_, surroundings_); }
  // The style of what goes to the error stream.
  Style error_style() const;
  Connection& connection();

  // The labels; with a line on the error stream, and none, where the file cannot be read.
  Labels labels();
  std::string labels_path() const { return LabelsPathOf(settings_, surroundings_); }

  // Says what went wrong and gives the exit code for it.
  int Fail(const absl::Status& status);

  // Says that an argument is not right; exit code 2.
  int Misused(const std::string& what);

  // Shows an answer: the message as JSON where that was asked, otherwise the text.
  int Show(const google::protobuf::Message& message, const std::string& text);

  // Whether all that was told so far was taken, and not lost to a full disk or to a reader who has
  // gone. A command that may go on for long asks after each time, and ends; that it did is said for
  // all commands at their end.
  bool OutputTaken() const { return static_cast<bool>(surroundings_.out.flush()); }

  // Says, where that was asked, which commit has what the command changed: on the error stream, so
  // that answers stay as they are.
  void TellSequence() const;

  std::string Said(Word word, std::initializer_list<std::string_view> fills = {}) const {
    return Say(language_, word, fills);
  }

  // What the chosen command does; set by the parser, called once after it.
  std::function<int()> action;

 private:
  Surroundings& surroundings_;
  Language language_;
  Settings settings_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_COMMAND_CONTEXT_H_
