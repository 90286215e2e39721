#include <memory>
#include <optional>
#include <string>

#include "absl/time/clock.h"
#include "service/admin/offline.h"
#include "service/client/admin/admin_job.h"
#include "service/client/admin/admin_text.h"
#include "service/client/commands.h"
#include "service/client/progress.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kNumberMax = 1'000'000'000;

struct FileArguments {
  std::string folder;
  std::string target;
  std::string data;
  int number = 0;  // 0: not given
  service::KeyFiles keys;

  std::optional<uint32_t> backup() const {
    if (number == 0) return std::nullopt;
    return static_cast<uint32_t>(number);
  }
};

// Shows how far work on files is, and ends it where the user wants to stop.
class FileWork {
 public:
  FileWork(CommandContext& context, Word title) : context_(context), title_(title) {}

  storage::LongWork work() {
    return {[this](uint64_t done, uint64_t total) { Show(done, total); },
            context_.surroundings().stop_asked};
  }
  void End() { progress_.reset(); }

 private:
  void Show(uint64_t done, uint64_t total) {
    // What there is to do is known bit by bit: the bar is of all of it.
    if (total != total_) progress_.reset();
    total_ = total;
    if (!progress_) {
      progress_.emplace(context_.surroundings().err, context_.surroundings().err_is_terminal,
                        context_.error_style(), context_.Said(title_), static_cast<int64_t>(total));
    }
    progress_->Reach(static_cast<int64_t>(done));
  }

  CommandContext& context_;
  const Word title_;
  uint64_t total_ = 0;
  std::optional<Progress> progress_;
};

// What files and keys said no to, in their own words.
int Told(CommandContext& context, const absl::Status& status) {
  context.surroundings().err << context.Said(Word::kRefused, {std::string(status.message())})
                             << "\n";
  return kExitRefused;
}

int RunVerify(CommandContext& context, const FileArguments& arguments) {
  FileWork work(context, Word::kAdminReading);
  const auto verified =
      service::VerifyOffline(arguments.folder, arguments.backup(), arguments.keys, work.work());
  work.End();
  if (!verified.ok()) return Told(context, verified.status());
  if (context.settings().json) {
    for (const storage::VerifiedBackup& backup : verified->backups) {
      context.Show(JobOf(backup), "");
    }
  } else {
    context.surroundings().out << VerifiedText(context.style(), *verified);
  }
  return verified->whole() ? kExitOk : kExitRefused;
}

int RunRestore(CommandContext& context, const FileArguments& arguments) {
  FileWork work(context, Word::kAdminRestoring);
  const auto restored =
      service::RestoreOffline(arguments.folder, arguments.backup(), arguments.target,
                              arguments.keys, absl::Now, work.work());
  work.End();
  if (!restored.ok()) return Told(context, restored.status());
  context.Show(JobOf(*restored), RestoredText(context.style(), *restored, arguments.target));
  return kExitOk;
}

int RunScrub(CommandContext& context, const FileArguments& arguments) {
  if (arguments.data.empty()) return RunJob(context, v1::JOB_KIND_SCRUB);
  FileWork work(context, Word::kAdminReading);
  const auto checked = service::ScrubOffline(arguments.data, arguments.keys, work.work());
  work.End();
  if (!checked.ok()) return Told(context, checked.status());
  std::string text = JobText(context.style(), JobOf(*checked));
  if (checked->people_unread > 0) text += context.Said(Word::kAdminEncrypted) + "\n";
  context.Show(JobOf(*checked), text);
  return checked->whole() ? kExitOk : kExitRefused;
}

using RunOnFiles = int (*)(CommandContext&, const FileArguments&);

void Run(CLI::App& command, CommandContext& context, std::shared_ptr<FileArguments> arguments,
         RunOnFiles run) {
  command.callback([&context, arguments, run] {
    context.action = [&context, arguments, run] {
      if (arguments->keys.master_key_file.empty() != arguments->keys.key_folder.empty()) {
        return context.Misused(context.Said(Word::kAdminKeysTogether));
      }
      return run(context, *arguments);
    };
  });
}

void AddKeyOptions(CLI::App& command, CommandContext& context, FileArguments& arguments) {
  command
      .add_option("--master-key-file", arguments.keys.master_key_file,
                  context.Said(Word::kHelpAdminMasterKey))
      ->type_name("FILE");
  command
      .add_option("--key-folder", arguments.keys.key_folder,
                  context.Said(Word::kHelpAdminKeyFolder))
      ->type_name("DIR");
}

void AddFolder(CLI::App& command, CommandContext& context, FileArguments& arguments) {
  command.add_option("folder", arguments.folder, context.Said(Word::kHelpAdminFolder))
      ->required()
      ->type_name("DIR");
  command.add_option("--backup", arguments.number, context.Said(Word::kHelpAdminNumber))
      ->check(WholeNumber(context, "--backup", 1, kNumberMax))
      ->type_name("N");
}

}  // namespace

void AddAdminCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "admin", Word::kHelpAdmin);
  group->require_subcommand(1);
  group->footer(context.Said(Word::kHelpAdminExamples));

  CLI::App* command = AddCommand(*group, context, "backup", Word::kHelpAdminBackup);
  command->callback(
      [&context] { context.action = [&context] { return RunJob(context, v1::JOB_KIND_BACKUP); }; });

  auto verify = std::make_shared<FileArguments>();
  command = AddCommand(*group, context, "verify", Word::kHelpAdminVerify);
  AddFolder(*command, context, *verify);
  AddKeyOptions(*command, context, *verify);
  Run(*command, context, verify, RunVerify);

  auto restore = std::make_shared<FileArguments>();
  command = AddCommand(*group, context, "restore", Word::kHelpAdminRestore);
  AddFolder(*command, context, *restore);
  command->add_option("target", restore->target, context.Said(Word::kHelpAdminTarget))
      ->required()
      ->type_name("DIR");
  AddKeyOptions(*command, context, *restore);
  Run(*command, context, restore, RunRestore);

  auto scrub = std::make_shared<FileArguments>();
  command = AddCommand(*group, context, "scrub", Word::kHelpAdminScrub);
  command->add_option("--data", scrub->data, context.Said(Word::kHelpAdminData))->type_name("DIR");
  AddKeyOptions(*command, context, *scrub);
  Run(*command, context, scrub, RunScrub);
}

}  // namespace passend::client
