// Of every method, whether its answers show people, and what for.
#ifndef PASSEND_SERVICE_AUDIT_LOOK_TABLE_H_
#define PASSEND_SERVICE_AUDIT_LOOK_TABLE_H_

#include <span>
#include <string_view>

namespace passend::service {

enum class Shows {
  kPeople,  // the handler says whom, each time; an answer that says nothing is not given
  kNobody,
};

struct LookRow {
  std::string_view method;   // full name
  std::string_view purpose;  // as the access log has it
  Shows shows;
};

std::span<const LookRow> LookTable();

// A method without a row shows people, for a purpose that is not stated.
LookRow LookRowOf(std::string_view method);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_LOOK_TABLE_H_
