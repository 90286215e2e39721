#include "service/evidence/proposed_people.h"

#include "service/evidence/proposal_book.h"

namespace passend::service {

absl::StatusOr<std::unique_ptr<ProposedPeople>> ProposedPeople::Load(const storage::Store& store) {
  auto people = std::make_unique<ProposedPeople>();
  absl::Status parsed = absl::OkStatus();
  const absl::Status scanned =
      store.Scan({storage::RecordKind::kProposalBook, "", ""}, [&](const storage::Record& record) {
        const auto book = ParseProposalBook(record);
        parsed = book.status();
        if (!parsed.ok()) return false;
        for (const v1::Proposal& proposal : book->proposals) {
          people->Add(proposal.task(), record.key.id);
        }
        return true;
      });
  if (!parsed.ok()) return parsed;
  if (!scanned.ok()) return scanned;
  return people;
}

void ProposedPeople::Add(const std::string& task, const std::string& passport_id) {
  absl::MutexLock lock(&mutex_);
  by_task_[task].insert(passport_id);
}

size_t ProposedPeople::CountFor(const std::string& task) const {
  absl::MutexLock lock(&mutex_);
  const auto people = by_task_.find(task);
  return people == by_task_.end() ? 0 : people->second.size();
}

std::vector<std::string> ProposedPeople::For(const std::string& task) const {
  absl::MutexLock lock(&mutex_);
  const auto people = by_task_.find(task);
  if (people == by_task_.end()) return {};
  return {people->second.begin(), people->second.end()};
}

}  // namespace passend::service
