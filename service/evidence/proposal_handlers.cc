#include "service/evidence/proposal_handlers.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/errors/proposal_errors.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/evidence/proposal_book.h"
#include "service/limits.h"
#include "service/match/employer_lists.h"
#include "service/match/fit_flags.h"
#include "service/match/match_options.h"
#include "service/match/match_subject.h"
#include "service/match/projection.h"
#include "service/names/random_id.h"
#include "service/names/resource_names.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/rules/shared_rules.h"

namespace passend::service {
namespace {

constexpr matcher::BasisPoints kBasisPointsPerPoint = 100;

std::vector<v1::GateCause> CausesOf(const matcher::Fit& fit) {
  std::vector<v1::GateCause> causes;
  for (const matcher::Gate& gate : fit.gates) {
    causes.push_back(static_cast<v1::GateCause>(gate.cause));
  }
  return causes;
}

// All that an employer is told of when: whoever is proposed for several tasks in one go would
// otherwise be known by the second.
absl::Time DayOf(const v1::Proposal& proposal) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  return absl::FromCivil(absl::ToCivilDay(ToTime(proposal.propose_time()), utc), utc);
}

// What orders a list, the newest day first, and of one day by a reference that stays the same
// between pages: grows along the list.
std::string PlaceInList(const v1::Proposal& proposal, const std::string& reference) {
  constexpr int64_t kEndOfTime = int64_t{1} << 62;
  const int64_t micros = absl::ToUnixMicros(DayOf(proposal));
  return absl::StrCat(absl::Dec(kEndOfTime - micros, absl::kZeroPad20), "/", reference);
}

// Whether the passport is there and ACTIVE: others are in no list, and nobody can be told who they
// are.
absl::StatusOr<bool> IsActive(const storage::Store& store, const PassportName& passport) {
  const auto record = ReadOne(store, KeyOf(passport));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return false;
  const auto stored = ParseStored<v1::Passport>(**record, MakeName(passport));
  if (!stored.ok()) return stored.status();
  return stored->state() == v1::PASSPORT_STATE_ACTIVE;
}

// `coaches/{tenant}` of `coaches/{tenant}/{subject}`; a subject may have slashes.
std::string OrganisationOf(const std::string& signature) {
  const size_t tenant = signature.find('/');
  if (tenant == std::string::npos) return "";
  return signature.substr(0, signature.find('/', tenant + 1));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ProposalHandlers>> ProposalHandlers::Start(const HandlerTools& tools,
                                                                          const MatchParts& parts) {
  auto people = ProposedPeople::Load(tools.store);
  if (!people.ok()) return people.status();
  return std::make_unique<ProposalHandlers>(tools, parts, *std::move(people));
}

absl::StatusOr<v1::Proposal> ProposalHandlers::Kept(
    const std::string& receipt, const v1::ProposeCandidateRequest& request) const {
  const auto book = ReadProposalBook(tools_.store, ParsePassportName(request.passport()).value());
  if (!book.ok()) return book.status();
  const v1::Proposal* proposal = book->Named(receipt);
  if (proposal == nullptr) return PassportNotFound(request.passport());
  return *proposal;
}

absl::StatusOr<v1::Proposal> ProposalHandlers::Weigh(
    const CallContext& context, const v1::ProposeCandidateRequest& request) const {
  auto view = ViewFor(context, 0, parts_);
  if (!view.ok()) return view.status();
  auto person = AskedPerson(*view, request.passport());
  if (!person.ok()) return person.status();
  auto task = StoredTask(*view, request.task());
  if (!task.ok()) return task.status();
  if (task->state() == v1::TASK_STATE_CLOSED) return TaskClosed(task->name());
  if (person->skills_unknown || AsksUnknownSkill(*task, *view->catalog->taxonomy())) {
    view = ViewWithNewSkills(context, parts_);
    if (!view.ok()) return view.status();
    person = AskedPerson(*view, request.passport());
    if (!person.ok()) return person.status();
  }
  const auto options = Resolve({}, *view, parts_.surroundings.now(), task->name());
  if (!options.ok()) return options.status();

  const matcher::ReferenceScorer scorer(options->basis, WorkOf(*task, *options->basis.taxonomy));
  const matcher::Fit fit = scorer.Score(person->person);
  if (fit.outcome == matcher::Outcome::kExcluded) {
    TellRefusal(context);
    return PersonExcluded(CausesOf(fit));
  }
  v1::Proposal proposal;
  AddFlags({options->basis, scorer.work(), person->person, fit, person->contested},
           *proposal.mutable_flags());
  proposal.set_motivation(std::string(absl::StripAsciiWhitespace(request.motivation())));
  if (!proposal.flags().empty() && !SaysSomething(proposal.motivation())) {
    TellRefusal(context);
    return MotivationNeeded(proposal.flags());
  }
  proposal.set_task(request.task());
  proposal.set_proposer(SignatureOf(context.caller));
  *proposal.mutable_propose_time() = ToTimestamp(tools_.surroundings.now());
  const bool ranked = fit.outcome == matcher::Outcome::kRanked;
  proposal.set_score(ranked ? fit.band.score / kBasisPointsPerPoint : 0);
  proposal.set_policy(MakeName(PolicyName{options->policy_version}));
  return proposal;
}

absl::StatusOr<v1::Proposal> ProposalHandlers::Keep(const v1::ProposeCandidateRequest& request,
                                                    const RepeatableRequest& repeatable,
                                                    v1::Proposal proposal) {
  const PassportName passport = ParsePassportName(request.passport()).value();
  absl::MutexLock lock(&tools_.locks.For(passport.passport));
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return Kept(**receipt, request);
  auto stored = ReadOne(tools_.store, KeyOf(passport));
  if (!stored.ok()) return stored.status();
  if (!stored->has_value()) return PassportNotFound(request.passport());
  auto book = ReadProposalBook(tools_.store, passport);
  if (!book.ok()) return book.status();
  if (const v1::Proposal* before = book->ForTask(request.task())) {
    return ProposalExists(before->name());
  }
  if (book->proposals.size() >= kPersonProposalsMax) {
    return LimitExceeded("proposals of one person", kPersonProposalsMax);
  }
  if (people_->CountFor(request.task()) >= kTaskProposalsMax) {
    return LimitExceeded("people proposed for one task", kTaskProposalsMax);
  }
  if (request.validate_only()) return proposal;
  proposal.set_name(ProposalNameOf(passport, RandomId(tools_.surroundings)));
  book->proposals.push_back(proposal);

  const storage::Key key = ProposalBookKeyOf(passport);
  storage::Batch batch;
  batch.expectations = {{key, book->version}, {KeyOf(passport), (*stored)->version}};
  batch.mutations.push_back({key, StoredValue(*book)});
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
  auto committed = repeatable.Commit(tools_.store, std::move(batch), proposal.name());
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response) return Kept(*committed->repeated_response, request);
  people_->Add(request.task(), passport.passport);
  return proposal;
}

absl::StatusOr<v1::Proposal> ProposalHandlers::Propose(const CallContext& context,
                                                       const v1::ProposeCandidateRequest& request) {
  const Access access(context, tools_.store);
  if (absl::Status own = access.CheckPassport(request.passport()); !own.ok()) return own;
  TellPerson(context, ParsePassportName(request.passport()).value().passport);
  const RepeatableRequest repeatable(context, request);
  // A repeated one is not weighed again: what it was made of may be gone. The match is weighed
  // before the lock, which others of this person wait for.
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return Kept(**receipt, request);
  auto weighed = Weigh(context, request);
  if (!weighed.ok()) return weighed.status();
  return Keep(request, repeatable, *std::move(weighed));
}

absl::StatusOr<v1::ListProposalsResponse> ProposalHandlers::List(
    const CallContext& context, const v1::ListProposalsRequest& request) const {
  const std::string method = ScopedMethod(context);
  auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  const Access access(context, tools_.store);
  if (absl::Status own = access.CheckPassport(request.parent()); !own.ok()) return own;
  const PassportName passport = ParsePassportName(request.parent()).value();
  TellPerson(context, passport.passport);
  auto stored = ReadOne(tools_.store, KeyOf(passport));
  if (!stored.ok()) return stored.status();
  if (!stored->has_value()) return PassportNotFound(request.parent());
  const auto book = ReadProposalBook(tools_.store, passport);
  if (!book.ok()) return book.status();
  const auto size =
      static_cast<size_t>(PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax));
  v1::ListProposalsResponse response;
  bool told = cursor->empty();  // up to the cursor
  for (auto one = book->proposals.rbegin(); one != book->proposals.rend(); ++one) {
    if (!told) {
      told = one->name() == *cursor;
      continue;
    }
    const auto listed = static_cast<size_t>(response.proposals_size());
    if (listed == size) {
      response.set_next_page_token(
          tools_.page_tokens.Make(method, request, response.proposals().rbegin()->name()));
      break;
    }
    *response.add_proposals() = *one;
  }
  return response;
}

absl::StatusOr<v1::ListProposedCandidatesResponse> ProposalHandlers::ListCandidates(
    const CallContext& context, const v1::ListProposedCandidatesRequest& request) const {
  const std::string method = ScopedMethod(context);
  auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  const Access access(context, tools_.store);
  if (absl::Status own = access.CheckTask(request.parent()); !own.ok()) return own;
  const TaskName name = ParseTaskName(request.parent()).value();
  auto stored = ReadOne(tools_.store, KeyOf(name));
  if (!stored.ok()) return stored.status();
  if (!stored->has_value()) return TaskNotFound(request.parent());
  const auto task = ParseStored<v1::Task>(**stored, request.parent());
  if (!task.ok()) return task.status();

  EmployerLists::References listed;
  if (parts_.employers != nullptr) {
    auto references = parts_.employers->ReferencesFor(*task);
    if (!references.ok()) return references.status();
    listed = *std::move(references);
  }
  struct Row {
    std::string place;  // in the list
    std::string passport_id;
    v1::ProposedCandidate candidate;
  };
  std::vector<Row> rows;
  for (const std::string& id : people_->For(request.parent())) {
    const PassportName passport{id};
    const auto book = ReadProposalBook(tools_.store, passport);
    if (!book.ok()) return book.status();
    const v1::Proposal* proposal = book->ForTask(request.parent());
    if (proposal == nullptr) continue;  // erased
    const std::string reference = references_.OfProposed(*task, MakeName(passport));
    std::string place = PlaceInList(*proposal, reference);
    if (place <= *cursor) continue;
    const auto active = IsActive(tools_.store, passport);
    if (!active.ok()) return active.status();
    if (!*active) continue;
    v1::ProposedCandidate candidate;
    const auto in_list = listed.find(MakeName(passport));
    candidate.set_candidate(in_list == listed.end() ? reference : in_list->second);
    candidate.set_organisation(OrganisationOf(proposal->proposer()));
    *candidate.mutable_propose_time() = ToTimestamp(DayOf(*proposal));
    rows.push_back({std::move(place), id, std::move(candidate)});
  }
  if (rows.empty()) TellNobody(context);
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.place < b.place; });
  const auto size =
      static_cast<size_t>(PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax));
  v1::ListProposedCandidatesResponse response;
  for (size_t row = 0; row < std::min(size, rows.size()); ++row) {
    TellPerson(context, rows[row].passport_id);
    *response.add_candidates() = std::move(rows[row].candidate);
  }
  if (size < rows.size()) {
    response.set_next_page_token(tools_.page_tokens.Make(method, request, rows[size - 1].place));
  }
  return response;
}

void ProposalHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::ProposeCandidateRequest, v1::Proposal>(
      "passend.v1.ProposalService.ProposeCandidate",
      [this](const auto& context, const auto& request) { return Propose(context, request); });
  bindings.Bind<v1::ListProposalsRequest, v1::ListProposalsResponse>(
      "passend.v1.ProposalService.ListProposals",
      [this](const auto& context, const auto& request) { return List(context, request); });
  bindings.Bind<v1::ListProposedCandidatesRequest, v1::ListProposedCandidatesResponse>(
      "passend.v1.ProposalService.ListProposedCandidates",
      [this](const auto& context, const auto& request) {
        return ListCandidates(context, request);
      });
}

}  // namespace passend::service
