#include "service/evidence/given_references.h"

#include <utility>

#include "service/match/employer_lists.h"
#include "service/match/match_page.h"
#include "service/match/match_subject.h"
#include "service/names/resource_names.h"

namespace passend::service {

std::string GivenReferences::OfProposed(const v1::Task& task, const std::string& passport) const {
  return parts_.references.Make(task.employer(), task.name(), passport);
}

absl::StatusOr<std::optional<std::string>> GivenReferences::Find(
    const CallContext& context, const v1::Task& task, const std::string& reference) const {
  for (const std::string& id : people_.For(task.name())) {
    std::string passport = MakeName(PassportName{id});
    if (OfProposed(task, passport) == reference) return passport;
  }
  if (parts_.employers != nullptr) {
    auto listed = parts_.employers->FindReference(task, reference);
    if (!listed.ok() || listed->has_value()) return listed;
  }
  if (MayKnowPassport(context)) return FindAmongAll(context, task, reference);
  return std::nullopt;
}

absl::StatusOr<std::optional<std::string>> GivenReferences::FindAmongAll(
    const CallContext& context, const v1::Task& task, const std::string& reference) const {
  const auto view = ViewFor(context, 0, parts_);
  if (!view.ok()) return view.status();
  std::optional<std::string> found;
  view->index->VisitPeople([&](const matcher::Person& person) {
    // What FindCandidates made of the same three.
    if (parts_.references.Make(task.employer(), task.name(), person.name) == reference) {
      found = person.name;
    }
    return !found.has_value();
  });
  return found;
}

}  // namespace passend::service
