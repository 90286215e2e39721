#include "service/watch/connection_figures.h"

namespace passend::service {

prometheus::Counter& ConnectionsTurnedAway(prometheus::Registry& registry) {
  return prometheus::BuildCounter()
      .Name("passend_connections_turned_away_total")
      .Help(
          "Connections that were closed at once, because too many are open, or too many of their "
          "address")
      .Register(registry)
      .Add({});
}

}  // namespace passend::service
