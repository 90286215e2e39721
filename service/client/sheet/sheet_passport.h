// What a spreadsheet changes in a passport, and what of it is new.
#ifndef PASSEND_SERVICE_CLIENT_SHEET_SHEET_PASSPORT_H_
#define PASSEND_SERVICE_CLIENT_SHEET_SHEET_PASSPORT_H_

#include <string>
#include <vector>

#include "passend/v1/passport.pb.h"
#include "passend/v1/sync.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/client/sheet/sheet_reader.h"

namespace passend::client {

// The passport with what was filled in; everything else stays as it is: an empty cell says nothing.
// Wishes replace the wishes about features, hours and forms each where there are any; a pace
// replaces the one of its kind and basis; support is replaced as a whole. Pure.
passend::v1::Passport WithSheet(const passend::v1::Passport& passport,
                                const passend::v1::Passport& filled_in);

// Whether the two say the same of what a spreadsheet can say.
bool SaysTheSame(const passend::v1::Passport& a, const passend::v1::Passport& b);

enum class KnownValidation {
  kNew,
  kStands,   // it is there already
  kRevoked,  // it was, and somebody took it back
};

// What of a person's validations says the same as this one: the same skill, level, method and
// place, on the same day where the spreadsheet says one. One that stands goes before revoked ones.
KnownValidation FindValidation(const std::vector<passend::v1::Validation>& known,
                               const passend::v1::Validation& validation);

// The person as a partner pushes it. The revision is of all that was filled in; a validation's id
// is of its skill and day, so that another level of the same day corrects it.
passend::v1::PushRecord RecordOf(const SheetPerson& person);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SHEET_SHEET_PASSPORT_H_
