#include "service/watch/job_figures.h"

#include <string>

namespace passend::service {

JobFigures::JobFigures(prometheus::Registry& registry)
    : failed_(prometheus::BuildCounter()
                  .Name("passend_jobs_failed_total")
                  .Help("Jobs of the server that failed, by kind")
                  .Register(registry)) {
  // At 0 from the start: a counter that is born at 1 has not increased.
  for (const char* kind : {"backup", "scrub"}) failed_.Add({{"kind", kind}});
}

void JobFigures::CountFailed(std::string_view kind) {
  failed_.Add({{"kind", std::string(kind)}}).Increment();
}

}  // namespace passend::service
