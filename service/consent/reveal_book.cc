#include "service/consent/reveal_book.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "passend/store/v1/consent_book.pb.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/names/string_form.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

absl::StatusOr<RevealBook> ParseReveals(const storage::Record& record) {
  store::v1::RevealBook stored;
  if (!IsResourceId(record.key.id) || !stored.ParseFromString(record.value)) {
    return DamagedData("a stored book of reveals");
  }
  RevealBook book;
  book.version = record.version;
  for (v1::Reveal& reveal : *stored.mutable_reveals()) {
    if (!IsResourceId(reveal.consent())) return DamagedData("a stored reveal");
    reveal.set_consent(MakeName(ConsentName{{record.key.id}, reveal.consent()}));
    book.reveals.push_back(std::move(reveal));
  }
  return book;
}

}  // namespace

void RevealBook::Add(const std::string& employer, const std::string& task,
                     const std::string& consent, absl::Time now) {
  const auto before = [&](const v1::Reveal& one) {
    return std::tie(one.employer(), one.task()) < std::tie(employer, task);
  };
  auto at = std::partition_point(reveals.begin(), reveals.end(), before);
  if (at == reveals.end() || at->employer() != employer || at->task() != task) {
    at = reveals.insert(at, v1::Reveal());
    at->set_employer(employer);
    at->set_task(task);
    *at->mutable_first_time() = ToTimestamp(now);
  }
  *at->mutable_last_time() = ToTimestamp(now);
  at->set_count(at->count() + 1);
  at->set_consent(consent);
}

absl::StatusOr<RevealBook> ReadReveals(const storage::Store& store, const PassportName& passport) {
  const auto record = ReadOne(store, RevealBookKeyOf(passport));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return RevealBook{};
  return ParseReveals(**record);
}

std::string StoredValue(const RevealBook& book) {
  store::v1::RevealBook stored;
  for (const v1::Reveal& reveal : book.reveals) {
    v1::Reveal& kept = *stored.add_reveals();
    kept = reveal;
    kept.set_consent(ParseConsentName(reveal.consent()).value().consent);
  }
  return CanonicalBytes(stored);
}

}  // namespace passend::service
