#include "tests/service/audit/audit_world.h"

#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/text.h"
#include "tests/service/identity/signing_key.h"

namespace passend::service {
namespace {

int Below(std::mt19937_64& random, int limit) { return static_cast<int>(random() % limit); }

std::string SkillName(const std::string& skill) {
  return absl::StrCat("taxonomies/demo/concepts/", skill);
}

void Fill(v1::Passport& passport, std::mt19937_64& random) {
  passport.set_state(Below(random, 6) == 0 ? v1::PASSPORT_STATE_PAUSED : v1::PASSPORT_STATE_ACTIVE);
  passport.set_region(Below(random, 3) == 0 ? "utrecht" : "groningen");
  v1::Wishes& wishes = *passport.mutable_wishes();
  wishes.Clear();
  wishes.mutable_hours()->set_weekly_hours_min(4);
  wishes.mutable_hours()->set_weekly_hours_max(8 + Below(random, 24));
  v1::Wish& wish = *wishes.add_features();
  wish.set_feature(v1::WORK_FEATURE_GREEN);
  wish.set_attitude(Below(random, 3) == 0 ? v1::ATTITUDE_AVOIDS : v1::ATTITUDE_WANTS);
  wish.set_strength(1 + Below(random, 3));
  passport.mutable_support()->set_nothing_needed(true);
}

void Fill(v1::Task& task, const std::string& skill, std::mt19937_64& random) {
  task.Clear();
  task.set_employer("employers/garden");
  task.set_title("Garden help");
  task.mutable_carving()->set_method(v1::CARVING_METHOD_JOB_CARVING);
  v1::RequiredSkill& required = *task.add_required_skills();
  required.set_skill(SkillName(skill));
  required.set_level(1 + Below(random, 4));
  required.set_importance(5);
  required.set_learnable(true);
  task.add_features(v1::WORK_FEATURE_GREEN);
  task.set_participation_form(v1::PARTICIPATION_FORM_BASIC_JOB);
  task.mutable_hours()->set_start_weekly_hours(4 + Below(random, 16));
  task.mutable_place()->set_region("groningen");
  task.mutable_place()->set_remote(true);
  task.set_pay_form(v1::PAY_FORM_MINIMUM_WAGE);
  task.mutable_additionality()->set_ground(v1::ADDITIONALITY_GROUND_NOT_DONE_BEFORE);
  task.mutable_additionality()->set_statement("Nobody tended this garden.");
}

}  // namespace

Caller CallerAs(Role role, const std::string& tenant) {
  Caller caller;
  caller.peer = "unix:";
  caller.subject = "somebody";
  caller.role = role;
  caller.tenant = tenant;
  caller.proof = Proof::kToken;
  return caller;
}

Caller LocalCaller() {
  Caller caller;
  caller.peer = "unix:";
  caller.role = Role::kOperator;
  caller.proof = Proof::kLocal;
  return caller;
}

AuditWorld::AuditWorld(storage::Store& store, AuditSettings audit)
    : key_(IssuerKey::Parse(SigningKey::Ec().Pem(), {"https://passend.example.org", ""}).value()),
      assembly_(store, {[this] { return now(); }, SystemSurroundings().random_bytes}, {}, audit,
                {.key = key_.get(), .trusted = {}}) {
  const absl::Status started = assembly_.Start();
  EXPECT_TRUE(started.ok()) << started;
}

CallContext AuditWorld::ContextFor(std::string_view method, const Caller& caller) const {
  CallContext context;
  context.method = absl::StrCat("passend.v1.", ToAbsl(method));
  context.caller = caller;
  context.trace = kTrace;
  context.now = [] { return absl::Now(); };
  return context;
}

void AuditWorld::ImportSkills(const std::string& version,
                              const std::vector<std::string>& skills) const {
  const CallContext context = ContextFor("TaxonomyService.ImportTaxonomy", LocalCaller());
  v1::ImportTaxonomyRequest header;
  header.mutable_header()->mutable_taxonomy()->set_name("taxonomies/demo");
  header.mutable_header()->mutable_taxonomy()->set_display_name("Demo");
  header.mutable_header()->mutable_taxonomy()->set_version_label(version);
  v1::ImportTaxonomyRequest concepts;
  for (const std::string& skill : skills) {
    v1::Concept& entry = *concepts.mutable_concepts()->add_concepts();
    entry.set_name(SkillName(skill));
    entry.set_kind(v1::CONCEPT_KIND_SKILL);
    entry.add_labels()->set_language_code("en");
    entry.mutable_labels(0)->set_preferred(skill);
    // All are related to the first, so that another version ranks otherwise.
    if (version != "1" && skill != skills.front()) entry.add_related(SkillName(skills.front()));
  }
  v1::ImportTaxonomyRequest end;
  end.mutable_end()->set_concept_count(static_cast<int32_t>(skills.size()));
  auto stream = assembly_.bindings().Open(context);
  ASSERT_TRUE(stream.ok()) << stream.status();
  for (const auto& part : {header, concepts, end}) {
    const absl::Status added = (*stream)->Add(context, part.SerializeAsString());
    ASSERT_TRUE(added.ok()) << added;
  }
  const auto finished = (*stream)->Finish(context);
  ASSERT_TRUE(finished.ok()) << finished.status();
}

std::string AuditWorld::CreatePassport(std::mt19937_64& random) const {
  v1::CreatePassportRequest request;
  Fill(*request.mutable_passport(), random);
  const auto created = Call<v1::Passport>("PassportService.CreatePassport", request);
  EXPECT_TRUE(created.ok()) << created.status();
  return created.ok() ? created->name() : "";
}

void AuditWorld::UpdatePassport(const std::string& name, std::mt19937_64& random) const {
  v1::UpdatePassportRequest request;
  Fill(*request.mutable_passport(), random);
  request.mutable_passport()->set_name(name);
  const auto updated = Call<v1::Passport>("PassportService.UpdatePassport", request);
  EXPECT_TRUE(updated.ok()) << updated.status();
}

void AuditWorld::Record(const std::string& passport, const std::string& skill, int level) const {
  v1::RecordValidationsRequest request;
  request.set_parent(passport);
  v1::Validation& validation = *request.add_validations();
  validation.set_skill(SkillName(skill));
  validation.set_level(level);
  validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
  const auto recorded =
      Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request);
  EXPECT_TRUE(recorded.ok()) << recorded.status();
}

void AuditWorld::Erase(const std::string& passport) const {
  v1::ErasePassportRequest request;
  request.set_name(passport);
  const auto erased = Call<v1::ErasePassportResponse>("PassportService.ErasePassport", request);
  EXPECT_TRUE(erased.ok()) << erased.status();
}

std::string AuditWorld::CreateTask(const std::string& skill, std::mt19937_64& random) const {
  v1::CreateTaskRequest request;
  Fill(*request.mutable_task(), skill, random);
  const auto created = Call<v1::Task>("TaskService.CreateTask", request);
  EXPECT_TRUE(created.ok()) << created.status();
  return created.ok() ? created->name() : "";
}

void AuditWorld::UpdateTask(const std::string& name, std::mt19937_64& random) const {
  v1::UpdateTaskRequest request;
  request.mutable_task()->set_name(name);
  request.mutable_task()->mutable_hours()->set_start_weekly_hours(4 + Below(random, 16));
  request.mutable_update_mask()->add_paths("hours");
  const auto updated = Call<v1::Task>("TaskService.UpdateTask", request);
  EXPECT_TRUE(updated.ok()) << updated.status();
}

v1::FindCandidatesResponse AuditWorld::FindCandidates(
    const v1::FindCandidatesRequest& request) const {
  const auto found = Call<v1::FindCandidatesResponse>("MatchService.FindCandidates", request);
  EXPECT_TRUE(found.ok()) << found.status();
  return found.value_or(v1::FindCandidatesResponse());
}

std::vector<v1::AccessLogEntry> AuditWorld::LogOf(const std::string& parent,
                                                  const Caller& caller) const {
  std::vector<v1::AccessLogEntry> entries;
  v1::ListAccessLogRequest request;
  request.set_parent(parent);
  do {
    const auto page =
        Call<v1::ListAccessLogResponse>("AuditService.ListAccessLog", request, caller);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) break;
    entries.insert(entries.end(), page->entries().begin(), page->entries().end());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return entries;
}

std::vector<std::string> AuditWorld::Decisions() const {
  std::vector<std::string> names;
  v1::ListDecisionsRequest request;
  do {
    const auto page = Call<v1::ListDecisionsResponse>("AuditService.ListDecisions", request);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) break;
    for (const v1::Decision& decision : page->decisions()) names.push_back(decision.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return names;
}

v1::ReplayResponse AuditWorld::Replay(const std::string& decision) const {
  v1::ReplayRequest request;
  request.set_name(decision);
  const auto replayed = Call<v1::ReplayResponse>("AuditService.Replay", request);
  EXPECT_TRUE(replayed.ok()) << replayed.status();
  return replayed.value_or(v1::ReplayResponse());
}

v1::CheckAccessLogResponse AuditWorld::Check(const v1::CheckAccessLogRequest& request) const {
  const auto checked = Call<v1::CheckAccessLogResponse>("AuditService.CheckAccessLog", request);
  EXPECT_TRUE(checked.ok()) << checked.status();
  return checked.value_or(v1::CheckAccessLogResponse());
}

}  // namespace passend::service
