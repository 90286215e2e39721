// What a golden store was asked, and is asked again when it is opened.
#ifndef PASSEND_TESTS_SERVICE_AUDIT_GOLDEN_GOLDEN_RECORDS_H_
#define PASSEND_TESTS_SERVICE_AUDIT_GOLDEN_GOLDEN_RECORDS_H_

#include "passend/v1/passport_service.pb.h"

namespace passend::service {

// Beside data and keys: the passport that the call below made, and how many rankings were kept,
// each on a line.
inline constexpr char kGoldenNotes[] = "notes";

inline v1::CreatePassportRequest GoldenPassport() {
  v1::CreatePassportRequest request;
  request.set_request_id("5f1d7a34-9a52-4a86-a1f5-6f0a3a1c0d11");
  v1::Passport& passport = *request.mutable_passport();
  passport.set_state(v1::PASSPORT_STATE_ACTIVE);
  passport.set_region("groningen");
  passport.mutable_wishes()->mutable_hours()->set_weekly_hours_min(4);
  passport.mutable_wishes()->mutable_hours()->set_weekly_hours_max(12);
  passport.mutable_support()->set_nothing_needed(true);
  return request;
}

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_AUDIT_GOLDEN_GOLDEN_RECORDS_H_
