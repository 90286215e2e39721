#include "service/client/match_question.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "service/client/byte_source.h"
#include "service/client/commands.h"
#include "service/client/dates.h"
#include "service/client/json_output.h"
#include "service/client/listing.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kTopMax = 1000;
constexpr int kPageSizeMax = 200;

std::optional<v1::DimensionWeights> ParseWeights(const std::string& text) {
  std::vector<int> percents;
  const char* next = text.data();
  const char* const end = next + text.size();
  while (next <= end) {
    int percent = 0;
    const auto read = std::from_chars(next, end, percent);
    const bool separated = read.ptr == end || *read.ptr == ',';
    if (read.ec != std::errc() || !separated || percent < 0 || percent > 100) return std::nullopt;
    percents.push_back(percent);
    next = read.ptr + 1;
  }
  if (percents.size() != 4 || percents[0] + percents[1] + percents[2] + percents[3] != 100) {
    return std::nullopt;
  }
  v1::DimensionWeights weights;
  weights.set_ability(percents[0] * 100);
  weights.set_wishes(percents[1] * 100);
  weights.set_pace(percents[2] * 100);
  weights.set_support(percents[3] * 100);
  return weights;
}

}  // namespace

void AddMatchFlags(CLI::App& command, const CommandContext& context, MatchFlags& flags,
                   bool is_list) {
  if (is_list) {
    command.add_option("--region", flags.regions, context.Said(Word::kHelpRegions))
        ->type_name("REGION")
        ->allow_extra_args(false);
    command.add_option("--top", flags.top, context.Said(Word::kHelpTop))
        ->type_name("N")
        ->check(WholeNumber(context, "--top", 1, kTopMax))
        ->capture_default_str();
  }
  command.add_option("--weights", flags.weights, context.Said(Word::kHelpWeights))
      ->type_name("A,W,P,S")
      ->check([&context](const std::string& text) {
        if (ParseWeights(text).has_value()) return std::string();
        return context.Said(Word::kAllowedWeights, {"--weights"});
      });
  command.add_option("--policy", flags.policy, context.Said(Word::kHelpPolicy))
      ->type_name("VERSION");
  command.add_option("--as-of", flags.as_of_day, context.Said(Word::kHelpAsOf))
      ->type_name("DAY")
      ->check(Day(context, "--as-of"));
  command
      .add_option("--min-data-sequence", flags.min_data_sequence,
                  context.Said(Word::kHelpMinDataSequence))
      ->type_name("COMMIT");
}

v1::MatchOptions OptionsOf(const CommandContext& context, const MatchFlags& flags) {
  v1::MatchOptions options;
  options.set_language_code(context.language_code());
  if (const auto weights = ParseWeights(flags.weights); weights.has_value()) {
    *options.mutable_weights() = *weights;
  }
  if (!flags.policy.empty()) options.set_policy(ResourceName("policies/", flags.policy));
  if (const auto day = ParseDay(flags.as_of_day); day.has_value()) {
    *options.mutable_as_of_time() = *day;
  }
  return options;
}

absl::StatusOr<v1::FindCandidatesRequest> SubjectOf(const std::string& task) {
  v1::FindCandidatesRequest request;
  if (!task.ends_with(".json")) {
    request.set_task(ResourceName("tasks/", task));
    return request;
  }
  auto json = ReadWholeFile(task);
  if (!json.ok()) return json.status();
  if (absl::Status parsed = ParseJson(*json, *request.mutable_inline_task()); !parsed.ok()) {
    return absl::InvalidArgumentError(task + ": " + std::string(parsed.message()));
  }
  return request;
}

absl::StatusOr<v1::FindCandidatesResponse> AskCandidates(CommandContext& context,
                                                         v1::FindCandidatesRequest request,
                                                         int top) {
  Connection& connection = context.connection();
  return ListUpTo<v1::FindCandidatesResponse>(
      std::move(request), top, kPageSizeMax,
      [&](const v1::FindCandidatesRequest& page) {
        return connection.Call(connection.matches(), &v1::MatchService::Stub::FindCandidates, page);
      },
      [](v1::FindCandidatesResponse& response) { return response.mutable_candidates(); });
}

absl::StatusOr<v1::FindTasksResponse> AskTasks(CommandContext& context,
                                               v1::FindTasksRequest request, int top) {
  Connection& connection = context.connection();
  return ListUpTo<v1::FindTasksResponse>(
      std::move(request), top, kPageSizeMax,
      [&](const v1::FindTasksRequest& page) {
        return connection.Call(connection.matches(), &v1::MatchService::Stub::FindTasks, page);
      },
      [](v1::FindTasksResponse& response) { return response.mutable_tasks(); });
}

}  // namespace passend::client
