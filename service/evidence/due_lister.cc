#include "service/evidence/due_lister.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/evidence/due_order.h"
#include "service/evidence/due_words.h"
#include "service/match/match_options.h"
#include "service/match/match_page.h"
#include "service/match/match_subject.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/paging/page_tokens.h"
#include "service/records/validation_book.h"

namespace passend::service {
namespace {

using storage::Snapshot;

absl::StatusOr<std::vector<v1::Validation>> ValidationsIn(const Snapshot& snapshot,
                                                          const PassportName& passport) {
  auto records = snapshot.Read({BookKeyOf(passport)});
  if (!records.ok()) return records.status();
  if (!records->front()) return std::vector<v1::Validation>();
  auto book = ParseBook(*records->front());
  if (!book.ok()) return book.status();
  return std::move(book->validations);
}

// The matches that things are weighed against.
absl::StatusOr<std::vector<matcher::Work>> OpenMatches(const CallContext& context,
                                                       const MatchParts& parts,
                                                       const MatchView& view,
                                                       const ResolvedOptions& options,
                                                       const matcher::Person& person) {
  matcher::RankOptions rank_options;
  rank_options.seed = options.seed;
  rank_options.limit = kDueTasksMax;
  rank_options.cancelled = [&context] { return context.pointless(); };
  auto ranked = parts.ranking.works(*view.index, options.basis, person, rank_options);
  if (!ranked.ok()) return WhyEnded(ranked.status(), context);
  std::vector<matcher::Work> works = std::move(ranked->works);
  rank_options.limit = kDueNearestMax;
  auto nearest = view.index->NearestWorks(options.basis, person, rank_options);
  if (!nearest.ok()) return WhyEnded(nearest.status(), context);
  for (matcher::Work& work : *nearest) works.push_back(std::move(work));
  return works;
}

class DueTeller {
 public:
  DueTeller(const MatchView& view, const ResolvedOptions& options, const Reader reader,
            const std::vector<matcher::Work>& works)
      : view_(view),
        options_(options),
        reader_(reader),
        works_(works),
        label_of_(LabelsIn(*view.catalog, options.language_code)) {}

  absl::StatusOr<v1::DueItem> Tell(const DueWeighed& weighed) const {
    const auto& [thing, value] = weighed;
    v1::DueItem item;
    item.set_kind(thing.kind);
    if (thing.skill) {
      item.set_skill(options_.basis.taxonomy->name(*thing.skill));
      item.set_skill_label(std::string(label_of_(*thing.skill)));
    }
    item.set_validation(thing.validation);
    if (thing.kind == v1::DUE_KIND_FIND_OUT) {
      item.set_topic(static_cast<v1::QuestionTopic>(thing.topic));
    }
    if (thing.due) *item.mutable_due_time() = StartOf(*thing.due);
    item.set_value_basis_points(value.basis_points);
    item.set_tasks_changed(ChangedBy(value));
    for (size_t place = 0; place < std::min(kDueEffectsMax, value.swings.size()); ++place) {
      auto effect = EffectOf(value.swings[place]);
      if (!effect.ok()) return effect.status();
      *item.add_effects() = *std::move(effect);
    }
    item.set_reason(DueReason(thing, value, item.skill_label(),
                              item.effects().empty() ? "" : item.effects(0).title(),
                              options_.language_code, reader_));
    return item;
  }

 private:
  absl::StatusOr<v1::DueEffect> EffectOf(const MatchSwing& swing) const {
    v1::DueEffect effect;
    effect.set_task(works_[swing.work].name);
    effect.set_score(swing.score / kPoint);
    effect.set_score_low(swing.low / kPoint);
    effect.set_score_high(swing.high / kPoint);
    if (const auto name = ParseTaskName(effect.task())) {
      const auto task = ReadTask(*view_.records, name->task);
      if (!task.ok()) return task.status();
      if (*task) effect.set_title((*task)->title());
    }
    return effect;
  }

  const MatchView& view_;
  const ResolvedOptions& options_;
  const Reader reader_;
  const std::vector<matcher::Work>& works_;
  const LabelOf label_of_;
};

v1::MatchOptions OptionsOf(const v1::ListDueRequest& request) {
  v1::MatchOptions options;
  if (request.has_as_of_time()) *options.mutable_as_of_time() = request.as_of_time();
  options.set_language_code(request.language_code());
  return options;
}

}  // namespace

absl::StatusOr<v1::ListDueResponse> ListDue(const CallContext& context,
                                            const v1::ListDueRequest& request,
                                            const MatchParts& parts) {
  const Access access(context, parts.store);
  if (absl::Status own = access.CheckPassport(request.parent()); !own.ok()) return own;
  TellPerson(context, ParsePassportName(request.parent()).value().passport);
  auto view = ViewFor(context, request.min_data_sequence(), parts);
  if (!view.ok()) return view.status();
  auto person = AskedPerson(*view, request.parent());
  if (!person.ok()) return person.status();
  if (person->skills_unknown) {
    view = ViewWithNewSkills(context, parts);
    if (!view.ok()) return view.status();
    person = AskedPerson(*view, request.parent());
    if (!person.ok()) return person.status();
  }
  auto options = Resolve(OptionsOf(request), *view, parts.surroundings.now(), request.parent());
  if (!options.ok()) return options.status();
  const PassportName name = ParsePassportName(request.parent()).value();
  auto validations = ValidationsIn(*view->records, name);
  if (!validations.ok()) return validations.status();
  auto works = OpenMatches(context, parts, *view, *options, person->person);
  if (!works.ok()) return works.status();

  const std::vector<DueWeighed> all =
      WhatIsDue(*validations, person->person, options->basis, *works);

  v1::ListDueResponse response;
  response.set_total_size(static_cast<int32_t>(all.size()));
  response.set_tasks_considered(static_cast<int32_t>(works->size()));
  *response.mutable_basis() = BasisOf(*options, *view);
  const auto size =
      static_cast<size_t>(PageSizeOf(request.page_size(), kDuePageSizeDefault, kDuePageSizeMax));
  const DueTeller teller(*view, *options, ReaderOf(context.caller), *works);
  for (size_t place = 0; place < std::min(size, all.size()); ++place) {
    auto item = teller.Tell(all[place]);
    if (!item.ok()) return item.status();
    *response.add_items() = *std::move(item);
  }
  return response;
}

void BindListDue(MethodBindings& bindings, const MatchParts& parts) {
  bindings.Bind<v1::ListDueRequest, v1::ListDueResponse>(
      "passend.v1.ValidationService.ListDue", [&parts](const auto& context, const auto& request) {
        return ListDue(context, request, parts);
      });
}

}  // namespace passend::service
