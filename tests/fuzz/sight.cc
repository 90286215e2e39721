#include "tests/fuzz/sight.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/sync.pb.h"
#include "passend/v1/visibility.pb.h"
#include "service/call/permission_table.h"
#include "service/consent/consent_book.h"
#include "service/disclosure/disclosure_table.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"

namespace passend::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using service::GroupSet;
using service::Permission;
using service::Role;

constexpr std::string_view kPassports = "passports/";
constexpr std::string_view kOfIds = "abcdefghijklmnopqrstuvwxyz0123456789-";

bool IsOurs(const FieldDescriptor& field) {
  return field.message_type() != nullptr && field.message_type()->file()->package() == "passend.v1";
}

// A consent for an introduction says of which tasks; whether the task is one of them is for the
// tests of revealing.
bool Counts(const v1::Consent& consent, const std::string& audience, v1::Purpose purpose,
            absl::Time now) {
  return consent.audience() == audience && consent.purpose() == purpose &&
         !consent.has_revoke_time() &&
         absl::FromUnixSeconds(consent.expire_time().seconds()) +
                 absl::Nanoseconds(consent.expire_time().nanos()) >
             now;
}

}  // namespace

std::set<std::string> PeopleIn(std::string_view text) {
  std::set<std::string> people;
  for (size_t at = text.find(kPassports); at != text.npos; at = text.find(kPassports, at + 1)) {
    const std::string_view rest = text.substr(at + kPassports.size());
    const std::string_view id = rest.substr(0, rest.find_first_not_of(kOfIds));
    if (!id.empty()) people.emplace(text.substr(at, kPassports.size() + id.size()));
  }
  return people;
}

bool Sight::IsThere(const std::string& passport) const {
  const auto name = service::ParsePassportName(passport);
  if (!name) return false;
  const auto record = service::ReadOne(store_, service::KeyOf(*name));
  return record.ok() && record->has_value();
}

bool Sight::Owns(const std::string& passport) const {
  const std::string owner = service::OwnerName(caller_);
  if (!IsThere(passport) || owner.empty()) return false;
  const auto record =
      service::ReadOne(store_, service::KeyOf(*service::ParsePassportName(passport)));
  const auto stored = service::ParseStored<v1::Passport>(**record, passport);
  if (!stored.ok()) return false;
  const auto has = [&owner](const auto& names) {
    return std::find(names.begin(), names.end(), owner) != names.end();
  };
  return owner == passport || (caller_.role == Role::kPartner && has(stored->partners())) ||
         (caller_.role == Role::kCoach && has(stored->coaches()));
}

GroupSet Sight::Shared(const std::string& passport) const {
  const auto name = service::ParsePassportName(passport);
  if (!name || !IsThere(passport)) return {};
  const auto book = service::ReadConsents(store_, *name);
  if (!book.ok()) return {};
  const bool introduces = method_.purpose == v1::PURPOSE_INTRODUCTION;
  const bool feeds = method_.name == "passend.v1.SyncService.Watch";
  GroupSet groups;
  if (!method_.opened_by_consent && !introduces && !feeds) return groups;
  for (const v1::Consent& consent : book->consents) {
    if (!Counts(consent, service::OwnerName(caller_), method_.purpose, now_)) continue;
    groups.Add({v1::FIELD_GROUP_OPEN});
    for (const int group : consent.groups()) groups.Add({static_cast<v1::FieldGroup>(group)});
  }
  return groups;
}

GroupSet Sight::GroupsOf(const std::string& passport) const {
  const Permission permission = service::PermissionOf(caller_, method_.name);
  const GroupSet by_role = service::OwnGroups(caller_.role, method_.purpose);
  if (permission == Permission::kNo) return {};
  if (permission == Permission::kAll) return by_role;
  GroupSet groups = Shared(passport);
  if (permission == Permission::kOwn && Owns(passport)) groups.Add(by_role);
  return groups;
}

// Whoever had a person is told that they are gone, by the name that it had for them.
void Sight::Add(const Message& message, Shown& shown) const {
  if (message.GetDescriptor() == v1::WatchChange::descriptor() &&
      static_cast<const v1::WatchChange&>(message).has_removal()) {
    return;
  }
  if (message.GetDescriptor() == v1::PushResult::descriptor() &&
      !IsThere(static_cast<const v1::PushResult&>(message).passport())) {
    return;
  }
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const v1::FieldGroup group = field->options().GetExtension(v1::visibility);
    shown.groups.Add({group});
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (IsOurs(*field)) {
        Add(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                 : reflection.GetMessage(message, field),
            shown);
      } else if (field->type() == FieldDescriptor::TYPE_STRING &&
                 group == v1::FIELD_GROUP_IDENTITY) {
        shown.people.merge(PeopleIn(field->is_repeated()
                                        ? reflection.GetRepeatedString(message, field, i)
                                        : reflection.GetString(message, field)));
      }
    }
  }
}

std::string Sight::FaultOf(const Message& answer, const std::set<std::string>& asked) const {
  if (service::PermissionOf(caller_, method_.name) == Permission::kNo)
    return "it may not call this";
  Shown shown;
  Add(answer, shown);
  GroupSet allowed = {v1::FIELD_GROUP_OPEN};
  std::set<std::string> people = shown.people;
  people.insert(asked.begin(), asked.end());
  for (const std::string& person : people) allowed.Add(GroupsOf(person));
  // Otherwise the answer may be about people whom it does not name.
  const bool about_one = method_.opened_by_consent;
  if (!about_one) allowed.Add(service::OwnGroups(caller_.role, method_.purpose));
  if (!allowed.Covers(shown.groups)) return "it shows more than the caller may see";
  for (const std::string& person : shown.people) {
    if (!Reaches(person)) return absl::StrCat("it names ", person, ", who is not there for it");
  }
  return "";
}

}  // namespace passend::fuzz
