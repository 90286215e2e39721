// Counts the jobs of a server that failed (service/admin/admin_jobs.h), for Prometheus.
//
//     passend_jobs_failed_total{kind}   `backup`, `scrub`
#ifndef PASSEND_SERVICE_WATCH_JOB_FIGURES_H_
#define PASSEND_SERVICE_WATCH_JOB_FIGURES_H_

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/registry.h>

#include <string_view>

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class JobFigures {
 public:
  // The registry must outlive it.
  explicit JobFigures(prometheus::Registry& registry);

  void CountFailed(std::string_view kind);

 private:
  prometheus::Family<prometheus::Counter>& failed_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_WATCH_JOB_FIGURES_H_
