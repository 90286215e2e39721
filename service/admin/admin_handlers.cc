#include "service/admin/admin_handlers.h"

#include <utility>

#include "service/admin/record_check.h"
#include "service/errors/resource_errors.h"
#include "storage/backup/backups.h"
#include "storage/backup/scrub.h"

namespace passend::service {
namespace {

std::unique_ptr<BackupWatch> WatchOf(const AdminSettings& settings, std::function<absl::Time()> now,
                                     std::function<void(std::string_view line)> log) {
  if (settings.backup_folder.empty()) return nullptr;
  auto watch = std::make_unique<BackupWatch>(settings.backup_folder, settings.backup_interval,
                                             std::move(now), std::move(log));
  watch->Look();
  return watch;
}

}  // namespace

AdminHandlers::AdminHandlers(storage::Store& store, AdminSettings settings,
                             std::function<absl::Time()> now,
                             std::function<void(std::string_view line)> log)
    : store_(store),
      settings_(std::move(settings)),
      now_(std::move(now)),
      backup_watch_(WatchOf(settings_, now_, log)),
      backups_(
          v1::JOB_KIND_BACKUP,
          [this](const storage::LongWork& work, v1::AdminJob& outcome) { BackUp(work, outcome); },
          now_, log,
          [this](bool well) {
            if (!well) settings_.job_failed("backup");
            backup_watch_->Look();
          }),
      scrubs_(
          v1::JOB_KIND_SCRUB,
          [this](const storage::LongWork& work, v1::AdminJob& outcome) { Scrub(work, outcome); },
          now_, log,
          [this](bool well) {
            if (!well) settings_.job_failed("scrub");
          }) {
  if (backup_watch_ == nullptr) return;
  const absl::Duration interval = settings_.backup_interval;
  const bool often = interval > absl::ZeroDuration() && interval < kBackupLook;
  regular_ = std::make_unique<RegularCall>(often ? interval : kBackupLook, [this] {
    if (backup_watch_->IsDue()) backups_.Start();
  });
}

absl::StatusOr<v1::AdminJob> AdminHandlers::StartBackup(const CallContext& /*context*/,
                                                        const v1::StartBackupRequest& /*request*/) {
  if (settings_.backup_folder.empty()) return BackupsOff();
  return backups_.Start();
}

absl::StatusOr<v1::AdminJob> AdminHandlers::StartScrub(const CallContext& /*context*/,
                                                       const v1::StartScrubRequest& /*request*/) {
  return scrubs_.Start();
}

absl::StatusOr<v1::AdminJob> AdminHandlers::GetJob(const CallContext& /*context*/,
                                                   const v1::GetJobRequest& request) const {
  if (request.kind() == v1::JOB_KIND_SCRUB) return scrubs_.Get();
  if (settings_.backup_folder.empty()) return BackupsOff();
  return backups_.Get();
}

void AdminHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::StartBackupRequest, v1::AdminJob>(
      "passend.v1.AdminService.StartBackup",
      [this](const auto& context, const auto& request) { return StartBackup(context, request); });
  bindings.Bind<v1::StartScrubRequest, v1::AdminJob>(
      "passend.v1.AdminService.StartScrub",
      [this](const auto& context, const auto& request) { return StartScrub(context, request); });
  bindings.Bind<v1::GetJobRequest, v1::AdminJob>(
      "passend.v1.AdminService.GetJob",
      [this](const auto& context, const auto& request) { return GetJob(context, request); });
}

void AdminHandlers::BackUp(const storage::LongWork& work, v1::AdminJob& outcome) {
  storage::BackupSettings settings;
  settings.folder = settings_.backup_folder;
  settings.kept = settings_.backups_kept;
  settings.bytes_a_second = settings_.backup_bytes_a_second;
  settings.clock = now_;
  settings.work = work;
  const auto made = storage::MakeBackup(store_, settings);
  if (!made.ok()) {
    outcome.add_problems(std::string(made.status().message()));
    return;
  }
  outcome.set_sequence(static_cast<int64_t>(made->head.sequence));
  outcome.set_backup(made->number);
  outcome.set_new_bytes(static_cast<int64_t>(made->new_bytes));
  outcome.set_backups_kept(static_cast<int32_t>(made->kept));
}

void AdminHandlers::Scrub(const storage::LongWork& work, v1::AdminJob& outcome) {
  const auto checked = storage::ScrubStore(store_, {nullptr, NewRecordCheck, work});
  if (!checked.ok()) {
    outcome.add_problems(std::string(checked.status().message()));
    return;
  }
  for (const std::string& problem : checked->problems) outcome.add_problems(problem);
  outcome.set_sequence(static_cast<int64_t>(checked->head.sequence));
  outcome.set_records(static_cast<int64_t>(checked->records));
  outcome.set_journal_entries(static_cast<int64_t>(checked->journal_entries));
}

}  // namespace passend::service
