// Names with their values, aligned.
#ifndef PASSEND_SERVICE_CLIENT_FIELDS_TEXT_H_
#define PASSEND_SERVICE_CLIENT_FIELDS_TEXT_H_

#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/repeated_field.h"
#include "service/client/style.h"

namespace passend::client {

// Names and values under each other, the values aligned and wrapped. A field with no value is left
// out. Pure.
std::string FieldsText(const Style& style,
                       const std::vector<std::pair<std::string, std::string>>& fields);

// The texts with ", " between them.
std::string Listed(const std::vector<std::string>& texts);

// What `groups`, numbers of passend.v1.FieldGroup, are called.
std::string GroupsText(Language language, const google::protobuf::RepeatedField<int>& groups);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_FIELDS_TEXT_H_
