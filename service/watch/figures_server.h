// Gives the figures to Prometheus: `GET /metrics`, on this machine only.
#ifndef PASSEND_SERVICE_WATCH_FIGURES_SERVER_H_
#define PASSEND_SERVICE_WATCH_FIGURES_SERVER_H_

#include <prometheus/collectable.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace prometheus {
class Exposer;
}

namespace passend::service {

// Thread safety: one thread at a time.
class FiguresServer {
 public:
  // `listen` has passed CheckMetricsAddress (passendd/settings.h); port 0: any. UNAVAILABLE where
  // it cannot be listened on.
  static absl::StatusOr<std::unique_ptr<FiguresServer>> Listen(
      const std::string& listen, std::vector<std::shared_ptr<prometheus::Collectable>> figures);
  ~FiguresServer();

  int port() const;

 private:
  FiguresServer() = default;

  std::vector<std::shared_ptr<prometheus::Collectable>> figures_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_WATCH_FIGURES_SERVER_H_
