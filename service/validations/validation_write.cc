#include "service/validations/validation_write.h"

#include <utility>

#include "service/errors/request_errors.h"
#include "service/limits.h"
#include "service/names/random_id.h"
#include "service/records/known_skill.h"
#include "service/records/stored_message.h"
#include "service/rules/validation_rules.h"
#include "service/validations/own_sight.h"

namespace passend::service {

absl::Status CheckValidations(const SkillCatalog& catalog, const Caller& caller,
                              const std::vector<AskedValidation>& all, absl::Time now) {
  FieldViolations violations;
  for (const AskedValidation& asked : all) {
    for (FieldViolation& found : CheckValidation(asked.validation, asked.path, now)) {
      violations.push_back(std::move(found));
    }
    for (FieldViolation& found : CheckValidator(caller, asked.validation, asked.path)) {
      violations.push_back(std::move(found));
    }
  }
  if (!violations.empty()) return InvalidFields(violations);
  for (const AskedValidation& asked : all) {
    absl::Status known = CheckSkill(catalog, asked.validation.skill(),
                                    (asked.path / "skill").text(), SkillUse::kHeld);
    if (!known.ok()) return known;
  }
  return absl::OkStatus();
}

void CompleteValidation(const Surroundings& surroundings, const Caller& caller,
                        const PassportName& parent, absl::Time now, v1::Validation& validation) {
  validation.set_name(MakeName(ValidationName{parent, RandomId(surroundings)}));
  *validation.mutable_create_time() = ToTimestamp(now);
  if (!validation.has_validate_time()) *validation.mutable_validate_time() = ToTimestamp(now);
  if (IsOwnSight(caller, validation)) validation.set_validator(OwnerName(caller));
  validation.set_recorder(SignatureOf(caller));
}

absl::Status CheckRoom(const ValidationBook& book, size_t more) {
  if (book.validations.size() + more <= kPassportValidationsMax) return absl::OkStatus();
  return LimitExceeded("validations of a passport", kPassportValidationsMax);
}

absl::StatusOr<BookChange> CorrectIn(const Surroundings& surroundings, const Caller& caller,
                                     ValidationBook& book, const std::string& wrong,
                                     v1::Validation right, const std::string& reason,
                                     absl::Time now) {
  if (absl::Status room = CheckRoom(book, 1); !room.ok()) return room;
  v1::Validation& before = *book.Find(wrong);
  if (!right.has_validate_time()) *right.mutable_validate_time() = before.validate_time();
  CompleteValidation(surroundings, caller, ParseValidationName(wrong).value().parent, now, right);
  right.set_corrects(wrong);
  before.set_corrected_by(right.name());
  RevokeNow(before, reason, SignatureOf(caller), now);
  BookChange change{right, {wrong, right.name()}};
  book.Add(std::move(right));
  return change;
}

}  // namespace passend::service
