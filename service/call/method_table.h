// Every method of the API, once: what is not in the table is not answered. Who may call it is in
// call/permission_table.cc.
#ifndef PASSEND_SERVICE_CALL_METHOD_TABLE_H_
#define PASSEND_SERVICE_CALL_METHOD_TABLE_H_

#include <span>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "passend/v1/visibility.pb.h"

namespace passend::service {

// Whose threads a call runs on.
enum class Lane {
  kPrompt,  // answers while somebody waits
  kBulk,    // takes seconds; must not keep others waiting
  // A stream on which request and answer take turns, for as long as the caller likes: its place and
  // its threads are apart from those of calls that somebody waits for.
  kExchange,
  kFeed,  // goes on for an hour, and waits for most of it
};

// Whether a call may leave anything changed.
enum class Effect {
  kReads,
  kWrites,  // its answer tells the caller of which commit on it is there
};

// Whether answers tell of people.
enum class Shows {
  kPeople,  // the handler says of whom, each time (audit/tell.h); otherwise the answer is not given
  kNobody,
};

// Which calls go first, and which are turned away first, when more come than can be answered.
enum class GivesWay {
  kFirst,  // lists for employers, and what is open to everybody: they can be asked for again
  kUsual,
  kLast,  // withdrawing a consent, erasing, objecting, and what coaches write down
};

struct MethodRow {
  std::string_view name;  // `passend.v1.PassportService.GetPassport`
  const google::protobuf::Descriptor* (*request_type)();
  Lane lane;
  Effect effect;
  v1::Purpose purpose;  // the one that it is for: what its answer may tell depends on it
  Shows shows;
  // Whether a person's consent for that purpose opens it to whom the person is not their own: only
  // what reads one person by name.
  bool opened_by_consent = false;
  GivesWay gives_way = GivesWay::kUsual;
};

std::span<const MethodRow> MethodTable();

// Null where there is no such method.
const MethodRow* FindMethod(std::string_view name);

// PURPOSE_UNSPECIFIED where there is no such method.
v1::Purpose PurposeOf(std::string_view method);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_METHOD_TABLE_H_
