#include "service/sync/pushed_person.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "service/canonical_bytes.h"
#include "service/consent/partner_audience.h"
#include "service/credential/credential_book.h"
#include "service/errors/request_errors.h"
#include "service/records/change_event.h"
#include "service/records/erasure_batch.h"
#include "service/records/stored_message.h"
#include "service/validations/book_change.h"

namespace passend::service {
namespace {

// A book may have megabytes: so many people are in memory twice at most.
constexpr size_t kReadAtOnce = 32;
constexpr size_t kPeopleBytesMax = size_t{64} << 20;

std::vector<storage::Key> KeysOf(std::span<const PersonToRead> people) {
  std::vector<storage::Key> keys;
  for (const PersonToRead& person : people) {
    keys.push_back(KeyOf(person.name));
    keys.push_back(PartnerBookKeyOf(person.name));
    if (person.with_validations) keys.push_back(BookKeyOf(person.name));
    if (person.with_consents) keys.push_back(ConsentBookKeyOf(person.name));
  }
  return keys;
}

using Records = std::vector<std::optional<storage::Record>>;

// Of the records of KeysOf, from `next` on, which it moves behind the person's.
absl::StatusOr<PushedPerson> Parse(const PersonToRead& person, Records::const_iterator& next) {
  PushedPerson one;
  one.name = person.name;
  if (const auto& record = *next++; record) {
    auto passport = ParseStored<v1::Passport>(*record, MakeName(person.name));
    if (!passport.ok()) return passport.status();
    one.passport = *std::move(passport);
    one.seen_by.set_region(one.passport->region());
    *one.seen_by.mutable_partners() = one.passport->partners();
    one.passport_version = record->version;
  }
  auto partners = ParsePartnerBook(*next++);
  if (!partners.ok()) return partners.status();
  one.partners = *std::move(partners);
  if (person.with_validations) {
    if (const auto& record = *next++; record) {
      auto validations = ParseBook(*record);
      if (!validations.ok()) return validations.status();
      one.validations = *std::move(validations);
    }
  }
  if (person.with_consents) {
    if (const auto& record = *next++; record) {
      auto consents = ParseConsents(*record);
      if (!consents.ok()) return consents.status();
      one.consents = *std::move(consents);
    }
  }
  return one;
}

void Append(storage::Batch more, storage::Batch& batch) {
  std::ranges::move(more.expectations, std::back_inserter(batch.expectations));
  std::ranges::move(more.mutations, std::back_inserter(batch.mutations));
  std::ranges::move(more.events, std::back_inserter(batch.events));
}

}  // namespace

absl::Status PushedPerson::AddTo(const storage::Store& store, absl::Time now,
                                 storage::Batch& batch) const {
  const storage::Key key = KeyOf(name);
  if (erased) {
    storage::Batch erasure = ErasureBatch(name, now, PartnersOf(seen_by, consents, now));
    erasure.expectations.push_back({key, passport_version});
    erasure.expectations.push_back({ConsentBookKeyOf(name), consents.version});
    AddErasedLinks(name, seen_by, partners, erasure);
    absl::Status taken = TakeBackAll(store, name, erasure);
    if (taken.ok()) Append(std::move(erasure), batch);
    return taken;
  }
  if (!passport_changed && !partners_changed && validations_changed.empty()) {
    return absl::OkStatus();
  }
  batch.expectations.push_back({key, passport_version});
  batch.expectations.push_back({ErasureKeyOf(name), 0});
  if (passport_changed) {
    const bool moved = passport_version != 0 && seen_by.region() != passport->region();
    std::vector<std::string> lost = PartnersLost(seen_by, *passport);
    batch.mutations.push_back({key, StoredValue(*passport)});
    AddWithdrawnLinks(name, partners, lost, batch);
    batch.events.push_back(PersonEvent(key, {.moved = moved, .partners = std::move(lost)}));
  }
  if (!validations_changed.empty()) {
    Append(BatchOf(name, validations, validations_changed), batch);
  }
  if (partners_changed) {
    batch.expectations.push_back({PartnerBookKeyOf(name), partners.version});
    batch.mutations.push_back({PartnerBookKeyOf(name), CanonicalBytes(partners.book)});
    if (std::ranges::any_of(partners.book.sides(), &store::v1::PartnerSide::id_is_new)) {
      batch.events.push_back(PersonEvent(PartnerBookKeyOf(name), {}));
    }
  }
  return TakeBackRevoked(store, name, validations, validations_changed, batch);
}

absl::StatusOr<std::vector<PushedPerson>> ReadPeople(const storage::Store& store,
                                                     const std::vector<PersonToRead>& people) {
  std::vector<PushedPerson> read;
  size_t bytes = 0;
  const std::span<const PersonToRead> all(people);
  for (size_t first = 0; first < all.size(); first += kReadAtOnce) {
    const auto some = all.subspan(first, std::min(kReadAtOnce, all.size() - first));
    const auto records = store.Read(KeysOf(some));
    if (!records.ok()) return records.status();
    for (const auto& record : *records) bytes += record ? record->value.size() : 0;
    if (bytes > kPeopleBytesMax) {
      return LimitExceeded("bytes of the people of a batch", kPeopleBytesMax);
    }
    auto next = records->begin();
    for (const PersonToRead& person : some) {
      auto one = Parse(person, next);
      if (!one.ok()) return one.status();
      read.push_back(*std::move(one));
    }
  }
  return read;
}

LockedPeople::LockedPeople(KeyedLocks& locks,
                           const std::vector<PersonToRead>& people) ABSL_NO_THREAD_SAFETY_ANALYSIS {
  for (const PersonToRead& person : people) held_.push_back(&locks.For(person.name.passport));
  std::ranges::sort(held_, std::less<absl::Mutex*>());
  held_.erase(std::unique(held_.begin(), held_.end()), held_.end());
  for (absl::Mutex* const mutex : held_) mutex->Lock();
}

LockedPeople::~LockedPeople() ABSL_NO_THREAD_SAFETY_ANALYSIS {
  for (absl::Mutex* const mutex : held_) mutex->Unlock();
}

}  // namespace passend::service
