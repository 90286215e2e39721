#include "service/sync/brought_validations.h"

#include <algorithm>
#include <utility>

#include "service/errors/request_errors.h"
#include "service/limits.h"
#include "service/validations/book_change.h"
#include "service/validations/validation_write.h"

namespace passend::service {
namespace {

constexpr char kCorrected[] = "Corrected by the partner that brought it.";

class Bringing {
 public:
  Bringing(const PushTools& tools, const PassportName& person, ValidationBook& book,
           store::v1::PartnerSide& side)
      : tools_(tools), person_(person), book_(book), side_(side) {}

  absl::Status Bring(const PreparedValidation& validation) {
    store::v1::BroughtValidation* const known = Find(validation.asked->external_id());
    if (validation.digest.empty()) {
      if (known != nullptr) TakeBack(*known, validation.asked->revoke_reason());
      return absl::OkStatus();
    }
    if (known == nullptr) return Record(validation, Add(validation.asked->external_id()));
    if (known->revoked()) return Record(validation, *known);
    if (known->digest() != validation.digest) return Correct(validation, *known);
    const v1::Validation* const standing = book_.Find(NameOf(*known));
    brought_.kept |= standing == nullptr || standing->has_revoke_time();
    return absl::OkStatus();
  }

  Brought result() { return std::move(brought_); }
  bool grown() const { return grown_; }

 private:
  static bool Before(const store::v1::BroughtValidation* one, const std::string& external_id) {
    return one->external_id() < external_id;
  }
  store::v1::BroughtValidation* Find(const std::string& external_id) {
    auto& all = *side_.mutable_validations();
    const auto at = std::lower_bound(all.pointer_begin(), all.pointer_end(), external_id, Before);
    return at == all.pointer_end() || (*at)->external_id() != external_id ? nullptr : *at;
  }
  store::v1::BroughtValidation& Add(const std::string& external_id) {
    auto& all = *side_.mutable_validations();
    const auto place =
        std::lower_bound(all.pointer_begin(), all.pointer_end(), external_id, Before) -
        all.pointer_begin();
    all.Add()->set_external_id(external_id);
    std::rotate(all.pointer_begin() + place, all.pointer_end() - 1, all.pointer_end());
    return all[static_cast<int>(place)];
  }

  absl::Status Record(const PreparedValidation& validation, store::v1::BroughtValidation& brought) {
    if (absl::Status room = CheckRoom(book_, 1); !room.ok()) return room;
    v1::Validation recorded = validation.asked->validation();
    CompleteValidation(tools_.tools.surroundings, tools_.context.caller, person_, tools_.now,
                       recorded);
    Note(recorded.name(), validation.digest, brought);
    book_.Add(std::move(recorded));
    return absl::OkStatus();
  }

  absl::Status Correct(const PreparedValidation& validation,
                       store::v1::BroughtValidation& brought) {
    const std::string wrong = NameOf(brought);
    const v1::Validation* const before = book_.Find(wrong);
    if (before == nullptr || before->has_revoke_time()) {
      brought_.conflict = true;
      return absl::OkStatus();
    }
    const std::string& why = validation.asked->revoke_reason();
    auto change =
        CorrectIn(tools_.tools.surroundings, tools_.context.caller, book_, wrong,
                  validation.asked->validation(), why.empty() ? kCorrected : why, tools_.now);
    if (!change.ok()) return change.status();
    brought_.changed.push_back(wrong);
    Note(change->answer.name(), validation.digest, brought);
    return absl::OkStatus();
  }

  void TakeBack(store::v1::BroughtValidation& brought, const std::string& why) {
    if (brought.revoked()) return;
    v1::Validation* const standing = book_.Find(NameOf(brought));
    // What others have taken back stays so: it is not the partner's to bring anew.
    if (standing == nullptr || standing->has_revoke_time()) return;
    brought.set_revoked(true);
    brought_.noted = true;
    RevokeNow(*standing, why, SignatureOf(tools_.context.caller), tools_.now);
    brought_.changed.push_back(standing->name());
  }

  std::string NameOf(const store::v1::BroughtValidation& brought) const {
    return MakeName(ValidationName{person_, brought.validation()});
  }
  void Note(const std::string& name, const std::string& digest,
            store::v1::BroughtValidation& brought) {
    brought.set_validation(ParseValidationName(name).value().validation);
    brought.set_digest(digest);
    brought.set_revoked(false);
    brought_.changed.push_back(name);
    brought_.noted = true;
    grown_ = true;
  }

  const PushTools& tools_;
  const PassportName& person_;
  ValidationBook& book_;
  store::v1::PartnerSide& side_;
  Brought brought_;
  bool grown_ = false;
};

}  // namespace

absl::StatusOr<Brought> BringValidations(const PushTools& tools, const PassportName& person,
                                         const std::vector<PreparedValidation>& validations,
                                         ValidationBook& book, store::v1::PartnerSide& side) {
  Bringing bringing(tools, person, book, side);
  for (const PreparedValidation& validation : validations) {
    if (absl::Status brought = bringing.Bring(validation); !brought.ok()) return brought;
  }
  const size_t bytes_max =
      bringing.grown() ? kPassportValidationBytesMax : kRevokedValidationBytesMax;
  Brought brought = bringing.result();
  if (!brought.changed.empty() && StoredValue(book).size() > bytes_max) {
    return LimitExceeded("bytes of validations of a passport", bytes_max);
  }
  return brought;
}

}  // namespace passend::service
