#include "service/client/sheet/sheet_import.h"

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "service/client/byte_source.h"
#include "service/client/labels.h"
#include "service/client/listing.h"
#include "service/client/patience.h"
#include "service/client/progress.h"
#include "service/client/request_id.h"
#include "service/client/sheet/sheet_mistakes.h"
#include "service/client/sheet/sheet_passport.h"
#include "service/client/sync/growing_file.h"
#include "service/client/sync/partner_import.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kPageSizeMax = 100;  // with their proofs they may be long

struct CoachCounts {
  int added = 0;
  int updated = 0;
  int unchanged = 0;
  int validations = 0;
  int revoked = 0;  // and left so
  int refused = 0;
};

class CoachImport {
 public:
  CoachImport(CommandContext& context, std::string path, std::string labels_path, Labels known,
              std::string run)
      : context_(context),
        path_(std::move(path)),
        labels_path_(std::move(labels_path)),
        known_(std::move(known)),
        run_(std::move(run)) {}

  // OK also where the server refused something; not where it could not be asked any more, nor where
  // it cannot be noted who is who.
  absl::Status Take(const SheetPerson& person) {
    const std::vector<std::string> names = known_.PassportsOf(person.reference);
    auto passport = names.empty() ? Create(person) : Update(person, names.front());
    if (!passport.ok()) return Refuse(person, person.row, "passport.", "", passport.status());
    if (names.empty()) {
      known_.Set(passport->name(), person.reference);
      if (absl::Status kept = known_.Write(labels_path_); !kept.ok()) return kept;
    }
    if (person.skills.empty()) return absl::OkStatus();
    std::vector<v1::Validation> known;
    if (!names.empty()) {
      auto all = ValidationsOf(passport->name());
      if (!all.ok()) return Refuse(person, person.row, "", "", all.status());
      known = *std::move(all);
    }
    for (std::size_t i = 0; i < person.skills.size(); ++i) {
      const KnownValidation found = FindValidation(known, person.skills[i].validation);
      counts_.revoked += found == KnownValidation::kRevoked ? 1 : 0;
      if (found != KnownValidation::kNew) continue;
      if (absl::Status done = Record(*passport, person, i); !done.ok()) return done;
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

  // Revoked ones too, of which a passport tells only beside others that stand.
  absl::StatusOr<std::vector<v1::Validation>> ValidationsOf(const std::string& passport) {
    v1::ListValidationsRequest request;
    request.set_parent(passport);
    auto all = ListUpTo<v1::ListValidationsResponse>(
        request, std::numeric_limits<int>::max(), kPageSizeMax,
        [&](const v1::ListValidationsRequest& page) {
          return Ask(context_.connection().validations(),
                     &v1::ValidationService::Stub::ListValidations, page);
        },
        [](v1::ListValidationsResponse& part) { return part.mutable_validations(); });
    if (!all.ok()) return all.status();
    return std::vector<v1::Validation>(all->validations().begin(), all->validations().end());
  }

  absl::Status Record(const v1::Passport& passport, const SheetPerson& person, std::size_t index) {
    const SheetSkill& skill = person.skills[index];
    v1::RecordValidationsRequest request;
    request.set_parent(passport.name());
    *request.add_validations() = skill.validation;
    // Of this request alone: what was recorded before is seen in the person's validations.
    request.set_request_id("csv-" + RandomRun());
    auto recorded = Ask(context_.connection().validations(),
                        &v1::ValidationService::Stub::RecordValidations, request);
    if (!recorded.ok()) {
      return Refuse(person, skill.row, "validations[0]",
                    "validations[" + std::to_string(index) + "]", recorded.status());
    }
    ++counts_.validations;
    return absl::OkStatus();
  }

  // What the request calls `asked` is `filled_in` in the person's cells.
  absl::Status Refuse(const SheetPerson& person, int row, const std::string& asked,
                      const std::string& filled_in, const absl::Status& status) {
    const Problem problem = ProblemFrom(status);
    if (ExitCodeOf(problem) == kExitUnreachable) return status;
    ++counts_.refused;
    for (const FieldProblem& found : problem.fields) {
      const bool ours = found.field.starts_with(asked);
      const std::string field = ours ? filled_in + found.field.substr(asked.size()) : found.field;
      refusals_ += MistakeText(context_.language(), path_,
                               MistakeOfField(context_.language(), person, field, found.allowed)) +
                   "\n";
    }
    if (!problem.fields.empty()) return absl::OkStatus();
    std::string what = ProblemText({.language = context_.language()}, problem, "", 0);
    while (what.ends_with('\n')) what.pop_back();
    refusals_ += context_.Said(Word::kSheetBadRow, {path_, std::to_string(row), what}) + "\n";
    return absl::OkStatus();
  }

  CommandContext& context_;
  const std::string path_;
  const std::string labels_path_;
  Labels known_;
  const std::string run_;
  CoachCounts counts_;
  std::string refusals_;
};

int ShowSummary(CommandContext& context, const CoachImport& import, const absl::Status& status) {
  const CoachCounts& counts = import.counts();
  context.surroundings().err << import.refusals();
  if (context.settings().json) {
    const nlohmann::ordered_json json = {
        {"added", counts.added},         {"updated", counts.updated},
        {"unchanged", counts.unchanged}, {"validations", counts.validations},
        {"revoked", counts.revoked},     {"refused", counts.refused}};
    context.surroundings().out << json.dump() << "\n";
  } else {
    context.surroundings().out << context.Said(
                                      Word::kSheetDone,
                                      {std::to_string(counts.added), std::to_string(counts.updated),
                                       std::to_string(counts.unchanged),
                                       std::to_string(counts.validations),
                                       std::to_string(counts.refused)})
                               << "\n";
    if (counts.revoked > 0) {
      context.surroundings().out << context.Said(Word::kSheetRevoked,
                                                 {std::to_string(counts.revoked)})
                                 << "\n";
    }
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
  CoachImport import(context, path, labels_path, std::move(*known), *run);
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
