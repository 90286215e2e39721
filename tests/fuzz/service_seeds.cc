#include "tests/fuzz/service_seeds.h"

#include <google/protobuf/text_format.h>

#include <cstdio>

#include "passend/v1/consent_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "tests/fuzz/fuzz_check.h"

namespace passend::fuzz {
namespace {

constexpr char kHeader[] = R"(header { taxonomy {
  name: "taxonomies/demo" display_name: "Demo" version_label: "1" } })";
constexpr char kConcepts[] = R"(concepts {
  concepts { name: "taxonomies/demo/concepts/kitchen" kind: CONCEPT_KIND_SKILL_GROUP
             labels { language_code: "en" preferred: "kitchen work" } }
  concepts { name: "taxonomies/demo/concepts/cooking" kind: CONCEPT_KIND_SKILL
             broader: "taxonomies/demo/concepts/kitchen"
             labels { language_code: "en" preferred: "cooking" alternatives: "making soup" }
             labels { language_code: "nl" preferred: "koken" } }
  concepts { name: "taxonomies/demo/concepts/sweeping" kind: CONCEPT_KIND_SKILL
             related: "taxonomies/demo/concepts/cooking"
             labels { language_code: "en" preferred: "sweeping" } }
  concepts { name: "taxonomies/demo/concepts/plants" kind: CONCEPT_KIND_KNOWLEDGE
             labels { language_code: "en" preferred: "plants" } }
  concepts { name: "taxonomies/demo/concepts/cook" kind: CONCEPT_KIND_OCCUPATION
             essential_skills: "taxonomies/demo/concepts/cooking"
             optional_skills: "taxonomies/demo/concepts/sweeping"
             labels { language_code: "en" preferred: "cook" } } })";
constexpr char kEnd[] = "end { concept_count: 5 }";

constexpr char kPassport[] = R"(passport {
  region: "groningen" partners: "partners/delft" coaches: "coaches/step-up"
  wishes { features { feature: WORK_FEATURE_KITCHEN attitude: ATTITUDE_WANTS strength: 2 }
           participation_forms: PARTICIPATION_FORM_SHELTERED_WORK
           hours { weekly_hours_min: 4 weekly_hours_max: 24 } }
  support { nothing_needed: true } })";

constexpr char kOtherPassport[] = R"(passport {
  region: "groningen" partners: "partners/other" coaches: "coaches/other"
  wishes { participation_forms: PARTICIPATION_FORM_SHELTERED_WORK }
  support { nothing_needed: true } })";

constexpr char kTask[] = R"(task {
  employer: "employers/garden" title: "Soup"
  carving { method: CARVING_METHOD_JOB_CARVING carved_from: "cook" }
  required_skills { skill: "taxonomies/demo/concepts/cooking" level: 2 importance: 3 }
  participation_form: PARTICIPATION_FORM_SHELTERED_WORK
  hours { start_weekly_hours: 8 }
  place { region: "groningen" remote: true }
  pay_form: PAY_FORM_BENEFIT
  additionality { ground: ADDITIONALITY_GROUND_NOT_DONE_BEFORE statement: "Nobody did it." } })";

template <typename Message>
Message From(const char* text) {
  Message message;
  Promise(google::protobuf::TextFormat::ParseFromString(text, &message), "the seeds are right");
  return message;
}

template <typename Answer>
Answer Asked(const Ask& ask, const char* method, const std::vector<std::string>& requests) {
  const auto bytes = ask(method, requests);
  Answer answer;
  if (!bytes.ok()) std::fprintf(stderr, "%s: %s\n", method, bytes.status().ToString().c_str());
  Promise(bytes.ok() && answer.ParseFromString(*bytes), "what is right is taken");
  return answer;
}

void Share(const Ask& ask, const std::string& passport, const char* consent, int64_t now) {
  auto request = From<v1::GrantConsentRequest>(consent);
  request.set_parent(passport);
  request.mutable_consent()->set_statement("said so");
  request.mutable_consent()->mutable_expire_time()->set_seconds(now + 30 * 86'400);
  Asked<v1::Consent>(ask, "passend.v1.ConsentService.GrantConsent", {request.SerializeAsString()});
}

}  // namespace

void Plant(const Ask& ask, int64_t now) {
  Asked<v1::ImportTaxonomyResponse>(ask, "passend.v1.TaxonomyService.ImportTaxonomy",
                                    {From<v1::ImportTaxonomyRequest>(kHeader).SerializeAsString(),
                                     From<v1::ImportTaxonomyRequest>(kConcepts).SerializeAsString(),
                                     From<v1::ImportTaxonomyRequest>(kEnd).SerializeAsString()});
  std::vector<std::string> people;
  for (const char* passport : {kPassport, kOtherPassport}) {
    people.push_back(
        Asked<v1::Passport>(ask, "passend.v1.PassportService.CreatePassport",
                            {From<v1::CreatePassportRequest>(passport).SerializeAsString()})
            .name());
    auto validations = From<v1::RecordValidationsRequest>(
        R"(validations { skill: "taxonomies/demo/concepts/cooking" level: 3
                         method: VALIDATION_METHOD_OBSERVED })");
    validations.set_parent(people.back());
    Asked<v1::RecordValidationsResponse>(ask, "passend.v1.ValidationService.RecordValidations",
                                         {validations.SerializeAsString()});
  }
  Asked<v1::Task>(ask, "passend.v1.TaskService.CreateTask",
                  {From<v1::CreateTaskRequest>(kTask).SerializeAsString()});
  Share(ask, people[0],
        R"(consent { audience: "employers/garden" purpose: PURPOSE_INTRODUCTION any_task: true
                     groups: FIELD_GROUP_IDENTITY })",
        now);
  Share(ask, people[1],
        R"(consent { audience: "coaches/step-up" purpose: PURPOSE_GUIDANCE
                     groups: FIELD_GROUP_IDENTITY groups: FIELD_GROUP_SKILLS })",
        now);
  Share(ask, people[1],
        R"(consent { audience: "employers/garden" purpose: PURPOSE_GUIDANCE
                     groups: FIELD_GROUP_IDENTITY groups: FIELD_GROUP_WISHES })",
        now);
  Share(ask, people[1],
        R"(consent { audience: "partners/delft" purpose: PURPOSE_SYNC
                     groups: FIELD_GROUP_IDENTITY groups: FIELD_GROUP_SKILLS })",
        now);
}

}  // namespace passend::fuzz
