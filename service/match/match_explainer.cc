#include "service/match/match_explainer.h"

#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/match/fit_projection.h"
#include "service/match/match_options.h"
#include "service/match/match_page.h"
#include "service/match/match_subject.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

constexpr char kMethod[] = "passend.v1.MatchService.ExplainMatch";

}  // namespace

absl::StatusOr<v1::ExplainMatchResponse> Explain(const CallContext& context,
                                                 const v1::ExplainMatchRequest& request,
                                                 const MatchParts& parts) {
  const Access access(context, kMethod, parts.store);
  if (absl::Status own = access.CheckPassport(request.passport()); !own.ok()) return own;
  auto view = ViewFor(context, request.min_data_sequence(), parts);
  if (!view.ok()) return view.status();
  auto person = AskedPerson(*view, request.passport());
  if (!person.ok()) return person.status();
  auto task = AskedTask(request, *view, parts.catalog);
  if (!task.ok()) return task.status();
  if (person->skills_unknown || AsksUnknownSkill(*task, *view->catalog->taxonomy())) {
    view = ViewWithNewSkills(context, parts);
    if (!view.ok()) return view.status();
    person = AskedPerson(*view, request.passport());
    if (!person.ok()) return person.status();
    task = AskedTask(request, *view, parts.catalog);
    if (!task.ok()) return task.status();
  }
  auto options = Resolve(request.options(), *view, parts.surroundings.now(), task->name());
  if (!options.ok()) return options.status();

  const matcher::ReferenceScorer scorer(options->basis, WorkOf(*task, *options->basis.taxonomy));
  const matcher::Fit fit = scorer.Score(person->person);
  if (const auto name = ParsePassportName(request.passport())) {
    TellPerson(context, name->passport);
  }
  v1::ExplainMatchResponse response;
  *response.mutable_fit() =
      ToProto({options->basis, scorer.work(), person->person, fit, person->contested},
              options->language_code, LabelsIn(*view->catalog, options->language_code),
              FitDetail::kFull, ReaderOf(context.caller));
  *response.mutable_basis() = BasisOf(*options, *view);
  return response;
}

}  // namespace passend::service
