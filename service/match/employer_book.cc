#include "service/match/employer_book.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/errors/request_errors.h"
#include "service/records/stored_message.h"
#include "storage/limits.h"

namespace passend::service {
namespace {

using storage::RecordKind;

// In one commit.
constexpr size_t kRemovedMax = 1000;
// Of lists that have ended, at once: a clock that runs a year ahead for an hour takes away a part.
constexpr absl::Duration kEndedRemovedSpan = absl::Hours(24);

storage::Key ListKey(const std::string& id) { return {RecordKind::kEmployerList, id}; }

bool Has(const store::v1::KindOfWork& kind, const std::string& list) {
  return std::find(kind.lists().begin(), kind.lists().end(), list) != kind.lists().end();
}

const store::v1::KindOfWork* KindIn(const store::v1::EmployerBudget& budget,
                                    const std::string& digest) {
  const auto found = std::find_if(budget.kinds().begin(), budget.kinds().end(),
                                  [&](const auto& kind) { return kind.digest() == digest; });
  return found == budget.kinds().end() ? nullptr : &*found;
}

// As Open writes them: of each kind of work once, with lists under names that can be read.
bool IsSound(const store::v1::EmployerBudget& budget) {
  absl::flat_hash_set<absl::string_view> digests;
  for (const store::v1::KindOfWork& kind : budget.kinds()) {
    if (!digests.insert(kind.digest()).second) return false;
    for (const std::string& list : kind.lists()) {
      if (list.empty() || list.size() > storage::kIdBytesMax) return false;
    }
  }
  return true;
}

absl::Time FirstRenewal(const store::v1::EmployerBudget& budget) {
  absl::Time first = absl::InfiniteFuture();
  for (const store::v1::KindOfWork& kind : budget.kinds()) {
    first = std::min(first, ToTime(kind.renew_time()));
  }
  return first;
}

}  // namespace

std::string EmployerBook::IdOf(const std::string& employer,
                               const EmployerQuestion& question) const {
  return references_.Make(employer, "list", absl::BytesToHexString(question.list_digest));
}

absl::StatusOr<EmployerBook::Budget> EmployerBook::ReadBudget(const std::string& employer,
                                                              absl::Time now) const {
  Budget budget{{RecordKind::kEmployerBudget, references_.Make(employer, "budget", "")}, 0, {}, {}};
  const auto record = ReadOne(store_, budget.key);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return budget;
  budget.version = (*record)->version;
  store::v1::EmployerBudget stored;
  if (!stored.ParseFromString((*record)->value) || !IsSound(stored)) {
    return DamagedData("a stored budget");
  }
  for (store::v1::KindOfWork& kind : *stored.mutable_kinds()) {
    if (now < ToTime(kind.renew_time())) {
      *budget.in_force.add_kinds() = std::move(kind);
    } else {
      budget.ended.insert(budget.ended.end(), kind.lists().begin(), kind.lists().end());
    }
  }
  return budget;
}

absl::StatusOr<std::optional<FrozenList>> EmployerBook::Find(const std::string& employer,
                                                             const std::string& id,
                                                             absl::Time now) const {
  const auto record = ReadOne(store_, ListKey(id));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return std::nullopt;
  FrozenList frozen{id, {}, (*record)->version};
  if (!frozen.list.ParseFromString((*record)->value)) return DamagedData("a stored list");
  if (frozen.list.employer() != employer || ToTime(frozen.list.renew_time()) <= now) {
    return std::nullopt;
  }
  return frozen;
}

absl::StatusOr<OpenedEmployerList> EmployerBook::Reopen(const std::string& employer,
                                                        const Budget& budget, const std::string& id,
                                                        bool outdated, absl::Time now) const {
  auto found = Find(employer, id, now);
  if (!found.ok()) return found.status();
  // Both are written in one commit.
  if (!found->has_value()) return DamagedData("a stored list");
  return OpenedEmployerList{
      **std::move(found), outdated,
      limits_.kinds_max - std::min<size_t>(limits_.kinds_max, budget.in_force.kinds_size())};
}

absl::StatusOr<OpenedEmployerList> EmployerBook::Open(const std::string& employer,
                                                      const EmployerQuestion& question,
                                                      absl::Time now, const Make& make) {
  absl::MutexLock lock(&locks_.For(employer));
  auto budget = ReadBudget(employer, now);
  if (!budget.ok()) return budget.status();
  const std::string id = IdOf(employer, question);
  const store::v1::KindOfWork* kind = KindIn(budget->in_force, question.kind_digest);
  if (kind != nullptr) {
    if (Has(*kind, id)) return Reopen(employer, *budget, id, /*outdated=*/false, now);
    if (static_cast<size_t>(kind->lists_size()) >= limits_.lists_of_a_kind_max) {
      const std::string& newest = kind->lists(kind->lists_size() - 1);
      return Reopen(employer, *budget, newest, /*outdated=*/true, now);
    }
  } else if (static_cast<size_t>(budget->in_force.kinds_size()) >= limits_.kinds_max) {
    return ListBudget({"task", "kinds of work"}, limits_.kinds_max, FirstRenewal(budget->in_force),
                      now);
  }
  const auto lists = ListsOf(employer, *budget, now);
  if (!lists.ok()) return lists.status();
  std::vector<store::v1::EmployerList> in_force;
  for (const FrozenList& one : *lists) in_force.push_back(one.list);
  absl::Status within = CheckCircumstances(question.circumstances, in_force, limits_, now);
  if (!within.ok()) return within;

  auto made = make(id);
  if (!made.ok()) return made.status();
  store::v1::KindOfWork opened;
  if (kind != nullptr) {
    opened = *kind;
  } else {
    opened.set_digest(question.kind_digest);
    *opened.mutable_renew_time() = ToTimestamp(now + limits_.kept_for);
  }
  opened.add_lists(id);
  made->set_employer(employer);
  *made->mutable_freeze_time() = ToTimestamp(now);
  *made->mutable_renew_time() = opened.renew_time();

  storage::Batch batch;
  batch.expectations = {{budget->key, budget->version}};
  for (const std::string& ended : budget->ended) {
    if (ended != id) batch.mutations.push_back({ListKey(ended), std::nullopt});
  }
  store::v1::EmployerBudget spent;
  for (const store::v1::KindOfWork& other : budget->in_force.kinds()) {
    if (&other != kind) *spent.add_kinds() = other;
  }
  *spent.add_kinds() = std::move(opened);
  batch.mutations.push_back({budget->key, CanonicalBytes(spent)});
  batch.mutations.push_back({ListKey(id), CanonicalBytes(*made)});
  const auto committed = store_.Commit(std::move(batch));
  if (!committed.ok()) return committed.status();
  return OpenedEmployerList{{id, *std::move(made), committed->sequence},
                            /*outdated=*/false,
                            limits_.kinds_max - static_cast<size_t>(spent.kinds_size())};
}

absl::StatusOr<std::optional<FrozenList>> EmployerBook::InForce(const std::string& employer,
                                                                const EmployerQuestion& question,
                                                                absl::Time now) const {
  const auto budget = ReadBudget(employer, now);
  if (!budget.ok()) return budget.status();
  const store::v1::KindOfWork* kind = KindIn(budget->in_force, question.kind_digest);
  if (kind == nullptr) return std::nullopt;
  const std::string id = IdOf(employer, question);
  if (Has(*kind, id)) return Find(employer, id, now);
  const auto made = static_cast<size_t>(kind->lists_size());
  if (made < limits_.lists_of_a_kind_max) return std::nullopt;
  return Find(employer, kind->lists(kind->lists_size() - 1), now);
}

absl::StatusOr<std::vector<FrozenList>> EmployerBook::OfEmployer(const std::string& employer,
                                                                 absl::Time now) const {
  const auto budget = ReadBudget(employer, now);
  if (!budget.ok()) return budget.status();
  return ListsOf(employer, *budget, now);
}

absl::StatusOr<std::vector<FrozenList>> EmployerBook::ListsOf(const std::string& employer,
                                                              const Budget& budget,
                                                              absl::Time now) const {
  std::vector<FrozenList> lists;
  for (const store::v1::KindOfWork& kind : budget.in_force.kinds()) {
    for (const std::string& id : kind.lists()) {
      auto found = Find(employer, id, now);
      if (!found.ok()) return found.status();
      if (found->has_value()) lists.push_back(**std::move(found));
    }
  }
  return lists;
}

absl::Status EmployerBook::RemoveEnded(absl::Time now) {
  struct Ended {
    absl::Time since;
    storage::Key key;
    storage::Version version;
  };
  std::vector<Ended> ended;
  absl::Time oldest = absl::InfiniteFuture();
  absl::Status read;
  const absl::Status scanned =
      store_.Scan({RecordKind::kEmployerList, "", ""}, [&](const storage::Record& record) {
        store::v1::EmployerList list;
        if (!list.ParseFromString(record.value)) {
          read = DamagedData("a stored list");
          return false;
        }
        const absl::Time since = ToTime(list.renew_time());
        if (now < since) return true;
        oldest = std::min(oldest, since);
        ended.push_back({since, record.key, record.version});
        return true;
      });
  if (!scanned.ok() || !read.ok()) return scanned.ok() ? read : scanned;
  storage::Batch batch;
  for (const Ended& one : ended) {
    if (one.since > oldest + kEndedRemovedSpan || batch.mutations.size() == kRemovedMax) continue;
    batch.expectations.push_back({one.key, one.version});
    batch.mutations.push_back({one.key, std::nullopt});
  }
  if (batch.mutations.empty()) return absl::OkStatus();
  const absl::Status removed = store_.Commit(std::move(batch)).status();
  return absl::IsAborted(removed) ? absl::OkStatus() : removed;
}

}  // namespace passend::service
