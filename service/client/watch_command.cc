#include <memory>
#include <optional>

#include "service/client/commands.h"
#include "service/client/json_output.h"
#include "service/client/match_question.h"
#include "service/client/rank_view.h"
#include "service/client/watch_changes.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

struct WatchArguments {
  std::string task;
  int every_seconds = 5;
  int times = 0;
  MatchFlags flags;
};

// Shows one answer: on a terminal the whole list again, with what changed below it; elsewhere the
// whole list once and after that only what changed.
void ShowAnswer(CommandContext& context, const std::optional<v1::FindCandidatesResponse>& before,
                const v1::FindCandidatesResponse& after, const WatchArguments& arguments) {
  Surroundings& surroundings = context.surroundings();
  if (context.settings().json) {
    surroundings.out << JsonLine(after) << std::flush;
    return;
  }
  const Style style = context.style();
  const Labels labels = context.labels();
  const bool redraw = surroundings.out_is_terminal;
  std::string text = redraw ? "\x1b[H\x1b[2J" : "";
  if (redraw || !before.has_value()) {
    const std::string every = std::to_string(arguments.every_seconds);
    text += Paint(style, Ink::kDim, context.Said(Word::kWatching, {arguments.task, every})) + "\n";
    text += CandidatesText(style, labels, after);
  }
  if (before.has_value()) {
    const auto changes = ChangesBetween(style, labels, *before, after);
    for (const std::string& change : changes) text += Paint(style, Ink::kYellow, change) + "\n";
    if (changes.empty() && redraw) text += context.Said(Word::kWatchSame) + "\n";
  }
  surroundings.out << text << std::flush;
}

int RunWatch(CommandContext& context, const WatchArguments& arguments) {
  auto request = SubjectOf(arguments.task);
  if (!request.ok()) return context.Fail(request.status());
  request->mutable_regions()->Assign(arguments.flags.regions.begin(),
                                     arguments.flags.regions.end());
  *request->mutable_options() = OptionsOf(context, arguments.flags);
  request->set_min_data_sequence(arguments.flags.min_data_sequence);
  std::optional<v1::FindCandidatesResponse> before;
  for (int asked = 1;; ++asked) {
    auto after = AskCandidates(context, *request, arguments.flags.top);
    if (!after.ok()) return context.Fail(after.status());
    ShowAnswer(context, before, *after, arguments);
    before = std::move(*after);
    if (asked == arguments.times || !context.OutputTaken()) return kExitOk;
    if (!context.surroundings().wait_seconds(arguments.every_seconds)) return kExitOk;
  }
}

}  // namespace

void AddWatchCommand(CLI::App& app, CommandContext& context) {
  auto watch = std::make_shared<WatchArguments>();
  CLI::App* command = AddCommand(app, context, "watch", Word::kHelpWatch);
  command->add_option("task", watch->task, context.Said(Word::kHelpTaskOrFile))
      ->required()
      ->type_name("TASK|FILE");
  AddMatchFlags(*command, context, watch->flags, true);
  command->add_option("--every", watch->every_seconds, context.Said(Word::kHelpEvery))
      ->type_name("SECONDS")
      ->check(WholeNumber(context, "--every", 1, 3600))
      ->capture_default_str();
  command->add_option("--times", watch->times, context.Said(Word::kHelpTimes))
      ->type_name("N")
      ->check(WholeNumber(context, "--times", 1, 1000000));
  command->callback([&context, watch] {
    context.action = [&context, watch] { return RunWatch(context, *watch); };
  });
}

}  // namespace passend::client
