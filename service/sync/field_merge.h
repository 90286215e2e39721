// The rule by which what a partner says and what others have made of it come together.
#ifndef PASSEND_SERVICE_SYNC_FIELD_MERGE_H_
#define PASSEND_SERVICE_SYNC_FIELD_MERGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "passend/store/v1/partner_book.pb.h"
#include "passend/v1/passport.pb.h"
#include "service/sync/passport_fields.h"

namespace passend::service {

// What a partner says of a field.
struct SaidValue {
  PassportField field;
  std::string value;  // ValueOf
  std::string digest;
};

struct FieldMerge {
  std::vector<const SaidValue*> settled;  // what the partner says holds from now on
  std::vector<const SaidValue*> taken;    // of these, what the passport does not say yet
  std::vector<PassportField> kept;        // what others have made of it stays
  std::vector<PassportField> conflicts;   // both have changed it
};

// Each field by itself, where `before` is what the partner said last:
//
//   passport  partner        before          becomes
//   A         A              anything        settled
//   A         B              B               kept: A
//   A         B              A               settled and taken: B
//   A         B              C, or nothing   conflict
//   nothing   B              nothing         settled and taken: B
//
// With `overrides` whatever the partner says is settled. `current` is not changed.
FieldMerge MergeFields(const v1::Passport& current, const std::vector<SaidValue>& said,
                       const store::v1::PartnerSide& before, bool overrides);

// The digest of what was said of a field; empty where nothing was.
std::string_view DigestBefore(const store::v1::PartnerSide& side, PassportField field);
// Notes what is said now; whether that is new.
bool Note(const SaidValue& said, store::v1::PartnerSide& side);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_FIELD_MERGE_H_
