#include "service/watch/figures_server.h"

#include <prometheus/exposer.h>

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"

namespace passend::service {
namespace {

// A connection has a thread for as long as its request takes: whoever connects and says nothing
// holds one until the time is over. Four of them, for two seconds, are not many to do without.
constexpr char kThreads[] = "4";
constexpr char kRequestMillis[] = "2000";

}  // namespace

absl::StatusOr<std::unique_ptr<FiguresServer>> FiguresServer::Listen(
    const std::string& listen, std::vector<std::shared_ptr<prometheus::Collectable>> figures) {
  std::unique_ptr<FiguresServer> made(new FiguresServer);
  made->figures_ = std::move(figures);
  try {
    made->exposer_ = std::make_unique<prometheus::Exposer>(std::vector<std::string>{
        "listening_ports", listen, "num_threads", kThreads, "request_timeout_ms", kRequestMillis});
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", listen, " for metrics: ", error.what()));
  }
  for (const auto& figure : made->figures_) made->exposer_->RegisterCollectable(figure);
  return made;
}

FiguresServer::~FiguresServer() = default;

int FiguresServer::port() const { return exposer_->GetListeningPorts().at(0); }

}  // namespace passend::service
