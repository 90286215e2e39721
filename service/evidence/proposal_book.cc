#include "service/evidence/proposal_book.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "passend/store/v1/proposal_book.pb.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/names/string_form.h"
#include "service/records/stored_message.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr std::string_view kProposals = "/proposals/";

template <typename Is>
const v1::Proposal* FirstThat(const std::vector<v1::Proposal>& proposals, const Is& is) {
  const auto at = std::find_if(proposals.begin(), proposals.end(), is);
  return at == proposals.end() ? nullptr : &*at;
}

}  // namespace

const v1::Proposal* ProposalBook::Named(std::string_view name) const {
  return FirstThat(proposals, [&](const v1::Proposal& one) { return one.name() == name; });
}

const v1::Proposal* ProposalBook::ForTask(std::string_view task) const {
  return FirstThat(proposals, [&](const v1::Proposal& one) { return one.task() == task; });
}

std::string ProposalNameOf(const PassportName& passport, std::string_view id) {
  return absl::StrCat(MakeName(passport), ToAbsl(kProposals), ToAbsl(id));
}

absl::StatusOr<ProposalBook> ParseProposalBook(const storage::Record& record) {
  store::v1::ProposalBook stored;
  if (!IsResourceId(record.key.id) || !stored.ParseFromString(record.value)) {
    return DamagedData("a stored book of proposals");
  }
  ProposalBook book;
  book.version = record.version;
  for (v1::Proposal& proposal : *stored.mutable_proposals()) {
    if (!IsResourceId(proposal.name())) return DamagedData("a stored proposal");
    proposal.set_name(ProposalNameOf(PassportName{record.key.id}, proposal.name()));
    book.proposals.push_back(std::move(proposal));
  }
  return book;
}

absl::StatusOr<ProposalBook> ReadProposalBook(const storage::Store& store,
                                              const PassportName& passport) {
  const auto record = ReadOne(store, ProposalBookKeyOf(passport));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return ProposalBook{};
  return ParseProposalBook(**record);
}

std::string StoredValue(const ProposalBook& book) {
  store::v1::ProposalBook stored;
  for (const v1::Proposal& proposal : book.proposals) {
    v1::Proposal& kept = *stored.add_proposals();
    kept = proposal;
    kept.set_name(proposal.name().substr(proposal.name().rfind('/') + 1));
  }
  return CanonicalBytes(stored);
}

}  // namespace passend::service
