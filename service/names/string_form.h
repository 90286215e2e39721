// The forms that strings of the API can have: field_rules.proto's StringForm.
#ifndef PASSEND_SERVICE_NAMES_STRING_FORM_H_
#define PASSEND_SERVICE_NAMES_STRING_FORM_H_

#include <string_view>

#include "passend/v1/field_rules.pb.h"

namespace passend::service {

// Whether `text`, which may be empty, has the form. UNSPECIFIED takes anything.
bool HasForm(std::string_view text, v1::StringForm form);

// Whether `text` is what stands for {passport}, {validation}, {task} or {taxonomy} in a name.
bool IsResourceId(std::string_view text);

// What the form allows, for an error: "`passports/{passport}`, where ...".
std::string_view DescriptionOf(v1::StringForm form);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_NAMES_STRING_FORM_H_
