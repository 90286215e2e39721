// passendd: opens the store, starts everything that answers, serves until it is told to stop.
#include <prometheus/registry.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/stubs/logging.h"
#include "service/call/call_server.h"
#include "service/passendd/assembly.h"
#include "service/passendd/credential_files.h"
#include "service/passendd/grpc_server.h"
#include "service/passendd/identity_parts.h"
#include "service/passendd/key_backups.h"
#include "service/passendd/logs.h"
#include "service/passendd/people_keys.h"
#include "service/passendd/ready_file.h"
#include "service/passendd/self_check.h"
#include "service/passendd/serving_switch.h"
#include "service/passendd/settings.h"
#include "service/passendd/state_of.h"
#include "service/records/erasure_batch.h"
#include "service/regular_call.h"
#include "service/surroundings.h"
#include "service/sync/partner_records.h"
#include "service/watch/call_figures.h"
#include "service/watch/commit_figures.h"
#include "service/watch/connection_figures.h"
#include "service/watch/figures_server.h"
#include "service/watch/job_figures.h"
#include "service/watch/process_figures.h"
#include "service/watch/starting_figures.h"
#include "storage/backup/backup_folder.h"
#include "storage/master_key_file.h"
#include "storage/rocksdb_store.h"

namespace passend::service {
namespace {

constexpr int kFailed = 1;

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "passendd: %s\n", std::string(status.message()).c_str());
  return kFailed;
}

// Blocked before any thread starts, so that only WaitForStop takes them.
sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

void WaitForStop(const sigset_t& signals) {
  int signal = 0;
  sigwait(&signals, &signal);
}

// An answer whose looks are written down waits for the disk: meanwhile others are made, and what
// waits together is synced together.
constexpr size_t kThreadsAProcessorWithAuditLog = 16;

size_t ThreadsOf(const Settings& settings) {
  if (settings.threads > 0) return static_cast<size_t>(settings.threads);
  const size_t processors = std::max(1u, std::thread::hardware_concurrency());
  return settings.keeps_audit_log() ? processors * kThreadsAProcessorWithAuditLog : processors;
}

int AddMasterKey(const Settings& settings) {
  const absl::Status added =
      storage::MasterKeyFile::AddKey(settings.master_key_file, storage::SystemRandom());
  if (!added.ok()) return Fail(added);
  std::printf(
      "A new master key is in %s. A running server takes it over within seconds, says so in its "
      "log, and copies people's keys under it. Copies made before are under the lines before it: "
      "keep those for as long as such a copy is kept (--key-backup-days, %d).\n",
      settings.master_key_file.c_str(), settings.key_backup_days);
  return EXIT_SUCCESS;
}

storage::OpenOptions StoreOptionsOf(const Settings& settings) {
  storage::OpenOptions options;
  options.directory = settings.data;
  options.must_exist = settings.require_data;
  options.adopt_without_anchor = settings.adopt_without_anchor;
  options.memory_bytes = static_cast<size_t>(settings.store_megabytes) * 1'000'000;
  return options;
}

int Serve(const Settings& settings, CallLog& log, const sigset_t& stop_signals) {
  const Surroundings surroundings = SystemSurroundings();
  const auto log_line = [&](std::string_view line) { LogEvent(surroundings.now(), line); };
  auto identity = IdentityParts::Open(settings, surroundings.now, log_line);
  if (!identity.ok()) return Fail(identity.status());
  auto credentials = CredentialFiles::Open(settings, log_line);
  if (!credentials.ok()) return Fail(credentials.status());
  // Before the store, which may take its time: whoever watches sees that it starts.
  const auto registry = std::make_shared<prometheus::Registry>();
  const auto state = std::make_shared<StartingFigures>();
  std::unique_ptr<FiguresServer> figures;
  if (!settings.metrics_listen.empty()) {
    auto listening = FiguresServer::Listen(settings.metrics_listen, {registry, state});
    if (!listening.ok()) return Fail(listening.status());
    figures = *std::move(listening);
  }
  storage::OpenOptions options = StoreOptionsOf(settings);
  options.clock = surroundings.now;
  std::unique_ptr<PeopleKeys> people_keys;
  std::set<std::string> erased_again;
  if (settings.master_key_file.empty()) {
    log_line("store: people's records are not encrypted; see --master-key-file");
  } else {
    auto opened = PeopleKeys::Open(
        {settings.master_key_file, KeyFolderOf(settings), settings.make_master_key}, log_line);
    if (!opened.ok()) return Fail(opened.status());
    people_keys = *std::move(opened);
    options.keys = people_keys->keys();
    options.erasure_of = [&](const std::string& person) {
      log_line("store: an erasure is done again that this database did not know of");
      erased_again.insert(person);
      return ErasureBatch(PassportName{person}, surroundings.now());
    };
    options.encrypting = [&](size_t records) {
      log_line(absl::StrCat("store: ", records, " records encrypted"));
    };
  }
  ServingSwitch serving;
  std::atomic<bool> store_stopped = false;
  options.stopped_writing = [&](const absl::Status& why) {
    store_stopped.store(true);
    log_line(absl::StrCat("ERROR: ", why.message()));
    serving.Stop();
  };
  // Keys that are older than a backup cannot read all of it.
  std::optional<KeyBackups> key_backups;
  options.backed_up = [&] {
    if (key_backups) key_backups->CopyAfter(surroundings.now());
  };
  auto store = storage::OpenRocksDbStore(std::move(options));
  if (!store.ok()) return Fail(store.status());
  if (!erased_again.empty()) {
    absl::Status unlinked = EraseLinksTo(**store, erased_again);
    if (!unlinked.ok()) return Fail(unlinked);
  }
  std::atomic<int64_t> last_key_copy = 0;
  std::unique_ptr<RegularCall> copying_keys;
  if (people_keys != nullptr && !settings.key_backup_folder.empty()) {
    key_backups.emplace(people_keys->keys(), settings.key_backup_folder,
                        absl::Hours(24) * settings.key_backup_days, surroundings.now, log_line);
    // A server may have been stopped between a backup and the copy that goes with it.
    key_backups->CopyAfter(
        storage::NewestBackupTime(settings.backup_folder).value_or(absl::InfinitePast()));
    const auto refresh = [&] {
      key_backups->Refresh();
      const absl::Time copied = key_backups->Newest();
      last_key_copy = copied == absl::InfinitePast() ? 0 : absl::ToUnixSeconds(copied);
    };
    refresh();
    copying_keys = std::make_unique<RegularCall>(kKeyBackupLook, refresh);
  }
  std::unique_ptr<RegularCall> following_keys;
  if (people_keys != nullptr) {
    following_keys = std::make_unique<RegularCall>(kMasterKeyInterval, [&] {
      if (people_keys->Refresh() && key_backups) key_backups->Refresh();
    });
  }
  CallFigures calls_log(log, *registry);
  CommitFigures counted_store(**store, *registry);
  JobFigures jobs(*registry);
  Assembly assembly(
      counted_store, surroundings,
      {.record_exposure = settings.record_exposure,
       .shadow_check_one_in = settings.shadow_check_one_in,
       .log = log_line,
       .stopped = [&serving] { serving.Stop(); }},
      {.keep = settings.keeps_audit_log(), .kept_for = absl::Hours(24) * settings.audit_days},
      (*credentials)->parts(),
      {.backup_folder = settings.backup_folder,
       .backups_kept = static_cast<uint32_t>(settings.backups_kept),
       .backup_bytes_a_second =
           static_cast<uint64_t>(settings.backup_megabytes_a_second) * 1'000'000,
       .backup_interval = absl::Hours(settings.backup_hours),
       .job_failed = [&jobs](std::string_view kind) { jobs.CountFailed(kind); },
       .disk = store->get()});
  const CallLimits limits{static_cast<size_t>(settings.message_bytes_max),
                          static_cast<size_t>(settings.calls_in_flight_max),
                          ThreadsOf(settings),
                          kExchangeIdleMax,
                          static_cast<size_t>(settings.pushes_max),
                          static_cast<size_t>(settings.feeds_max)};
  CallServer calls(limits, assembly.bindings(), (*identity)->authorizer(), calls_log, surroundings,
                   [&store] { return (*store)->LastSequence(); });
  prometheus::Counter& turned_away = ConnectionsTurnedAway(*registry);
  auto server =
      GrpcServer::Listen(settings.listen, limits.message_bytes_max, calls,
                         (*identity)->credentials(), [&turned_away] { turned_away.Increment(); });
  if (!server.ok()) return Fail(server.status());
  if (absl::Status started = assembly.Start(); !started.ok()) return Fail(started);
  const storage::PersonKeys* keys = people_keys == nullptr ? nullptr : people_keys->keys().get();
  const Watched watched{calls,
                        assembly,
                        **store,
                        store_stopped,
                        counted_store,
                        keys,
                        settings.keeps_audit_log(),
                        key_backups ? &last_key_copy : nullptr};
  state->Put(std::make_shared<StateFigures>(StateOf(watched)));
  const absl::Cleanup not_watched_any_more = [&state] { state->Put(nullptr); };
  log_line(SelfCheckOf(watched));

  serving.Open([&server](bool is_serving) { (*server)->SetServing(is_serving); });
  ReadyFile ready(settings.ready_file);
  if (absl::Status written = ready.Write((*server)->address()); !written.ok()) {
    serving.Close();
    return Fail(written);
  }
  std::printf("passendd serves %s from %s; stop it with SIGTERM\n", (*server)->address().c_str(),
              settings.data.c_str());
  std::fflush(stdout);
  WaitForStop(stop_signals);
  serving.Close();
  (*server)->Drain(absl::Seconds(settings.drain_seconds));
  return EXIT_SUCCESS;
}

int Main(int argc, char** argv) {
  const CommandLine line = ReadCommandLine(argc, argv);
  if (!line.run) {
    std::fputs(line.text.c_str(), line.exit_code == 0 ? stdout : stderr);
    return line.exit_code;
  }
  if (line.settings.add_master_key) return AddMasterKey(line.settings);
  umask(S_IRWXO | S_IWGRP);  // what is kept is personal
  // Lines of the libraries are neither ours nor JSON; what they tell comes back as an error too.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  AllowMostOpenFiles();
  google::protobuf::SetLogHandler(nullptr);
  // A write beyond the limit for files is an error of that write, not the end of the process.
  std::signal(SIGXFSZ, SIG_IGN);
  // Likewise a line of the log that nobody reads any more.
  std::signal(SIGPIPE, SIG_IGN);
  // Debian's Abseil looks for deadlocks at every lock, which is for tests: they leave it on.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const sigset_t stop_signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  std::unique_ptr<CallLog> log = StartLogs(line.settings.log_level);
  const int exit_code = Serve(line.settings, *log, stop_signals);
  log.reset();  // hands on the last lines
  EndLogs();
  return exit_code;
}

}  // namespace
}  // namespace passend::service

int main(int argc, char** argv) { return passend::service::Main(argc, argv); }
