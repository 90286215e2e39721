// Everything that answers, put together: what a server and a test without a channel both need.
#ifndef PASSEND_SERVICE_PASSENDD_ASSEMBLY_H_
#define PASSEND_SERVICE_PASSENDD_ASSEMBLY_H_

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "service/admin/admin_handlers.h"
#include "service/audit/answer_ledger.h"
#include "service/audit/audit_handlers.h"
#include "service/audit/history_store.h"
#include "service/call/method_bindings.h"
#include "service/consent/consent_handlers.h"
#include "service/evidence/proposal_handlers.h"
#include "service/feed/feed_upkeep.h"
#include "service/feed/watch_handlers.h"
#include "service/feed/withdrawal_floor.h"
#include "service/handler_tools.h"
#include "service/match/awaited_commits.h"
#include "service/match/candidate_revealer.h"
#include "service/match/match_handlers.h"
#include "service/passport/passport_handlers.h"
#include "service/policy/current_policy.h"
#include "service/policy/policy_handlers.h"
#include "service/portable/portable_handlers.h"
#include "service/surroundings.h"
#include "service/sync/sync_handlers.h"
#include "service/task/task_handlers.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "service/taxonomy/taxonomy_handlers.h"
#include "service/validations/validation_handlers.h"
#include "storage/store.h"

namespace passend::service {

// Thread safety: Start by one thread, before anything is asked of bindings(); that may then be used
// by any number of threads.
class Assembly {
 public:
  // `store` must outlive the assembly.
  Assembly(storage::Store& store, Surroundings surroundings, MatchSettings match,
           AuditSettings audit = {}, CredentialParts credentials = {}, AdminSettings admin = {})
      : disk_(admin.disk == nullptr ? store : *admin.disk),
        awaited_(store),
        floor_(awaited_),
        store_(floor_, audit.keep ? HistoryStore::Earlier::kKept : HistoryStore::Earlier::kNotKept),
        surroundings_(std::move(surroundings)),
        match_settings_(std::move(match)),
        audit_settings_(audit),
        credentials_(std::move(credentials)),
        admin_settings_(std::move(admin)),
        ledger_(store_, surroundings_) {
    match_settings_.awaited = &awaited_;
  }

  // In this order: earlier versions, secrets, the shipped policy in a new database, taxonomies, the
  // index of people and tasks, then all handlers. Errors of the store; DAMAGED_DATA. The message
  // says what could not be started.
  absl::Status Start();

  const MethodBindings& bindings() const { return bindings_; }

  // What can be matched now. After Start; by any thread.
  struct IndexState {
    size_t people;
    size_t tasks;
    storage::Sequence sequence;
    storage::Sequence behind;  // commits that matching waits for
  };
  IndexState index_state() const;

  // Null where no backups are made. After Start; by any thread.
  const BackupWatch* backup_watch() const { return admin_->backup_watch(); }

 private:
  absl::Status StartHistory();
  absl::Status LoadRecords();
  absl::Status LoadTaxonomies();
  absl::Status StartMatching();
  absl::Status BindAll();

  storage::Store& disk_;
  AwaitedCommits awaited_;
  WithdrawalFloor floor_;
  HistoryStore store_;  // what everything is written to
  const Surroundings surroundings_;
  MatchSettings match_settings_;
  const AuditSettings audit_settings_;
  const CredentialParts credentials_;
  const AdminSettings admin_settings_;
  const AnswerLedger ledger_;
  KeyedLocks locks_;
  MethodBindings bindings_;
  std::optional<PageTokens> page_tokens_;
  std::unique_ptr<CurrentPolicy> policy_;
  std::unique_ptr<TaxonomyCatalog> catalog_;
  std::unique_ptr<TaxonomyHandlers> taxonomies_;
  std::unique_ptr<PassportHandlers> passports_;
  std::unique_ptr<ValidationHandlers> validations_;
  std::unique_ptr<TaskHandlers> tasks_;
  std::unique_ptr<PolicyHandlers> policies_;
  std::unique_ptr<MatchHandlers> match_;
  std::unique_ptr<ConsentHandlers> consents_;
  std::unique_ptr<PortableHandlers> portable_;
  std::unique_ptr<AuditHandlers> audit_;
  std::unique_ptr<ProposalHandlers> proposals_;  // asks what match_ has
  std::unique_ptr<SyncHandlers> sync_;
  std::unique_ptr<CandidateRevealer> revealer_;  // asks what proposals_ has
  std::unique_ptr<WatchHandlers> watching_;
  std::unique_ptr<FeedUpkeep> feed_upkeep_;
  std::unique_ptr<AdminHandlers> admin_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_ASSEMBLY_H_
