#include "service/records/erasure_batch.h"

#include <utility>

#include "service/canonical_bytes.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/sync/partner_records.h"

namespace passend::service {

storage::Batch ErasureBatch(const PassportName& name, absl::Time now,
                            std::optional<std::vector<std::string>> partners) {
  const storage::Key key = KeyOf(name);
  storage::Batch batch;
  batch.mutations.push_back({key, std::nullopt});
  batch.mutations.push_back({BookKeyOf(name), std::nullopt});
  batch.mutations.push_back({ConsentBookKeyOf(name), std::nullopt});
  batch.mutations.push_back({RevealBookKeyOf(name), std::nullopt});
  batch.mutations.push_back({{storage::RecordKind::kExposure, name.passport}, std::nullopt});
  batch.mutations.push_back({ProposalBookKeyOf(name), std::nullopt});
  batch.mutations.push_back({PartnerBookKeyOf(name), std::nullopt});
  batch.mutations.push_back({CredentialBookKeyOf(name), std::nullopt});
  batch.mutations.push_back({ErasureKeyOf(name), CanonicalBytes(ToTimestamp(now))});
  PersonChange change{.change = Change::kErased, .partners_unknown = !partners};
  if (partners) change.partners = *std::move(partners);
  batch.events.push_back(PersonEvent(key, change));
  return batch;
}

}  // namespace passend::service
