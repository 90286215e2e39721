#include "service/passendd/taxonomy_binding.h"

#include <memory>
#include <utility>

#include "service/taxonomy/received_import.h"

namespace passend::service {
namespace {

class ImportStream : public StreamHandler<v1::ImportTaxonomyRequest, v1::ImportTaxonomyResponse> {
 public:
  explicit ImportStream(TaxonomyHandlers& handlers) : handlers_(handlers) {}

  absl::Status Add(const CallContext& /*context*/, v1::ImportTaxonomyRequest part) override {
    return receiver_.Add(std::move(part));
  }

  absl::StatusOr<v1::ImportTaxonomyResponse> Finish(const CallContext& /*context*/) override {
    absl::StatusOr<ReceivedImport> received = std::move(receiver_).Finish();
    if (!received.ok()) return received.status();
    return handlers_.Import(*std::move(received));
  }

 private:
  TaxonomyHandlers& handlers_;
  ImportReceiver receiver_;
};

}  // namespace

void BindTaxonomy(TaxonomyHandlers& handlers, MethodBindings& bindings) {
  bindings.BindClientStream<v1::ImportTaxonomyRequest, v1::ImportTaxonomyResponse>(
      "passend.v1.TaxonomyService.ImportTaxonomy",
      [&handlers](const CallContext&) { return std::make_unique<ImportStream>(handlers); });
  bindings.Bind<v1::GetTaxonomyRequest, v1::Taxonomy>(
      "passend.v1.TaxonomyService.GetTaxonomy",
      [&handlers](const auto&, const auto& request) { return handlers.Get(request); });
  bindings.Bind<v1::ListTaxonomiesRequest, v1::ListTaxonomiesResponse>(
      "passend.v1.TaxonomyService.ListTaxonomies",
      [&handlers](const auto&, const auto& request) { return handlers.List(request); });
  bindings.Bind<v1::GetConceptRequest, v1::Concept>(
      "passend.v1.TaxonomyService.GetConcept",
      [&handlers](const auto&, const auto& request) { return handlers.GetConcept(request); });
  bindings.Bind<v1::SearchConceptsRequest, v1::SearchConceptsResponse>(
      "passend.v1.TaxonomyService.SearchConcepts",
      [&handlers](const auto&, const auto& request) { return handlers.Search(request); });
}

}  // namespace passend::service
