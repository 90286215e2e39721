// How a handler says whom its answer shows.
#ifndef PASSEND_SERVICE_AUDIT_TELL_H_
#define PASSEND_SERVICE_AUDIT_TELL_H_

#include <functional>
#include <string_view>

#include "google/protobuf/message.h"
#include "service/audit/looks.h"
#include "service/call/call_context.h"

namespace passend::service {

inline void TellPerson(const CallContext& context, std::string_view passport_id) {
  if (context.looks != nullptr) context.looks->Person(passport_id);
}

// Nothing that follows changes whom the answer shows, or how much of them, or refuses it: its lines
// are committed while `rest` completes `answer`, on this thread or on another one. The answer is
// filtered and written then: the handler returns this message, and neither reads nor changes it.
inline void TellNoMore(const CallContext& context, google::protobuf::Message& answer,
                       const std::function<void()>& rest) {
  if (context.looks == nullptr) return rest();
  context.looks->Begin(answer, rest);
}

// Where one answer shows one person more than another.
inline void TellPerson(const CallContext& context, std::string_view passport_id, GroupSet groups) {
  if (context.looks != nullptr) context.looks->Person(passport_id, groups);
}

inline void TellNobody(const CallContext& context) {
  if (context.looks != nullptr) context.looks->Nobody();
}

// Of a refusal that tells of whom TellPerson named.
inline void TellRefusal(const CallContext& context) {
  if (context.looks != nullptr) context.looks->Refusal();
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_TELL_H_
