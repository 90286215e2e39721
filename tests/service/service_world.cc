#include "tests/service/service_world.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/records/stored_message.h"
#include "service/text.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

constexpr char kWholePassport[] = R"(
  region: "groningen"
  wishes {
    features { feature: WORK_FEATURE_GREEN attitude: ATTITUDE_WANTS strength: 3 }
    features { feature: WORK_FEATURE_NOISE attitude: ATTITUDE_NEVER }
    participation_forms: PARTICIPATION_FORM_BASIC_JOB
    hours { weekly_hours_min: 16 weekly_hours_max: 24 }
    schedule { blocks { day: WEEKDAY_MONDAY start_hour: 9 end_hour: 13 } }
    travel {
      home { latitude_centidegrees: 5321 longitude_centidegrees: 656 }
      minutes_max: 30
      means: TRAVEL_MEANS_CYCLING
    }
  }
  paces { kind: WORK_KIND_GREEN tempo_percent: 80 basis: PACE_BASIS_MEASURED place: "park" }
  support {
    needs { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR amount_percent: 20 brought_along_percent: 5 }
  }
)";

constexpr char kWholeTask[] = R"(
  employer: "employers/zorghuis"
  title: "Tuinhulp"
  carving { method: CARVING_METHOD_JOB_CARVING carved_from: "hovenier" }
  sub_tasks { title: "vegen" hours_share_percent: 60 }
  sub_tasks { title: "planten" hours_share_percent: 40 }
  required_skills {
    skill: "taxonomies/demo/concepts/sweeping" level: 2 importance: 4 learnable: true
  }
  features: WORK_FEATURE_GREEN
  kind: WORK_KIND_GREEN
  pace { tempo_percent: 60 }
  support_offers { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR amount_percent: 30 }
  participation_form: PARTICIPATION_FORM_BASIC_JOB
  hours { start_weekly_hours: 16 growth_weekly_hours: 24 shared_weekly_hours_min: 8 }
  schedule { blocks { day: WEEKDAY_MONDAY start_hour: 8 end_hour: 17 } }
  place { region: "groningen" }
  pay_form: PAY_FORM_MINIMUM_WAGE
  additionality {
    ground: ADDITIONALITY_GROUND_NOT_DONE_BEFORE
    statement: "Tot nu toe deed niemand dit."
  }
)";

template <typename Message>
Message FromText(const char* text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

constexpr std::string_view kTasks = "tasks/";
constexpr std::string_view kPassports = "passports/";

constexpr storage::RecordKind kAllKinds[] = {storage::RecordKind::kPassport,
                                             storage::RecordKind::kValidation,
                                             storage::RecordKind::kTask,
                                             storage::RecordKind::kTaxonomy,
                                             storage::RecordKind::kConcept,
                                             storage::RecordKind::kPolicy,
                                             storage::RecordKind::kExposure,
                                             storage::RecordKind::kErasure,
                                             storage::RecordKind::kSecret,
                                             storage::RecordKind::kValidationBook,
                                             storage::RecordKind::kConsentBook,
                                             storage::RecordKind::kRevealBook,
                                             storage::RecordKind::kLook,
                                             storage::RecordKind::kPersonHistory,
                                             storage::RecordKind::kHistory,
                                             storage::RecordKind::kDecision,
                                             storage::RecordKind::kEmployerList,
                                             storage::RecordKind::kEmployerBudget,
                                             storage::RecordKind::kProposalBook,
                                             storage::RecordKind::kPartnerLink,
                                             storage::RecordKind::kPartnerBook,
                                             storage::RecordKind::kCredentialBook,
                                             storage::RecordKind::kCredentialStatus};

}  // namespace

std::optional<v1::ConceptKind> FixedCatalog::KindOf(std::string_view concept_name) const {
  if (concept_name == kSweeping) return v1::CONCEPT_KIND_SKILL;
  if (concept_name == kPlants) return v1::CONCEPT_KIND_KNOWLEDGE;
  if (concept_name == kOutside) return v1::CONCEPT_KIND_SKILL_GROUP;
  if (concept_name == kGardener) return v1::CONCEPT_KIND_OCCUPATION;
  return std::nullopt;
}

Contents ContentsOf(const storage::Store& store) {
  Contents contents{store.LastSequence(), {}};
  for (const storage::RecordKind kind : kAllKinds) {
    const absl::Status scanned = store.Scan({kind, "", ""}, [&](storage::Record record) {
      contents.records.push_back(std::move(record));
      return true;
    });
    EXPECT_TRUE(scanned.ok()) << scanned;
  }
  return contents;
}

ServiceWorld::ServiceWorld(std::unique_ptr<storage::Store> store, CredentialParts credentials)
    : now_(absl::FromCivil(absl::CivilSecond(2026, 11, 21, 9, 0, 0), absl::UTCTimeZone())),
      surroundings_{[this] { return now_; },
                    [this](size_t count) {
                      std::string bytes(count, '\0');
                      const uint64_t number = ++random_count_;
                      for (size_t i = 0; i < sizeof(number) && i < count; ++i) {
                        bytes[i] = static_cast<char>(number >> (8 * i));
                      }
                      return bytes;
                    }},
      store_(store != nullptr ? std::move(store)
                              : storage::NewMemoryStore({.clock = [this] { return now_; }})),
      tools_{*store_, surroundings_, page_tokens_, locks_} {
  EXPECT_TRUE(SeedPolicy(*store_, surroundings_).ok());
  policy_ = CurrentPolicy::Load(*store_).value();
  passports_ = std::make_unique<PassportHandlers>(tools_, *policy_);
  passports_->BindTo(bindings_);
  validations_ = std::make_unique<ValidationHandlers>(tools_, catalog_);
  validations_->BindTo(bindings_);
  tasks_ = std::make_unique<TaskHandlers>(tools_, catalog_);
  tasks_->BindTo(bindings_);
  policies_ = std::make_unique<PolicyHandlers>(tools_, *policy_);
  policies_->BindTo(bindings_);
  consents_ = std::make_unique<ConsentHandlers>(tools_);
  consents_->BindTo(bindings_);
  portable_ =
      std::make_unique<PortableHandlers>(tools_, catalog_, *policy_, std::move(credentials));
  portable_->BindTo(bindings_);
  revealer_ = std::make_unique<CandidateRevealer>(
      tools_, [](const CallContext&, const v1::Task& task, const std::string& reference) {
        return WhoIs(task, reference);
      });
  revealer_->BindTo(bindings_);
  EXPECT_TRUE(bindings_.CheckBound().ok()) << bindings_.CheckBound();
}

std::string ServiceWorld::Reference(const v1::Task& task, const std::string& passport) {
  return absl::StrCat(task.name().substr(kTasks.size()), "/", passport.substr(kPassports.size()));
}

std::optional<std::string> ServiceWorld::WhoIs(const v1::Task& task, const std::string& reference) {
  const std::string of_task = absl::StrCat(task.name().substr(kTasks.size()), "/");
  if (!reference.starts_with(of_task)) return std::nullopt;
  return std::string(kPassports) + reference.substr(of_task.size());
}

CallContext ServiceWorld::ContextFor(std::string_view method) const {
  CallContext context;
  context.method = absl::StrCat("passend.v1.", ToAbsl(method));
  context.caller.role = Role::kOperator;
  context.caller.proof = Proof::kLocal;
  context.trace = std::string(32, 'a');
  context.now = [this] { return now_; };
  return context;
}

v1::Passport ServiceWorld::CreatePassport(const v1::Passport& passport) {
  v1::CreatePassportRequest request;
  *request.mutable_passport() = passport;
  auto created = Call<v1::Passport>("PassportService.CreatePassport", request);
  EXPECT_TRUE(created.ok()) << created.status();
  return created.value_or(v1::Passport());
}

v1::Task ServiceWorld::CreateTask(const v1::Task& task) {
  v1::CreateTaskRequest request;
  *request.mutable_task() = task;
  auto created = Call<v1::Task>("TaskService.CreateTask", request);
  EXPECT_TRUE(created.ok()) << created.status();
  return created.value_or(v1::Task());
}

v1::Validation ServiceWorld::Record(const std::string& passport, std::string_view skill, int level,
                                    v1::ValidationMethod method, int days_ago) {
  v1::RecordValidationsRequest request;
  request.set_parent(passport);
  v1::Validation& validation = *request.add_validations();
  validation.set_skill(std::string(skill));
  validation.set_level(level);
  validation.set_method(method);
  *validation.mutable_validate_time() = ToTimestamp(now_ - absl::Hours(24) * days_ago);
  auto recorded =
      Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request);
  EXPECT_TRUE(recorded.ok()) << recorded.status();
  return recorded.ok() ? recorded->validations(0) : v1::Validation();
}

v1::Passport WholePassport() { return FromText<v1::Passport>(kWholePassport); }
v1::Task WholeTask() { return FromText<v1::Task>(kWholeTask); }

std::string FieldOf(const absl::Status& status) { return MetadataOf(status, "field"); }

std::string MetadataOf(const absl::Status& status, const std::string& key) {
  const auto info = ErrorInfoOf(status);
  if (!info.has_value()) return "";
  const auto at = info->metadata().find(key);
  return at == info->metadata().end() ? "" : at->second;
}

}  // namespace passend::service
