#include "service/client/sheet/sheet_import.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "service/client/byte_source.h"
#include "service/client/labels.h"
#include "service/client/patience.h"
#include "service/client/progress.h"
#include "service/client/request_id.h"
#include "service/client/sheet/sheet_passport.h"
#include "service/client/sync/growing_file.h"
#include "service/client/sync/partner_import.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

struct CoachCounts {
  int added = 0;
  int updated = 0;
  int unchanged = 0;
  int validations = 0;
  int refused = 0;
};

class CoachImport {
 public:
  CoachImport(CommandContext& context, std::string path, Labels known, std::string run)
      : context_(context), path_(std::move(path)), known_(std::move(known)), run_(std::move(run)) {}

  // OK also where the server refused something; not where it could not be asked any more, nor where
  // it cannot be noted who is who.
  absl::Status Take(const SheetPerson& person) {
    const std::vector<std::string> names = known_.PassportsOf(person.reference);
    auto passport = names.empty() ? Create(person) : Update(person, names.front());
    if (!passport.ok()) return Refuse(person.row, passport.status());
    if (names.empty()) {
      known_.Set(passport->name(), person.reference);
      if (absl::Status kept = known_.Write(path_); !kept.ok()) return kept;
    }
    for (const SheetSkill& skill : person.skills) {
      if (HasValidation(*passport, skill.validation)) continue;
      if (absl::Status done = Record(*passport, skill); !done.ok()) return done;
    }
    return absl::OkStatus();
  }

  const CoachCounts& counts() const { return counts_; }
  const std::string& refusals() const { return refusals_; }

 private:
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Ask(Stub& stub,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request) {
    return AskPatiently(context_.surroundings().wait_seconds,
                        [&] { return context_.connection().Call(stub, method, request); });
  }

  absl::StatusOr<v1::Passport> Create(const SheetPerson& person) {
    v1::CreatePassportRequest request;
    *request.mutable_passport() = person.passport;
    request.set_request_id(
        RequestIdOf("csv", {run_, person.reference, person.passport.SerializeAsString()}));
    auto passport =
        Ask(context_.connection().passports(), &v1::PassportService::Stub::CreatePassport, request);
    if (passport.ok()) ++counts_.added;
    return passport;
  }

  absl::StatusOr<v1::Passport> Update(const SheetPerson& person, const std::string& name) {
    v1::GetPassportRequest get;
    get.set_name(name);
    auto passport =
        Ask(context_.connection().passports(), &v1::PassportService::Stub::GetPassport, get);
    if (!passport.ok()) return passport;
    v1::UpdatePassportRequest request;
    *request.mutable_passport() = WithSheet(*passport, person.passport);
    if (SaysTheSame(*passport, request.passport())) {
      ++counts_.unchanged;
      return passport;
    }
    const v1::Passport& filled_in = person.passport;
    auto& mask = *request.mutable_update_mask();
    if (!filled_in.region().empty()) mask.add_paths("region");
    if (filled_in.has_wishes()) mask.add_paths("wishes");
    if (filled_in.paces_size() > 0) mask.add_paths("paces");
    if (filled_in.has_support()) mask.add_paths("support");
    auto updated =
        Ask(context_.connection().passports(), &v1::PassportService::Stub::UpdatePassport, request);
    if (!updated.ok()) return updated;
    ++counts_.updated;
    return passport;
  }

  absl::Status Record(const v1::Passport& passport, const SheetSkill& skill) {
    v1::RecordValidationsRequest request;
    request.set_parent(passport.name());
    *request.add_validations() = skill.validation;
    // Of this request alone: what was recorded before is seen in the passport, and what was revoked
    // since is to be recorded again.
    request.set_request_id("csv-" + RandomRun());
    auto recorded = Ask(context_.connection().validations(),
                        &v1::ValidationService::Stub::RecordValidations, request);
    if (!recorded.ok()) return Refuse(skill.row, recorded.status());
    ++counts_.validations;
    return absl::OkStatus();
  }

  absl::Status Refuse(int row, const absl::Status& status) {
    const Problem problem = ProblemFrom(status);
    if (ExitCodeOf(problem) == kExitUnreachable) return status;
    ++counts_.refused;
    std::string what = ProblemText({.language = context_.language()}, problem, "", 0);
    while (what.ends_with('\n')) what.pop_back();
    refusals_ += context_.Said(Word::kSheetBadRow, {path_, std::to_string(row), what}) + "\n";
    return absl::OkStatus();
  }

  CommandContext& context_;
  const std::string path_;  // of the labels
  Labels known_;
  const std::string run_;
  CoachCounts counts_;
  std::string refusals_;
};

int ShowSummary(CommandContext& context, const CoachImport& import, const absl::Status& status) {
  const CoachCounts& counts = import.counts();
  context.surroundings().err << import.refusals();
  if (context.settings().json) {
    const nlohmann::ordered_json json = {{"added", counts.added},
                                         {"updated", counts.updated},
                                         {"unchanged", counts.unchanged},
                                         {"validations", counts.validations},
                                         {"refused", counts.refused}};
    context.surroundings().out << json.dump() << "\n";
  } else {
    context.surroundings().out << context.Said(
                                      Word::kSheetDone,
                                      {std::to_string(counts.added), std::to_string(counts.updated),
                                       std::to_string(counts.unchanged),
                                       std::to_string(counts.validations),
                                       std::to_string(counts.refused)})
                               << "\n";
  }
  context.surroundings().out << std::flush;
  if (status.ok()) return counts.refused == 0 ? kExitOk : kExitRefused;
  const int code = context.Fail(status);
  context.surroundings().err << context.Said(Word::kLoadStopped) << "\n";
  return code;
}

// The run that stands in the file: of one that did not get everything done, or else a fresh one.
absl::StatusOr<std::string> RunIn(GrowingFile& file, const std::string& path) {
  auto run = ReadWholeFile(path);
  const std::string fresh = RandomRun();
  if (!run.ok() || run->size() == fresh.size()) return run;
  if (absl::Status cut = file.CutTo(0); !cut.ok()) return cut;
  if (absl::Status kept = file.Append(fresh); !kept.ok()) return kept;
  if (absl::Status kept = file.Flush(); !kept.ok()) return kept;
  return fresh;
}

}  // namespace

int ImportAsCoach(CommandContext& context, const std::string& path, const Sheet& sheet) {
  const std::string run_path = path + ".run";
  auto run_file = GrowingFile::Open(run_path);
  if (!run_file.ok()) return context.Fail(run_file.status());
  auto run = RunIn(*run_file, run_path);
  if (!run.ok()) return context.Fail(run.status());
  const std::string labels_path = path + ".passports.json";
  auto known = Labels::Read(labels_path);
  if (!known.ok()) return context.Fail(known.status());
  Surroundings& surroundings = context.surroundings();
  CoachImport import(context, labels_path, std::move(*known), *run);
  absl::Status status;
  {
    Progress progress(surroundings.err, surroundings.err_is_terminal, context.error_style(),
                      context.Said(Word::kSending), static_cast<std::int64_t>(sheet.people.size()));
    std::int64_t done = 0;
    for (const SheetPerson& person : sheet.people) {
      progress.Reach(done++);
      status = import.Take(person);
      if (!status.ok()) break;
    }
  }
  if (status.ok() && import.counts().refused == 0) {
    std::error_code error;
    std::filesystem::remove(run_path, error);
  }
  return ShowSummary(context, import, status);
}

}  // namespace passend::client
