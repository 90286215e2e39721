#include <memory>

#include "service/client/commands.h"
#include "service/client/explain_view.h"
#include "service/client/json_output.h"
#include "service/client/match_question.h"
#include "service/client/rank_view.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

struct RankArguments {
  std::string task;
  bool explain = false;
  MatchFlags flags;
};

absl::StatusOr<v1::ExplainMatchResponse> Explain(CommandContext& context,
                                                 const std::string& passport,
                                                 const v1::FindCandidatesRequest& subject,
                                                 const v1::MatchOptions& options,
                                                 std::int64_t min_data_sequence) {
  v1::ExplainMatchRequest request;
  request.set_min_data_sequence(min_data_sequence);
  request.set_passport(passport);
  if (subject.has_inline_task()) {
    *request.mutable_inline_task() = subject.inline_task();
  } else {
    request.set_task(subject.task());
  }
  *request.mutable_options() = options;
  Connection& connection = context.connection();
  return connection.Call(connection.matches(), &v1::MatchService::Stub::ExplainMatch, request);
}

std::string SubjectName(const v1::FindCandidatesRequest& subject) {
  return subject.has_inline_task() ? subject.inline_task().title() : subject.task();
}

std::string LabelledPassport(const Labels& labels, const std::string& passport) {
  const std::string label = labels.LabelOf(passport);
  return label.empty() ? passport : label + " (" + passport + ")";
}

int RunRank(CommandContext& context, const RankArguments& arguments) {
  auto request = SubjectOf(arguments.task);
  if (!request.ok()) return context.Fail(request.status());
  request->mutable_regions()->Assign(arguments.flags.regions.begin(),
                                     arguments.flags.regions.end());
  *request->mutable_options() = OptionsOf(context, arguments.flags);
  request->set_min_data_sequence(arguments.flags.min_data_sequence);
  auto response = AskCandidates(context, *request, arguments.flags.top);
  if (!response.ok()) return context.Fail(response.status());
  const Labels labels = context.labels();
  context.Show(*response, CandidatesText(context.style(), labels, *response));
  if (!arguments.explain) return kExitOk;
  // The pairs are explained with the policy and for the day of the list.
  v1::MatchOptions options = request->options();
  options.set_policy(response->basis().policy());
  *options.mutable_as_of_time() = response->basis().as_of_time();
  for (const v1::Candidate& candidate : response->candidates()) {
    if (candidate.passport().empty()) continue;
    auto explained =
        Explain(context, candidate.passport(), *request, options, request->min_data_sequence());
    if (!explained.ok()) return context.Fail(explained.status());
    context.Show(*explained,
                 "\n" + ExplainText(context.style(), LabelledPassport(labels, candidate.passport()),
                                    SubjectName(*request), explained->fit()));
  }
  return kExitOk;
}

int RunTasksFor(CommandContext& context, const std::string& person, const MatchFlags& flags) {
  v1::FindTasksRequest request;
  auto passport = PassportName(person, context.labels(), context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  request.set_passport(*std::move(passport));
  request.mutable_regions()->Assign(flags.regions.begin(), flags.regions.end());
  *request.mutable_options() = OptionsOf(context, flags);
  request.set_min_data_sequence(flags.min_data_sequence);
  auto response = AskTasks(context, request, flags.top);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, TasksText(context.style(), *response));
}

int RunExplain(CommandContext& context, const std::string& person, const std::string& task,
               const MatchFlags& flags) {
  auto subject = SubjectOf(task);
  if (!subject.ok()) return context.Fail(subject.status());
  const Labels labels = context.labels();
  const auto passport = PassportName(person, labels, context.language());
  if (!passport.ok()) return context.Fail(passport.status());
  auto response =
      Explain(context, *passport, *subject, OptionsOf(context, flags), flags.min_data_sequence);
  if (!response.ok()) return context.Fail(response.status());
  const Style style = context.style();
  return context.Show(*response, ExplainText(style, LabelledPassport(labels, *passport),
                                             SubjectName(*subject), response->fit()) +
                                     "\n" + BasisText(style, response->basis()) + "\n");
}

}  // namespace

void AddMatchCommands(CLI::App& app, CommandContext& context) {
  auto rank = std::make_shared<RankArguments>();
  CLI::App* command = AddCommand(app, context, "rank", Word::kHelpRank);
  command->footer(context.Said(Word::kHelpRankExamples));
  command->add_option("task", rank->task, context.Said(Word::kHelpTaskOrFile))
      ->required()
      ->type_name("TASK|FILE");
  AddMatchFlags(*command, context, rank->flags, true);
  command->add_flag("--explain", rank->explain, context.Said(Word::kHelpRankExplain));
  command->callback(
      [&context, rank] { context.action = [&context, rank] { return RunRank(context, *rank); }; });

  auto person = std::make_shared<std::string>();
  auto flags = std::make_shared<MatchFlags>();
  command = AddCommand(app, context, "tasks-for", Word::kHelpTasksFor);
  command->add_option("passport", *person, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  AddMatchFlags(*command, context, *flags, true);
  command->callback([&context, person, flags] {
    context.action = [&context, person, flags] { return RunTasksFor(context, *person, *flags); };
  });

  auto task = std::make_shared<std::string>();
  auto explained = std::make_shared<std::string>();
  auto explain_flags = std::make_shared<MatchFlags>();
  command = AddCommand(app, context, "explain", Word::kHelpExplain);
  command->add_option("passport", *explained, context.Said(Word::kHelpPassport))
      ->required()
      ->type_name("PASSPORT");
  command->add_option("task", *task, context.Said(Word::kHelpTaskOrFile))
      ->required()
      ->type_name("TASK|FILE");
  AddMatchFlags(*command, context, *explain_flags, false);
  command->callback([&context, explained, task, explain_flags] {
    context.action = [&context, explained, task, explain_flags] {
      return RunExplain(context, *explained, *task, *explain_flags);
    };
  });
}

}  // namespace passend::client
