#include "service/feed/feed_reader.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "service/consent/partner_audience.h"
#include "service/errors/request_errors.h"
#include "service/limits.h"

namespace passend::service {
namespace {

constexpr char kField[] = "cursor";
// What one look takes in: some tens of milliseconds. A commit may be about hundreds of people.
constexpr size_t kPeopleLookedAt = 512;
constexpr size_t kEntriesRead = 16;
constexpr size_t kEntriesLookedAt = 4'096;

bool IsFull(const FeedPart& part, size_t bytes) {
  return part.people.size() >= static_cast<size_t>(kFeedChangesMax) || bytes >= kFeedAnswerBytesMax;
}

size_t BytesOfLast(const FeedPart& part) { return part.people.back().change.ByteSizeLong(); }

absl::StatusOr<std::vector<storage::JournalEntry>> TailOf(const storage::Store& store,
                                                          storage::Sequence after, size_t limit) {
  auto entries = store.Tail(after, limit);
  if (absl::IsOutOfRange(entries.status())) return CursorTooOld(kField);
  return entries;
}

// Past commits about nobody, but for the moment's own: when that was made is told.
void SkipQuiet(FeedMoment& moment, FeedPosition& position) {
  const storage::Sequence quiet =
      moment.commits().QuietUntil(position.sequence, moment.sequence() - 1);
  if (quiet <= position.sequence) return;
  position.sequence = quiet;
  position.told_of_next = 0;
}

constexpr GroupSet kNameOnly = {v1::FIELD_GROUP_OPEN, v1::FIELD_GROUP_IDENTITY};
// That they are not of the regions asked for says something of their region.
constexpr GroupSet kNameAndRegion = {v1::FIELD_GROUP_OPEN, v1::FIELD_GROUP_IDENTITY,
                                     v1::FIELD_GROUP_BASIC};

}  // namespace

absl::StatusOr<FeedPart> FeedReader::Next(const FeedPosition& position, FeedMoment& moment,
                                          absl::Time now) {
  if (moment.sequence() > position.sequence && moment.sequence() - position.sequence > lag_max_) {
    return CursorTooOld(kField);
  }
  return position.snapshot ? NextOfAll(position, moment, now)
                           : NextOfJournal(position, moment, now);
}

absl::StatusOr<FeedPart> FeedReader::NextOfAll(const FeedPosition& position, FeedMoment& moment,
                                               absl::Time now) {
  auto page = moment.PeopleAfter(position.after_id, kPeopleLookedAt, [&](const PersonAt& person) {
    const GroupSet groups = GroupsSeen(person, by_.partner, now);
    return !groups.empty() && IsOfRegions(person, groups, by_.regions);
  });
  if (!page.ok()) return page.status();
  FeedPart part;
  part.position = position;
  size_t bytes = 0;
  for (const FeedMoment::Listed& listed : page->people) {
    if (IsFull(part, bytes)) return part;
    const GroupSet groups = GroupsSeen(*listed.person, by_.partner, now);
    part.people.push_back(
        {listed.id,
         TellOf(*listed.person, groups, by_, VersionOf(*listed.person, groups, by_.partner)),
         groups, false});
    bytes += BytesOfLast(part);
    part.position.after_id = listed.id;
  }
  part.position.after_id = page->last_id;
  if (page->ends) {
    part.position.snapshot = false;
    part.position.after_id.clear();
  }
  return part;
}

absl::StatusOr<FeedPart> FeedReader::NextOfJournal(const FeedPosition& position, FeedMoment& moment,
                                                   absl::Time now) {
  FeedPart part;
  part.position = position;
  size_t bytes = 0;
  size_t entries_looked_at = 0;
  size_t people_looked_at = 0;
  while (part.position.sequence < moment.sequence()) {
    SkipQuiet(moment, part.position);
    if (entries_looked_at >= kEntriesLookedAt) return part;
    const auto entries = TailOf(store_, part.position.sequence, kEntriesRead);
    if (!entries.ok()) return entries.status();
    if (entries->empty()) break;
    for (const storage::JournalEntry& entry : *entries) {
      if (entry.sequence > moment.sequence()) break;
      const std::vector<PersonEvents> people = PeopleOf(entry);
      for (size_t place = part.position.told_of_next; place < people.size(); ++place) {
        if (IsFull(part, bytes) || people_looked_at++ >= kPeopleLookedAt) return part;
        const size_t before = part.people.size();
        absl::Status told = Tell(people[place], entry.sequence, moment, now, part);
        if (absl::IsOutOfRange(told)) return CursorTooOld(kField);
        if (!told.ok()) return told;
        if (part.people.size() > before) bytes += BytesOfLast(part);
        part.position.told_of_next = static_cast<uint32_t>(place + 1);
      }
      part.position.sequence = entry.sequence;
      part.position.told_of_next = 0;
      part.last_commit = entry.committed_at;
      ++entries_looked_at;
    }
  }
  part.exact = true;
  removals_.Forget();
  return part;
}

absl::Status FeedReader::Tell(const PersonEvents& events, storage::Sequence sequence,
                              FeedMoment& moment, absl::Time now, FeedPart& part) {
  const auto found = moment.Person(events.passport);
  if (!found.ok()) return found.status();
  const PersonAt& person = **found;
  const auto& partners = events.change.partners;
  const bool named = std::ranges::find(partners, by_.partner) != partners.end();
  if (events.change.partners_unknown) return CursorTooOld(kField);
  if (events.change.change == Change::kErased) {
    if (named) Remove(events.passport, v1::WATCH_REMOVAL_ERASED, sequence, person, part);
    return absl::OkStatus();
  }
  const GroupSet groups = person.passport ? GroupsSeen(person, by_.partner, now) : GroupSet();
  const bool region_hidden = !by_.regions.empty() && !groups.Has(v1::FIELD_GROUP_BASIC);
  using enum RemovalsAhead::Counted;
  if (groups.empty() || region_hidden) {
    // Where a consent has just ended by time, the commit that tells so is still to come.
    if (!named || HasUntoldEnd(person.consents, by_.partner, now)) return absl::OkStatus();
    const auto later = removals_.LastOf(events.passport, kNamed, sequence, moment.sequence());
    if (!later.ok()) return later.status();
    if (*later > 0) return absl::OkStatus();
    Remove(events.passport, v1::WATCH_REMOVAL_WITHDRAWN, sequence, person, part);
    return absl::OkStatus();
  }
  if (!IsOfRegions(person, groups, by_.regions)) {
    if (!named && !events.change.moved) return absl::OkStatus();
    const auto later =
        removals_.LastOf(events.passport, kNamedOrMoved, sequence, moment.sequence());
    if (!later.ok()) return later.status();
    if (*later > 0) return absl::OkStatus();
    Remove(events.passport, v1::WATCH_REMOVAL_OTHER_REGION, sequence, person, part);
    return absl::OkStatus();
  }
  if (VersionOf(person, groups, by_.partner) != sequence) return absl::OkStatus();
  part.people.push_back({events.passport, TellOf(person, groups, by_, sequence), groups, false});
  return absl::OkStatus();
}

void FeedReader::Remove(const std::string& passport_id, v1::WatchRemoval removal,
                        storage::Sequence sequence, const PersonAt& person, FeedPart& part) {
  part.people.push_back({passport_id, TellRemoval(passport_id, removal, sequence),
                         removal == v1::WATCH_REMOVAL_OTHER_REGION ? kNameAndRegion : kNameOnly,
                         !person.passport.has_value()});
}

}  // namespace passend::service
