// What belongs to a caller, and what of the records it may therefore reach.
//
// The permission table says no, shared, own or all. Here stands what "own" is: a task is of the
// employer that it names; a passport is of the partners and coaches that it names, and of the
// person whom it is about. What a person shares with the caller, for the purpose of the method, can
// be read by name as well. Anything else is answered exactly as what is not there.
//
// Whoever is let through here is allowed to see more in the answer (disclosure/): of what is its
// own the groups of disclosure_table.cc, of what is shared with it those that the consents name.
#ifndef PASSEND_SERVICE_ACCESS_ACCESS_H_
#define PASSEND_SERVICE_ACCESS_ACCESS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_table.h"
#include "service/call/permission_table.h"
#include "service/disclosure/group_set.h"
#include "storage/store.h"

namespace passend::service {

// One for each call. The questions about names read the latest state of the store, so that who was
// taken off a passport, and whose consent was revoked, has lost it with that commit.
//
// Thread safety: one thread at a time.
class Access {
 public:
  // The caller as it was admitted to the method; `context` and `store` must outlive it.
  Access(const CallContext& context, std::string_view method, const storage::Store& store);
  Access(const CallContext& context, const storage::Store& store)
      : Access(context, context.method, store) {}

  // Whether everything is within reach, so that records need not be looked at.
  bool unlimited() const { return permission_ == Permission::kAll; }

  // What is own; consents are not looked at, so that lists of everybody stay cheap.
  bool Reaches(const v1::Passport& passport) const;
  bool Reaches(const v1::Task& task) const;

  // What is own, and, where the method reads, what the person shares with the caller for what the
  // method is for. PASSPORT_NOT_FOUND; errors of the store.
  absl::Status Admit(const v1::Passport& passport) const;

  // By name, as Admit. PASSPORT_NOT_FOUND or TASK_NOT_FOUND where there is none within reach; with
  // unlimited reach nothing is read, and whoever reads it next says so. Errors of the store.
  absl::Status CheckPassport(const std::string& name) const;
  absl::Status CheckTask(const std::string& name) const;

  // Whether the caller could repeat the erasing of a passport of which nothing is left but its
  // name: that name has to be its own.
  bool ReachesErased(std::string_view passport_name) const;
  // That the caller's own request was carried out before, as its receipt says: what it asked about
  // was within reach then, and may be gone with it.
  void ReachedBefore() const { AllowOwn(); }

  // That a task which the caller writes, or asks about, is its own: INVALID_FIELD, with what
  // `employer` has to be. `field` is the path of the field employer.
  absl::Status CheckEmployer(const v1::Task& task, std::string_view field) const;
  // That a caller leaves the id of a new task to the server: INVALID_FIELD.
  absl::Status CheckTaskId(const std::string& task_id) const;

  // Makes a new passport the caller's own. INVALID_FIELD where it names others whom the caller may
  // not give it to.
  absl::Status Keep(v1::Passport& passport) const;
  // That a change leaves the passport with whom it may: partners share it and keep it themselves,
  // coaches change nothing of that. INVALID_FIELD.
  absl::Status CheckShared(const v1::Passport& before, const v1::Passport& after) const;

 private:
  void AllowOwn() const;
  // The groups that the person shares with the caller now, for this method.
  absl::StatusOr<GroupSet> SharedGroups(const v1::Passport& passport) const;
  bool Owns(const v1::Passport& passport) const;
  bool Owns(const v1::Task& task) const { return is_employer_ && task.employer() == owner_; }

  const CallContext& context_;
  const storage::Store& store_;
  const MethodRow* const method_;  // null: there is no such method, which allows nothing
  const Permission permission_;
  const Role role_;
  const bool is_employer_;
  const std::string owner_;  // empty: owns nothing
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ACCESS_ACCESS_H_
