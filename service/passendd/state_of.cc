#include "service/passendd/state_of.h"

#include "service/watch/process_figures.h"

namespace passend::service {
namespace {

// `of` is copied: what it refers to outlives the figures.
template <typename Value>
std::function<double()> Number(Value of) {
  return [of] { return static_cast<double>(of()); };
}

int64_t SecondsOf(absl::Time time) {
  return time == absl::InfinitePast() ? 0 : absl::ToUnixSeconds(time);
}

void AddBackups(const Watched& watched, std::vector<StateFigure>& figures) {
  if (const BackupWatch* backups = watched.assembly.backup_watch(); backups != nullptr) {
    figures.push_back({"passend_last_backup_timestamp_seconds",
                       "When the newest backup in the folder of backups was made; 0: there is none",
                       Number([backups] { return SecondsOf(backups->newest()); })});
    figures.push_back({"passend_backup_folder_writable",
                       "1 while backups can be written into their folder",
                       Number([backups] { return backups->writable(); })});
  }
  if (watched.last_key_copy == nullptr) return;
  figures.push_back({"passend_last_key_copy_timestamp_seconds",
                     "When people's keys were copied last; 0: they never were",
                     Number([copied = watched.last_key_copy] { return copied->load(); })});
}

}  // namespace

std::vector<StateFigure> StateOf(const Watched& watched) {
  const CallServer& calls = watched.calls;
  const Assembly& assembly = watched.assembly;
  const storage::Store& store = watched.store;
  const std::atomic<bool>& stopped = watched.store_stopped;
  const CommitFigures& commits = watched.commits;
  std::vector<StateFigure> figures = {
      ServingFigure(Number([&] { return calls.serving(); })),
      {"passend_store_takes_writes",
       "0 once the store stopped taking writes, and while its disk is full",
       Number([&] { return !stopped.load() && !commits.disk_full(); })},
      {"passend_calls_in_flight", "Calls and streams that were taken on and have not ended",
       Number([&] { return calls.in_flight(); })},
      {"passend_calls_waiting", "Prompt calls that wait for a thread",
       Number([&] { return calls.waiting(); })},
      {"passend_feed_readers", "Feeds that are open", Number([&] { return calls.feeds(); })},
      {"passend_push_streams", "Streams of pushes that are open",
       Number([&] { return calls.exchanges(); })},
      {"passend_unread_answers_bytes", "Answers of prompt calls that are on their way out",
       Number([&] { return calls.unread().bytes(); })},
      {"passend_answers_cut_off_total",
       "Answers that were not read in time, or while there was no room for others",
       Number([&] { return calls.unread().cut_off(); }),
       {},
       true},
      {"passend_open_files", "Connections and files that are open", Number(OpenFiles)},
      {"passend_open_files_max", "As many may be open", Number(OpenFilesMax)},
      {"passend_resident_bytes", "Memory that the process holds", Number(ResidentBytes)},
      {"passend_store_last_commit", "The last commit of the store",
       Number([&] { return store.LastSequence(); })},
      {"passend_index_commit", "The last commit that is in the index",
       Number([&] { return assembly.index_state().sequence; })},
      {"passend_index_lag_commits",
       "Commits that the index is behind those that matching waits for",
       Number([&] { return assembly.index_state().behind; })},
      {"passend_index_people", "People who can be matched",
       Number([&] { return assembly.index_state().people; })},
      {"passend_index_tasks", "Tasks that can be matched",
       Number([&] { return assembly.index_state().tasks; })},
      {"passend_audit_log_kept", "1 where looks and decisions are written down",
       Number([kept = watched.audit_log_kept] { return kept; })},
  };
  AddBackups(watched, figures);
  if (watched.keys == nullptr) return figures;
  const storage::PersonKeys& keys = *watched.keys;
  const char* help = "Keys of people, by what became of them";
  figures.push_back({"passend_person_keys",
                     help,
                     Number([&] { return keys.counts().live; }),
                     {{"state", "live"}}});
  figures.push_back({"passend_person_keys",
                     help,
                     Number([&] { return keys.counts().destroyed; }),
                     {{"state", "destroyed"}}});
  figures.push_back({"passend_person_keys",
                     help,
                     Number([&] { return keys.counts().damaged; }),
                     {{"state", "damaged"}}});
  return figures;
}

}  // namespace passend::service
