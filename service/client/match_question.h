// What the matching commands have in common.
#ifndef PASSEND_SERVICE_CLIENT_MATCH_QUESTION_H_
#define PASSEND_SERVICE_CLIENT_MATCH_QUESTION_H_

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/match_service.pb.h"
#include "service/client/command_context.h"

namespace passend::client {

// The flags that every matching question has.
struct MatchFlags {
  std::vector<std::string> regions;
  int top = 10;
  std::string weights;  // four percentages
  std::string policy;
  std::string as_of_day;
  std::int64_t min_data_sequence = 0;
};

void AddMatchFlags(CLI::App& command, const CommandContext& context, MatchFlags& flags,
                   bool is_list);

// The flags as options of a request, in the context's language. The flags have been checked.
passend::v1::MatchOptions OptionsOf(const CommandContext& context, const MatchFlags& flags);

// A task as a subject: a file that ends in .json is read and asked about without being stored,
// anything else is a task's name. Errors of the file as ByteSource and ParseJson.
absl::StatusOr<passend::v1::FindCandidatesRequest> SubjectOf(const std::string& task);

// Asks, page after page, until `top` candidates or tasks are there, and joins the pages.
absl::StatusOr<passend::v1::FindCandidatesResponse> AskCandidates(
    CommandContext& context, passend::v1::FindCandidatesRequest request, int top);
absl::StatusOr<passend::v1::FindTasksResponse> AskTasks(CommandContext& context,
                                                        passend::v1::FindTasksRequest request,
                                                        int top);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_MATCH_QUESTION_H_
