// Counts connections for Prometheus.
#ifndef PASSEND_SERVICE_WATCH_CONNECTION_FIGURES_H_
#define PASSEND_SERVICE_WATCH_CONNECTION_FIGURES_H_

#include <prometheus/counter.h>
#include <prometheus/registry.h>

namespace passend::service {

// passend_connections_turned_away_total: those that were closed at once, because there was no room
// for them, or their address had its share. Once for each registry, which must outlive it. Thread
// safety: may be incremented from any thread.
prometheus::Counter& ConnectionsTurnedAway(prometheus::Registry& registry);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_WATCH_CONNECTION_FIGURES_H_
