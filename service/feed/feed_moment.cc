#include "service/feed/feed_moment.h"

#include <utility>

#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/passport/skill_levels.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

using storage::RecordKind;

// What a moment remembers: people who changed since the one before, as a rule.
constexpr size_t kRememberedBytesMax = size_t{8} << 20;
// Of the people of a page; a book of validations may have megabytes.
constexpr size_t kPageBytesMax = size_t{16} << 20;
// How long one is given to others, by its clock.
constexpr absl::Duration kMomentGivenFor = absl::Seconds(1);

size_t BytesOf(const std::vector<std::optional<storage::Record>>& records) {
  constexpr size_t kOverhead = 1'000;
  size_t bytes = kOverhead;
  for (const auto& record : records) bytes += record ? 2 * record->value.size() : 0;
  return bytes;
}

}  // namespace

FeedMoment::FeedMoment(std::unique_ptr<storage::Snapshot> snapshot, const CurrentPolicy& policy,
                       absl::Time now, std::shared_ptr<PeopleCommits> commits)
    : snapshot_(std::move(snapshot)),
      policy_(policy.Get()),
      now_(now),
      commits_(std::move(commits)) {}

absl::StatusOr<std::shared_ptr<FeedMoment>> FeedMoment::Take(
    const storage::Store& store, const CurrentPolicy& policy, absl::Time now,
    std::shared_ptr<PeopleCommits> commits) {
  auto snapshot = store.GetSnapshot();
  if (!snapshot.ok()) return snapshot.status();
  if (commits == nullptr) commits = std::make_shared<PeopleCommits>(store);
  return std::shared_ptr<FeedMoment>(
      new FeedMoment(*std::move(snapshot), policy, now, std::move(commits)));
}

absl::Status FeedMoment::Add(const storage::Record& record, PersonAt& person) {
  switch (record.key.kind) {
    case RecordKind::kPassport: {
      auto passport = ParseStored<v1::Passport>(record, MakeName(PassportName{record.key.id}));
      if (!passport.ok()) return passport.status();
      person.passport = *std::move(passport);
      person.passport_version = record.version;
      return absl::OkStatus();
    }
    case RecordKind::kConsentBook: {
      auto book = ParseConsents(record);
      if (!book.ok()) return book.status();
      person.consents = *std::move(book);
      return absl::OkStatus();
    }
    case RecordKind::kValidationBook: {
      auto book = ParseBook(record);
      if (!book.ok()) return book.status();
      person.validations = *std::move(book);
      return absl::OkStatus();
    }
    case RecordKind::kPartnerBook: {
      auto book = ParsePartnerBook(record);
      if (!book.ok()) return book.status();
      person.partners = *std::move(book);
      return absl::OkStatus();
    }
    case RecordKind::kErasure:
      person.erased = record.version;
      return absl::OkStatus();
    default:
      return absl::InternalError("a record that is no part of a person was read for one");
  }
}

void FeedMoment::FillSkills(PersonAt& person) const {
  if (!person.passport) return;
  const matcher::Day today = DayOf(ToTimestamp(now_));
  for (v1::PassportSkill& skill :
       SkillsOn(policy_->policy.ability, person.validations.validations, today)) {
    skill.clear_validations();
    *person.passport->add_skills() = std::move(skill);
  }
}

absl::StatusOr<std::shared_ptr<const PersonAt>> FeedMoment::Person(const std::string& id) {
  {
    absl::MutexLock lock(&mutex_);
    const auto at = people_.find(id);
    if (at != people_.end()) return at->second;
  }
  const PassportName name{id};
  const auto records = snapshot_->Read({KeyOf(name), ConsentBookKeyOf(name), BookKeyOf(name),
                                        PartnerBookKeyOf(name), ErasureKeyOf(name)});
  if (!records.ok()) return records.status();
  auto person = std::make_shared<PersonAt>();
  for (const auto& record : *records) {
    if (!record) continue;
    if (absl::Status added = Add(*record, *person); !added.ok()) return added;
  }
  FillSkills(*person);
  absl::MutexLock lock(&mutex_);
  if (bytes_ < kRememberedBytesMax) {
    bytes_ += BytesOf(*records);
    people_.emplace(id, person);
  }
  return person;
}

absl::StatusOr<FeedMoment::Page> FeedMoment::PeopleAfter(
    const std::string& after, size_t count,
    const std::function<bool(const PersonAt&)>& wanted) const {
  Page page{.people = {}, .last_id = after, .ends = true};
  std::vector<storage::Record> passports;
  const absl::Status scanned =
      snapshot_->Scan({RecordKind::kPassport, "", after}, [&](storage::Record record) {
        page.ends = passports.size() < count;
        if (!page.ends) return false;
        passports.push_back(std::move(record));
        return true;
      });
  if (!scanned.ok()) return scanned;
  if (passports.empty()) return page;
  page.last_id = passports.back().key.id;
  std::vector<storage::Key> keys;
  for (const storage::Record& record : passports) {
    keys.push_back(ConsentBookKeyOf(PassportName{record.key.id}));
  }
  const auto consents = snapshot_->Read(keys);
  if (!consents.ok()) return consents.status();
  std::vector<std::shared_ptr<PersonAt>> people;
  keys.clear();
  for (size_t place = 0; place < passports.size(); ++place) {
    auto person = std::make_shared<PersonAt>();
    absl::Status added = Add(passports[place], *person);
    if (added.ok() && (*consents)[place]) added = Add(*(*consents)[place], *person);
    if (!added.ok()) return added;
    if (!wanted(*person)) continue;
    const PassportName name{passports[place].key.id};
    keys.push_back(BookKeyOf(name));
    keys.push_back(PartnerBookKeyOf(name));
    people.push_back(std::move(person));
  }
  return FillBooks(keys, std::move(people), std::move(page));
}

absl::StatusOr<FeedMoment::Page> FeedMoment::FillBooks(
    const std::vector<storage::Key>& keys, std::vector<std::shared_ptr<PersonAt>> people,
    Page page) const {
  size_t bytes = 0;
  for (size_t place = 0; place < people.size(); ++place) {
    if (bytes >= kPageBytesMax) {
      page.last_id = page.people.back().id;
      page.ends = false;
      return page;
    }
    const auto books = snapshot_->Read({keys[2 * place], keys[2 * place + 1]});
    if (!books.ok()) return books.status();
    for (const auto& book : *books) {
      if (!book) continue;
      bytes += book->value.size();
      if (absl::Status added = Add(*book, *people[place]); !added.ok()) return added;
    }
    FillSkills(*people[place]);
    page.people.push_back({keys[2 * place].id, std::move(people[place])});
  }
  return page;
}

// Not where the clock was set back: it would be kept until that comes round again.
bool FeedMoments::IsGivenAt(absl::Time now) const {
  return now >= last_->time() && now - last_->time() < kMomentGivenFor;
}

absl::StatusOr<std::shared_ptr<FeedMoment>> FeedMoments::Get(storage::Sequence at_least) {
  const absl::Time now = now_();
  absl::MutexLock lock(&mutex_);
  if (last_ != nullptr && last_->sequence() >= at_least && IsGivenAt(now)) return last_;
  auto taken = FeedMoment::Take(store_, policy_, now, commits_);
  if (taken.ok()) last_ = *taken;
  return taken;
}

void FeedMoments::Forget() {
  absl::MutexLock lock(&mutex_);
  if (last_ != nullptr && !IsGivenAt(now_())) last_ = nullptr;
}

}  // namespace passend::service
