#include "service/sync/push_batch.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/audit/tell.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/errors/request_errors.h"
#include "service/names/resource_names.h"
#include "service/records/repeatable_write.h"
#include "service/records/stored_message.h"
#include "service/rules/field_violation.h"
#include "service/sync/partner_records.h"
#include "service/sync/push_attempt.h"
#include "service/sync/pushed_person.h"

namespace passend::service {
namespace {

constexpr int kAttempts = 8;
constexpr char kPartner[] = "partner";

v1::PushResult ResultOf(const store::v1::PushedRecord& record) {
  v1::PushResult result;
  result.set_outcome(record.outcome());
  if (!record.passport().empty()) result.set_passport(MakeName(PassportName{record.passport()}));
  *result.mutable_fields() = record.fields();
  *result.mutable_faults() = record.faults();
  return result;
}

}  // namespace

PushBatch::PushBatch(const PushTools& tools, const v1::PushRequest& request)
    : tools_(tools),
      request_(request),
      receipt_key_(ReceiptKeyOf(absl::StrCat(tools.context.method, "/", tools.partner.name),
                                request.batch_id())),
      fingerprint_(ContentDigest(request, {kPartner})) {}

absl::Status PushBatch::CheckIds() const {
  FieldViolations violations;
  std::set<std::string_view> seen;
  for (int i = 0; i < request_.records_size(); ++i) {
    if (seen.insert(request_.records(i).external_id()).second) continue;
    violations.push_back({(FieldPath("records")[i] / "external_id").text(),
                          "must not be the same as that of an earlier record of the batch"});
  }
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

absl::StatusOr<v1::PushResponse> PushBatch::CarryOut() {
  if (absl::Status fine = CheckIds(); !fine.ok()) return fine;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (tools_.context.cancelled()) return Cancelled();
    if (tools_.context.pointless()) return DeadlineExceeded();
    auto repeated = FindRepeated();
    if (!repeated.ok()) return repeated.status();
    if (repeated->has_value()) return **std::move(repeated);
    if (records_.empty()) {
      for (const v1::PushRecord& record : request_.records()) {
        records_.push_back(Prepare(tools_, record));
      }
    }
    PushAttempt made(tools_, records_);
    auto committed = made.Commit({receipt_key_, fingerprint_, ""});
    if (absl::IsAborted(committed.status())) continue;  // others have written in between
    if (absl::IsAlreadyExists(committed.status()))
      return RequestIdReused(request_.batch_id(), "batch_id");
    if (!committed.ok()) return committed.status();
    if (!committed->has_value()) continue;  // carried out by an equal request meanwhile
    (*committed)->set_batch_id(request_.batch_id());
    return **std::move(committed);
  }
  return StoreUnavailable(absl::StatusCode::kUnavailable,
                          "others go on changing the same people; send the batch again");
}

absl::StatusOr<std::optional<v1::PushResponse>> PushBatch::FindRepeated() const {
  const auto receipt = tools_.tools.store.FindReceipt(receipt_key_);
  if (!receipt.ok()) return receipt.status();
  if (!receipt->has_value()) return std::nullopt;
  if ((*receipt)->fingerprint != fingerprint_)
    return RequestIdReused(request_.batch_id(), "batch_id");
  auto response = Repeated((*receipt)->response, (*receipt)->sequence);
  if (!response.ok()) return response.status();
  return std::optional(*std::move(response));
}

absl::StatusOr<v1::PushResponse> PushBatch::Repeated(const std::string& receipt,
                                                     uint64_t sequence) const {
  store::v1::PushReceipt kept;
  if (!kept.ParseFromString(receipt) || kept.records_size() != request_.records_size()) {
    return DamagedData("a stored receipt");
  }
  v1::PushResponse response;
  response.set_batch_id(request_.batch_id());
  response.set_repeated_batch(true);
  response.set_data_sequence(static_cast<int64_t>(sequence));
  std::vector<PersonToRead> people;
  for (const store::v1::PushedRecord& record : kept.records()) {
    if (!record.passport().empty()) people.push_back({{record.passport()}});
  }
  const auto read = ReadPeople(tools_.tools.store, people);
  if (!read.ok()) return read.status();
  std::map<std::string, const PushedPerson*> by_id;
  for (const PushedPerson& person : *read) by_id[person.name.passport] = &person;
  std::vector<std::string> places;
  for (const v1::PushRecord& record : request_.records()) {
    places.push_back(tools_.key.PlaceOf(record.external_id()));
  }
  const auto links = ReadPartnerLinks(tools_.tools.store, tools_.partner.id, places);
  if (!links.ok()) return links.status();
  TellNobody(tools_.context);  // of whom there is none
  for (int i = 0; i < kept.records_size(); ++i) {
    const store::v1::PushedRecord& record = kept.records(i);
    v1::PushResult& result = *response.add_results();
    result = ResultOf(record);
    result.set_external_id(request_.records(i).external_id());
    if (record.passport().empty()) continue;
    const PushedPerson& person = *by_id.at(record.passport());
    if (person.passport && tools_.partner.Keeps(*person.passport)) {
      result.set_etag(EtagOf(person.passport_version));
      TellPerson(tools_.context, record.passport());
    } else if (!person.passport && !(*links)[static_cast<size_t>(i)].link.withdrawn()) {
      result.set_outcome(v1::PUSH_OUTCOME_ERASED);
    } else {
      result.clear_passport();  // the partner's no longer
    }
  }
  return response;
}

}  // namespace passend::service
