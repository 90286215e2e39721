#include "service/client/admin/admin_text.h"

#include <array>
#include <cstdio>
#include <vector>

#include "absl/time/time.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

std::string Said(const Style& style, Word word,
                 std::initializer_list<std::string_view> fills = {}) {
  return Say(style.language, word, fills) + "\n";
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", time, absl::UTCTimeZone());
}

std::string ProblemLines(const Style& style, const std::vector<std::string>& problems,
                         uint64_t count) {
  std::string text;
  for (const std::string& problem : problems) text += Said(style, Word::kAdminProblem, {problem});
  if (count > problems.size()) {
    text += Said(style, Word::kAdminMoreProblems, {std::to_string(count - problems.size())});
  }
  return text;
}

std::string BackupLines(const Style& style, const storage::VerifiedBackup& backup) {
  const storage::CheckedContents& has = backup.contents;
  if (backup.whole()) {
    return Said(
        style, Word::kAdminBackupWhole,
        {std::to_string(backup.number), TimeText(backup.made_at), std::to_string(has.head.sequence),
         std::to_string(backup.files), BytesText(backup.bytes), std::to_string(has.records),
         std::to_string(has.journal_entries)});
  }
  return Said(style, Word::kAdminBackupDamaged, {std::to_string(backup.number)}) +
         ProblemLines(style, backup.problems, backup.problems.size()) +
         ProblemLines(style, has.problems, has.problem_count);
}

}  // namespace

std::string BytesText(uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " bytes";
  constexpr std::array<const char*, 4> kUnits = {"kB", "MB", "GB", "TB"};
  double amount = static_cast<double>(bytes) / 1000;
  size_t unit = 0;
  while (amount >= 999.95 && unit + 1 < kUnits.size()) {
    amount /= 1000;
    ++unit;
  }
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.1f %s", amount, kUnits[unit]);
  return text.data();
}

std::string JobText(const Style& style, const v1::AdminJob& job) {
  if (job.problems_size() > 0) {
    return Said(style, Word::kAdminProblems, {std::to_string(job.problems_size())}) +
           ProblemLines(style, {job.problems().begin(), job.problems().end()}, 0);
  }
  if (job.kind() == v1::JOB_KIND_BACKUP) {
    return Said(
        style, Word::kAdminBackupMade,
        {std::to_string(job.backup()), std::to_string(job.sequence()),
         BytesText(static_cast<uint64_t>(job.new_bytes())), std::to_string(job.backups_kept())});
  }
  return Said(style, Word::kAdminScrubbed,
              {std::to_string(job.sequence()), std::to_string(job.records()),
               std::to_string(job.journal_entries())});
}

std::string VerifiedText(const Style& style, const storage::VerifiedFolder& folder) {
  std::string text;
  bool unread = false;
  for (const storage::VerifiedBackup& backup : folder.backups) {
    text += BackupLines(style, backup);
    unread = unread ||
             (backup.whole() && !backup.contents.keys.empty() && backup.contents.people_unread > 0);
  }
  if (!folder.problems.empty()) {
    text += Said(style, Word::kAdminProblems, {std::to_string(folder.problems.size())}) +
            ProblemLines(style, folder.problems, 0);
  }
  if (unread) text += Said(style, Word::kAdminEncrypted);
  if (folder.whole()) text += Said(style, Word::kAdminAllWhole);
  return text;
}

std::string RestoredText(const Style& style, const storage::RestoredBackup& restored,
                         const std::string& target) {
  std::string text = Said(style, Word::kAdminRestored,
                          {std::to_string(restored.number), TimeText(restored.made_at), target,
                           std::to_string(restored.head.sequence)});
  if (restored.erased_again > 0) {
    text += Said(style, Word::kAdminErasedAgain, {std::to_string(restored.erased_again)});
  }
  if (restored.erasures_since_unknown) text += Said(style, Word::kAdminErasedUnknown);
  return text;
}

v1::AdminJob JobOf(const storage::CheckedContents& checked) {
  v1::AdminJob job;
  job.set_kind(v1::JOB_KIND_SCRUB);
  job.set_state(checked.whole() ? v1::JOB_STATE_SUCCEEDED : v1::JOB_STATE_FAILED);
  for (const std::string& problem : checked.problems) job.add_problems(problem);
  job.set_sequence(static_cast<int64_t>(checked.head.sequence));
  job.set_records(static_cast<int64_t>(checked.records));
  job.set_journal_entries(static_cast<int64_t>(checked.journal_entries));
  return job;
}

v1::AdminJob JobOf(const storage::VerifiedBackup& backup) {
  v1::AdminJob job = JobOf(backup.contents);
  job.set_kind(v1::JOB_KIND_BACKUP);
  job.set_backup(backup.number);
  for (const std::string& problem : backup.problems) job.add_problems(problem);
  if (!backup.whole()) job.set_state(v1::JOB_STATE_FAILED);
  return job;
}

v1::AdminJob JobOf(const storage::RestoredBackup& restored) {
  v1::AdminJob job;
  job.set_kind(v1::JOB_KIND_BACKUP);
  job.set_state(v1::JOB_STATE_SUCCEEDED);
  job.set_backup(restored.number);
  job.set_sequence(static_cast<int64_t>(restored.head.sequence));
  return job;
}

}  // namespace passend::client
