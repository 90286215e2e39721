// For what one person was proposed, as the one record that it is kept in: the person's own,
// encrypted with their key and erased with them.
#ifndef PASSEND_SERVICE_EVIDENCE_PROPOSAL_BOOK_H_
#define PASSEND_SERVICE_EVIDENCE_PROPOSAL_BOOK_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/proposal.pb.h"
#include "service/names/resource_names.h"
#include "storage/store.h"

namespace passend::service {

struct ProposalBook {
  storage::Version version = 0;         // 0: nothing was ever proposed
  std::vector<v1::Proposal> proposals;  // the oldest first, with their names

  // Null where there is none.
  const v1::Proposal* Named(std::string_view name) const;
  const v1::Proposal* ForTask(std::string_view task) const;
};

// `passports/{passport}/proposals/{id}`.
std::string ProposalNameOf(const PassportName& passport, std::string_view id);

// The book of a record of kind kProposalBook. DAMAGED_DATA.
absl::StatusOr<ProposalBook> ParseProposalBook(const storage::Record& record);

// The book of `passport`; an empty one where it has none. DAMAGED_DATA; errors of the store.
absl::StatusOr<ProposalBook> ReadProposalBook(const storage::Store& store,
                                              const PassportName& passport);

// The value to store.
std::string StoredValue(const ProposalBook& book);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_PROPOSAL_BOOK_H_
