#include "service/passendd/assembly.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/evidence/due_lister.h"
#include "service/taxonomy/taxonomy_methods.h"
#include "service/text.h"
#include "service/validations/gather_validations.h"

namespace passend::service {
namespace {

absl::Status Named(std::string_view what, const absl::Status& status) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat(ToAbsl(what), ": ", status.message()));
}

}  // namespace

absl::Status Assembly::Start() {
  if (absl::Status status = StartHistory(); !status.ok()) return status;
  if (absl::Status status = LoadRecords(); !status.ok()) return status;
  if (absl::Status status = LoadTaxonomies(); !status.ok()) return status;
  if (absl::Status status = StartMatching(); !status.ok()) return status;
  return BindAll();
}

Assembly::IndexState Assembly::index_state() const {
  const storage::Sequence awaited = awaited_.ToAwait().awaited;
  const MatchView view = match_->parts().follower.view();
  return {view.index->people(), view.index->works(), view.sequence,
          awaited > view.sequence ? awaited - view.sequence : 0};
}

absl::Status Assembly::StartHistory() {
  if (audit_settings_.keep) return Named("keeping earlier versions", store_.Begin());
  return Named("no longer keeping earlier versions", HistoryStore::End(awaited_));
}

absl::Status Assembly::LoadRecords() {
  absl::StatusOr<PageTokens> page_tokens = PageTokens::Load(store_, surroundings_);
  if (!page_tokens.ok()) return Named("reading secrets", page_tokens.status());
  page_tokens_ = *std::move(page_tokens);
  if (absl::Status seeded = SeedPolicy(store_, surroundings_); !seeded.ok()) {
    return Named("writing the first policy", seeded);
  }
  auto gathered = GatherValidations(store_, [this](size_t moved) {
    match_settings_.log(absl::StrCat("store: ", moved, " validations moved into books"));
  });
  if (!gathered.ok()) return Named("moving validations into books", gathered.status());
  auto policy = CurrentPolicy::Load(store_);
  if (!policy.ok()) return Named("reading policies", policy.status());
  policy_ = *std::move(policy);
  return absl::OkStatus();
}

absl::Status Assembly::LoadTaxonomies() {
  auto catalog = TaxonomyCatalog::Load(store_);
  if (!catalog.ok()) return Named("reading taxonomies", catalog.status());
  catalog_ = *std::move(catalog);
  return absl::OkStatus();
}

absl::Status Assembly::StartMatching() {
  auto match =
      MatchHandlers::Start(store_, *catalog_, *page_tokens_, surroundings_, match_settings_);
  if (!match.ok()) return Named("building the index", match.status());
  match_ = *std::move(match);
  return absl::OkStatus();
}

absl::Status Assembly::BindAll() {
  const HandlerTools tools{store_, surroundings_, *page_tokens_, locks_};
  passports_ = std::make_unique<PassportHandlers>(tools, *policy_);
  passports_->BindTo(bindings_);
  validations_ = std::make_unique<ValidationHandlers>(tools, *catalog_);
  validations_->BindTo(bindings_);
  tasks_ = std::make_unique<TaskHandlers>(tools, *catalog_);
  tasks_->BindTo(bindings_);
  policies_ = std::make_unique<PolicyHandlers>(tools, *policy_);
  policies_->BindTo(bindings_);
  taxonomies_ = std::make_unique<TaxonomyHandlers>(store_, *catalog_, surroundings_.now);
  BindTaxonomyMethods(bindings_, *taxonomies_);
  match_->BindTo(bindings_);
  consents_ = std::make_unique<ConsentHandlers>(tools);
  consents_->BindTo(bindings_);
  portable_ = std::make_unique<PortableHandlers>(tools, *catalog_, *policy_, credentials_);
  portable_->BindTo(bindings_);
  audit_ = std::make_unique<AuditHandlers>(tools, match_->parts().references, audit_settings_,
                                           match_settings_.log);
  audit_->BindTo(bindings_);
  if (audit_settings_.keep) bindings_.KeepLooks(ledger_);
  auto proposals = ProposalHandlers::Start(tools, match_->parts());
  if (!proposals.ok()) return Named("reading proposals", proposals.status());
  proposals_ = *std::move(proposals);
  proposals_->BindTo(bindings_);
  revealer_ = std::make_unique<CandidateRevealer>(
      tools, [&given = proposals_->references()](const auto& context, const auto& task,
                                                 const auto& reference) {
        return given.Find(context, task, reference);
      });
  revealer_->BindTo(bindings_);
  BindListDue(bindings_, match_->parts());
  auto sync = SyncHandlers::Start(tools, *catalog_);
  if (!sync.ok()) return Named("reading the secret of partners", sync.status());
  sync_ = *std::move(sync);
  sync_->BindTo(bindings_);
  watching_ = std::make_unique<WatchHandlers>(
      tools, *policy_, [this] { return std::max(bindings_.bell().reached(), floor_.floor()); });
  watching_->BindTo(bindings_);
  auto upkeep =
      FeedUpkeep::Start(tools, bindings_.bell(), watching_->moments(), match_settings_.log);
  if (!upkeep.ok()) return Named("reading consents", upkeep.status());
  feed_upkeep_ = *std::move(upkeep);
  admin_ = std::make_unique<AdminHandlers>(disk_, admin_settings_, surroundings_.now,
                                           match_settings_.log);
  admin_->BindTo(bindings_);
  return bindings_.CheckBound();
}

}  // namespace passend::service
