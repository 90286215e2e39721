// The fields of a passport that partners say, each as a whole.
#ifndef PASSEND_SERVICE_SYNC_PASSPORT_FIELDS_H_
#define PASSEND_SERVICE_SYNC_PASSPORT_FIELDS_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/field_mask.pb.h"
#include "passend/v1/passport.pb.h"

namespace passend::service {

// The numbers of the fields in the proto, which are frozen on disk.
enum class PassportField : int {
  kState = v1::Passport::kStateFieldNumber,
  kRegion = v1::Passport::kRegionFieldNumber,
  kWishes = v1::Passport::kWishesFieldNumber,
  kPaces = v1::Passport::kPacesFieldNumber,
  kSupport = v1::Passport::kSupportFieldNumber,
  kPartners = v1::Passport::kPartnersFieldNumber,
  kCoaches = v1::Passport::kCoachesFieldNumber,
};

// In the order of their numbers.
inline constexpr std::array kPassportFields = {
    PassportField::kState,   PassportField::kRegion,  PassportField::kWishes,
    PassportField::kPaces,   PassportField::kSupport, PassportField::kPartners,
    PassportField::kCoaches,
};

// As in the proto: `wishes`.
std::string_view NameOf(PassportField field);

// The fields that a partner says something about, in the order of their numbers: those of the mask;
// all for `*`; without paths those that are filled in. Paths of what the server sets are ignored.
// INVALID_FIELD with the field `update_mask` for a path that is no field, goes into one, or stands
// beside `*`.
absl::StatusOr<std::vector<PassportField>> FieldsSaid(const google::protobuf::FieldMask& mask,
                                                      const v1::Passport& passport);

// Bytes that are the same where the value is; of partners and coaches whatever their order. Empty
// where it is not set.
std::string ValueOf(const v1::Passport& passport, PassportField field);
// 16 bytes that are the same where such bytes are.
std::string DigestOfValue(std::string_view value);

void CopyField(const v1::Passport& from, PassportField field, v1::Passport& to);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_PASSPORT_FIELDS_H_
