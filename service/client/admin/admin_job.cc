#include "service/client/admin/admin_job.h"

#include <google/protobuf/util/message_differencer.h>

#include <optional>
#include <string>

#include "service/client/admin/admin_text.h"
#include "service/client/progress.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr double kLookSeconds = 0.2;

absl::StatusOr<v1::AdminJob> StartJob(Connection& connection, v1::JobKind kind) {
  if (kind == v1::JOB_KIND_BACKUP) {
    return connection.Call(connection.admin(), &v1::AdminService::Stub::StartBackup,
                           v1::StartBackupRequest());
  }
  return connection.Call(connection.admin(), &v1::AdminService::Stub::StartScrub,
                         v1::StartScrubRequest());
}

int Tell(CommandContext& context, const std::string& sentence, int exit_code) {
  context.surroundings().err << sentence << "\n";
  return exit_code;
}

// The server ends calls that it has taken on when it stops, and answers no others.
bool IsOfStoppedServer(const absl::Status& status) {
  return absl::IsCancelled(status) || absl::IsUnavailable(status);
}

}  // namespace

int RunJob(CommandContext& context, v1::JobKind kind) {
  Connection& connection = context.connection();
  auto job = StartJob(connection, kind);
  if (!job.ok()) return context.Fail(job.status());
  const google::protobuf::Timestamp start = job->start_time();
  const Word title = kind == v1::JOB_KIND_BACKUP ? Word::kAdminBackingUp : Word::kAdminReading;
  std::optional<Progress> progress;
  v1::GetJobRequest request;
  request.set_kind(kind);
  while (job->state() == v1::JOB_STATE_RUNNING) {
    if (!progress && job->total_bytes() > 0) {
      progress.emplace(context.surroundings().err, context.surroundings().err_is_terminal,
                       context.error_style(), context.Said(title), job->total_bytes());
    }
    if (progress) progress->Reach(job->done_bytes());
    if (!context.surroundings().wait_seconds(kLookSeconds)) {
      progress.reset();
      const char* command = kind == v1::JOB_KIND_BACKUP ? "backup" : "scrub";
      return Tell(context, context.Said(Word::kAdminJobGoesOn, {command}), kExitRefused);
    }
    job = connection.Call(connection.admin(), &v1::AdminService::Stub::GetJob, request);
    if (!job.ok()) {
      progress.reset();
      if (!IsOfStoppedServer(job.status())) return context.Fail(job.status());
      return Tell(context, context.Said(Word::kAdminServerStopped), kExitUnreachable);
    }
    if (!google::protobuf::util::MessageDifferencer::Equals(job->start_time(), start)) {
      return context.Fail(absl::AbortedError(context.Said(Word::kAdminJobGone)));
    }
  }
  progress.reset();
  context.Show(*job, JobText(context.style(), *job));
  return job->state() == v1::JOB_STATE_SUCCEEDED ? kExitOk : kExitRefused;
}

}  // namespace passend::client
