// How a handler says whom its answer shows.
#ifndef PASSEND_SERVICE_AUDIT_TELL_H_
#define PASSEND_SERVICE_AUDIT_TELL_H_

#include <cstdint>
#include <string_view>

#include "service/audit/looks.h"
#include "service/call/call_context.h"

namespace passend::service {

// `fields`: LookFields.
inline void TellPerson(const CallContext& context, std::string_view passport_id, uint32_t fields) {
  if (context.looks != nullptr) context.looks->Person(passport_id, fields);
}

inline void TellNobody(const CallContext& context) {
  if (context.looks != nullptr) context.looks->Nobody();
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_TELL_H_
