// Errors of calls, read and told.
#ifndef PASSEND_SERVICE_CLIENT_PROBLEM_H_
#define PASSEND_SERVICE_CLIENT_PROBLEM_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "service/client/style.h"

namespace passend::client {

// Exit codes; they are promised in --help.
enum ExitCode : int {
  kExitOk = 0,
  kExitRefused = 1,      // the server or a file's content said no
  kExitUsage = 2,        // the command line is not right
  kExitUnreachable = 3,  // no server, no answer in time, or one that is starting or stopping
};

struct FieldProblem {
  std::string field;    // path from the request, such as passport.wishes.features[2].strength
  std::string allowed;  // what is allowed
};

// Why a call failed, out of the google.rpc.Status of its trailer.
struct Problem {
  absl::StatusCode code = absl::StatusCode::kUnknown;
  std::string message;  // the server's own words, for developers
  std::string reason;   // name of an ErrorReason; empty: no answer of a Passend server
  std::string trace;    // of an internal error
  std::vector<FieldProblem> fields;
  std::optional<double> retry_after_seconds;
};

// Where a call's status carries the bytes of the trailer `grpc-status-details-bin`.
inline constexpr char kDetailsPayload[] = "type.googleapis.com/google.rpc.Status";

// Reads it. Details that cannot be read are passed over: code and message remain.
Problem ProblemFrom(const absl::Status& status);

// The problem for people, in a few lines, each with its end. `server` and `timeout_seconds` say
// which server did not answer and how long it was given.
std::string ProblemText(const Style& style, const Problem& problem, const std::string& server,
                        double timeout_seconds);

ExitCode ExitCodeOf(const Problem& problem);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_PROBLEM_H_
