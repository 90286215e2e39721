// Taking over the masked fields of an update (AIP-134).
#ifndef PASSEND_SERVICE_MASKS_UPDATE_MASK_H_
#define PASSEND_SERVICE_MASKS_UPDATE_MASK_H_

#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace passend::service {

// Makes the masked fields of `target` those of `source`, a message of the same type.
//
//   no paths     the fields that are filled in; of a message within, the fields filled in there:
//                {wishes: {hours}} changes the hours and keeps the features
//   `*`          all fields: what `source` has not is emptied
//   `wishes`     as a whole
//   `wishes.hours`, `place.remote`   fields within single messages, at any depth
//
// Fields that the server gives (name, etag, OUTPUT_ONLY) keep the value of `target`, masked or not.
// INVALID_FIELD with the field `update_mask` for a path that is not of the type, goes into a list,
// or stands beside `*`, and for more than kUpdateMaskPathsMax paths; `target` is unchanged then.
absl::Status ApplyUpdate(const google::protobuf::FieldMask& mask,
                         const google::protobuf::Message& source,
                         google::protobuf::Message& target);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MASKS_UPDATE_MASK_H_
