// The kind of support follows from its solution.
#ifndef PASSEND_SERVICE_RECORDS_SUPPORT_KINDS_H_
#define PASSEND_SERVICE_RECORDS_SUPPORT_KINDS_H_

#include "passend/v1/work.pb.h"

namespace passend::service {

// UNSPECIFIED for UNSPECIFIED and for numbers that are no solution.
v1::SupportKind SupportKindOf(v1::SupportSolution solution);

// Fills in the kind of each need or offer.
template <typename Supports>
void FillSupportKinds(Supports& supports) {
  for (auto& support : supports) support.set_kind(SupportKindOf(support.solution()));
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RECORDS_SUPPORT_KINDS_H_
