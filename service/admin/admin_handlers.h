// What AdminService answers, without gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_ADMIN_ADMIN_HANDLERS_H_
#define PASSEND_SERVICE_ADMIN_ADMIN_HANDLERS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/admin_service.pb.h"
#include "service/admin/admin_jobs.h"
#include "service/admin/backup_watch.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/regular_call.h"
#include "storage/store.h"

namespace passend::service {

struct AdminSettings {
  // Where backups go. Empty: none are made, and StartBackup answers BACKUPS_OFF.
  std::string backup_folder;
  uint32_t backups_kept = 14;
  uint64_t backup_bytes_a_second = 0;  // 0: as many as can be
  // How old the newest backup gets before the server makes the next by itself. Zero: only when it
  // is asked.
  absl::Duration backup_interval = absl::ZeroDuration();
  // Told of each job that fails, from any thread: "backup" or "scrub".
  std::function<void(std::string_view kind)> job_failed = [](std::string_view) {};
  // The store on the disk, where the one that everything goes through is another one around it.
  // Null: it is that one.
  storage::Store* disk = nullptr;
};

// Thread safety: all methods may be called from any thread. Errors as in admin_service.proto.
class AdminHandlers {
 public:
  // `store` is the one on the disk, whatever is put around it elsewhere; it must outlive the
  // handlers. `log` takes lines from threads of their own.
  AdminHandlers(storage::Store& store, AdminSettings settings, std::function<absl::Time()> now,
                std::function<void(std::string_view line)> log);

  absl::StatusOr<v1::AdminJob> StartBackup(const CallContext& context,
                                           const v1::StartBackupRequest& request);
  absl::StatusOr<v1::AdminJob> StartScrub(const CallContext& context,
                                          const v1::StartScrubRequest& request);
  absl::StatusOr<v1::AdminJob> GetJob(const CallContext& context,
                                      const v1::GetJobRequest& request) const;

  void BindTo(MethodBindings& bindings);

  // Null where no backups are made.
  const BackupWatch* backup_watch() const { return backup_watch_.get(); }

 private:
  void BackUp(const storage::LongWork& work, v1::AdminJob& outcome);
  void Scrub(const storage::LongWork& work, v1::AdminJob& outcome);

  storage::Store& store_;
  const AdminSettings settings_;
  const std::function<absl::Time()> now_;
  std::unique_ptr<BackupWatch> backup_watch_;  // null: no backups are made
  AdminJobRunner backups_;
  AdminJobRunner scrubs_;
  std::unique_ptr<RegularCall> regular_;  // last: it ends before what it starts
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ADMIN_ADMIN_HANDLERS_H_
