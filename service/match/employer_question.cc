#include "service/match/employer_question.h"

#include <algorithm>

#include "passend/store/v1/employer_list.pb.h"
#include "service/canonical_bytes.h"

namespace passend::service {
namespace {

v1::Task ListedBy(const v1::Task& task) {
  v1::Task listed;
  listed.set_employer(task.employer());
  *listed.mutable_required_skills() = task.required_skills();
  std::sort(listed.mutable_required_skills()->begin(), listed.mutable_required_skills()->end(),
            [](const auto& a, const auto& b) { return a.skill() < b.skill(); });
  *listed.mutable_features() = task.features();
  std::sort(listed.mutable_features()->begin(), listed.mutable_features()->end());
  listed.set_participation_form(task.participation_form());
  *listed.mutable_hours() = task.hours();
  *listed.mutable_schedule() = task.schedule();
  *listed.mutable_place() = task.place();
  for (const v1::SupportOffer& offer : task.support_offers()) {
    if (offer.solution() != v1::SUPPORT_SOLUTION_TECHNICAL_TRANSPORT) continue;
    listed.add_support_offers()->set_solution(offer.solution());
  }
  return listed;
}

v1::Task KindOf(const v1::Task& listed) {
  v1::Task kind;
  kind.set_employer(listed.employer());
  for (const v1::RequiredSkill& skill : listed.required_skills()) {
    kind.add_required_skills()->set_skill(skill.skill());
  }
  for (const int feature : listed.features()) {
    if (feature < kFirstCondition) kind.add_features(static_cast<v1::WorkFeature>(feature));
  }
  kind.set_participation_form(listed.participation_form());
  kind.mutable_place()->set_region(listed.place().region());
  return kind;
}

std::string DigestOf(const v1::Task& task, std::vector<std::string> regions) {
  std::sort(regions.begin(), regions.end());
  store::v1::EmployerList asked;
  *asked.mutable_task() = task;
  for (std::string& region : regions) asked.add_regions(std::move(region));
  return ContentDigest(asked, {});
}

}  // namespace

EmployerQuestion QuestionOf(const v1::Task& task, const std::vector<std::string>& regions) {
  const v1::Task listed = ListedBy(task);
  return {DigestOf(KindOf(listed), regions), DigestOf(listed, regions), CircumstancesOf(task)};
}

}  // namespace passend::service
