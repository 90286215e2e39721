#include "service/match/match_explainer.h"

#include "service/match/fit_projection.h"
#include "service/match/match_options.h"
#include "service/match/match_page.h"
#include "service/match/match_subject.h"
#include "service/match/projection.h"

namespace passend::service {

absl::StatusOr<v1::ExplainMatchResponse> Explain(const CallContext& context,
                                                 const v1::ExplainMatchRequest& request,
                                                 const MatchParts& parts) {
  auto view = parts.follower.AwaitApplied(parts.store.LastSequence(), context);
  if (!view.ok()) return view.status();
  auto person = AskedPerson(request.passport(), parts, *view->indexed.catalog->taxonomy());
  if (!person.ok()) return person.status();
  auto task = AskedTask(request, parts);
  if (!task.ok()) return task.status();
  if (person->skills_unknown || AsksUnknownSkill(*task, *view->indexed.catalog->taxonomy())) {
    view = parts.follower.AwaitRebuilt(context);
    if (!view.ok()) return view.status();
    person = AskedPerson(request.passport(), parts, *view->indexed.catalog->taxonomy());
    if (!person.ok()) return person.status();
  }
  auto options = Resolve(request.options(), *view, parts.surroundings.now(), task->name());
  if (!options.ok()) return options.status();

  const matcher::ReferenceScorer scorer(options->basis, WorkOf(*task, *options->basis.taxonomy));
  const matcher::Fit fit = scorer.Score(person->person);
  v1::ExplainMatchResponse response;
  *response.mutable_fit() =
      ToProto({options->basis, scorer.work(), person->person, fit}, options->language_code,
              LabelsIn(*view->indexed.catalog, options->language_code), FitDetail::kFull);
  *response.mutable_basis() = BasisOf(*options, *view);
  return response;
}

}  // namespace passend::service
