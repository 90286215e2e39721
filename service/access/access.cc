#include "service/access/access.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "service/consent/consent_book.h"
#include "service/disclosure/disclosure.h"
#include "service/disclosure/disclosure_table.h"
#include "service/disclosure/shareable.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"
#include "service/text.h"

namespace passend::service {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

bool Has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Equal(const Names& a, const Names& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

absl::Status NotForYou(std::string_view field) {
  return InvalidField(field, "must be left as it is: only a partner changes who keeps a passport");
}

}  // namespace

Access::Access(const CallContext& context, std::string_view method, const storage::Store& store)
    : context_(context),
      store_(store),
      method_(FindMethod(method)),
      permission_(PermissionOf(context.caller, method)),
      role_(context.caller.role),
      is_employer_(role_ == Role::kEmployer),
      owner_(OwnerName(context.caller)) {
  if (unlimited()) AllowOwn();
}

void Access::AllowOwn() const {
  if (context_.disclosure == nullptr || method_ == nullptr) return;
  context_.disclosure->Allow(OwnGroups(role_, method_->purpose));
}

absl::StatusOr<GroupSet> Access::SharedGroups(const v1::Passport& passport) const {
  const bool asks = method_ != nullptr && method_->opened_by_consent &&
                    permission_ != Permission::kNo && !owner_.empty() && role_ != Role::kPerson;
  if (!asks) return GroupSet();
  const std::optional<PassportName> name = ParsePassportName(passport.name());
  if (!name) return GroupSet();
  const absl::StatusOr<ConsentBook> book = ReadConsents(store_, *name);
  if (!book.ok()) return book.status();
  return SharedWith(*book, owner_, method_->purpose, context_.now());
}

absl::Status Access::Admit(const v1::Passport& passport) const {
  const bool own = Reaches(passport);
  if (unlimited()) return absl::OkStatus();
  if (own && OwnGroups(role_, method_->purpose).Covers(kShareableGroups)) return absl::OkStatus();
  const absl::StatusOr<GroupSet> shared = SharedGroups(passport);
  if (!shared.ok()) return shared.status();
  if (!own && shared->empty()) return PassportNotFound(passport.name());
  if (context_.disclosure != nullptr) context_.disclosure->Allow(*shared);
  return absl::OkStatus();
}

bool Access::Owns(const v1::Passport& passport) const {
  if (owner_.empty()) return false;
  switch (role_) {
    case Role::kPartner:
      return Has(passport.partners(), owner_);
    case Role::kCoach:
      return Has(passport.coaches(), owner_);
    case Role::kPerson:
      return passport.name() == owner_;
    default:
      return false;
  }
}

bool Access::Reaches(const v1::Passport& passport) const {
  if (unlimited()) return true;
  if (permission_ != Permission::kOwn || !Owns(passport)) return false;
  AllowOwn();
  return true;
}

bool Access::Reaches(const v1::Task& task) const {
  if (unlimited()) return true;
  if (permission_ != Permission::kOwn || !Owns(task)) return false;
  AllowOwn();
  return true;
}

absl::Status Access::CheckPassport(const std::string& name) const {
  if (unlimited()) return absl::OkStatus();
  const std::optional<PassportName> parsed = ParsePassportName(name);
  if (!parsed) return PassportNotFound(name);
  auto record = ReadOne(store_, KeyOf(*parsed));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return PassportNotFound(name);
  const auto passport = ParseStored<v1::Passport>(**record, name);
  if (!passport.ok()) return passport.status();
  return Admit(*passport);
}

absl::Status Access::CheckTask(const std::string& name) const {
  if (unlimited()) return absl::OkStatus();
  const std::optional<TaskName> parsed = ParseTaskName(name);
  if (!parsed) return TaskNotFound(name);
  auto record = ReadOne(store_, KeyOf(*parsed));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return TaskNotFound(name);
  const auto task = ParseStored<v1::Task>(**record, name);
  if (!task.ok()) return task.status();
  return Reaches(*task) ? absl::OkStatus() : TaskNotFound(name);
}

bool Access::ReachesErased(std::string_view passport_name) const {
  if (unlimited()) return true;
  if (permission_ != Permission::kOwn || role_ != Role::kPerson || owner_.empty() ||
      passport_name != owner_) {
    return false;
  }
  AllowOwn();
  return true;
}

absl::Status Access::CheckEmployer(const v1::Task& task, std::string_view field) const {
  if (unlimited() || !is_employer_ || Reaches(task)) return absl::OkStatus();
  return InvalidField(field, absl::StrCat("must be `", owner_, "`, which you call for"));
}

absl::Status Access::CheckTaskId(const std::string& task_id) const {
  if (unlimited() || task_id.empty()) return absl::OkStatus();
  return InvalidField("task_id", "must be left empty: the server gives your tasks their ids");
}

absl::Status Access::Keep(v1::Passport& passport) const {
  if (unlimited()) return absl::OkStatus();
  AllowOwn();
  if (role_ == Role::kPartner) {
    if (!Has(passport.partners(), owner_)) passport.add_partners(owner_);
    return absl::OkStatus();
  }
  if (passport.partners_size() > 0) return NotForYou("passport.partners");
  for (const std::string& coach : passport.coaches()) {
    if (coach != owner_) return NotForYou("passport.coaches");
  }
  passport.clear_coaches();
  passport.add_coaches(owner_);
  return absl::OkStatus();
}

absl::Status Access::CheckShared(const v1::Passport& before, const v1::Passport& after) const {
  if (unlimited()) return absl::OkStatus();
  if (role_ == Role::kPartner) {
    if (Has(after.partners(), owner_)) return absl::OkStatus();
    return InvalidField("passport.partners",
                        absl::StrCat("must still have `", owner_, "`, which you call for"));
  }
  if (!Equal(before.partners(), after.partners())) return NotForYou("passport.partners");
  if (!Equal(before.coaches(), after.coaches())) return NotForYou("passport.coaches");
  return absl::OkStatus();
}

}  // namespace passend::service
