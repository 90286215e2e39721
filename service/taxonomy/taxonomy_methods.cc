#include "service/taxonomy/taxonomy_methods.h"

#include <memory>
#include <utility>

#include "service/errors/call_errors.h"
#include "service/taxonomy/received_import.h"

namespace passend::service {
namespace {

class ImportStream : public StreamHandler<v1::ImportTaxonomyRequest, v1::ImportTaxonomyResponse> {
 public:
  explicit ImportStream(TaxonomyHandlers& handlers) : handlers_(handlers) {}

  absl::Status Add(const CallContext& /*context*/, v1::ImportTaxonomyRequest part) override {
    return receiver_.Add(std::move(part));
  }

  absl::StatusOr<v1::ImportTaxonomyResponse> Finish(const CallContext& context) override {
    // A stream that broke off also ends: half an import must not be taken for a whole one.
    if (context.cancelled()) return Cancelled();
    absl::StatusOr<ReceivedImport> import = std::move(receiver_).Finish();
    if (!import.ok()) return import.status();
    return handlers_.Import(*std::move(import));
  }

 private:
  TaxonomyHandlers& handlers_;
  ImportReceiver receiver_;
};

}  // namespace

void BindTaxonomyMethods(MethodBindings& bindings, TaxonomyHandlers& handlers) {
  bindings.BindClientStream<v1::ImportTaxonomyRequest, v1::ImportTaxonomyResponse>(
      "passend.v1.TaxonomyService.ImportTaxonomy",
      [&handlers](const CallContext&)
          -> std::unique_ptr<StreamHandler<v1::ImportTaxonomyRequest, v1::ImportTaxonomyResponse>> {
        return std::make_unique<ImportStream>(handlers);
      });
  bindings.Bind<v1::GetTaxonomyRequest, v1::Taxonomy>(
      "passend.v1.TaxonomyService.GetTaxonomy",
      [&handlers](const CallContext&, const v1::GetTaxonomyRequest& request) {
        return handlers.Get(request);
      });
  bindings.Bind<v1::ListTaxonomiesRequest, v1::ListTaxonomiesResponse>(
      "passend.v1.TaxonomyService.ListTaxonomies",
      [&handlers](const CallContext&, const v1::ListTaxonomiesRequest& request) {
        return handlers.List(request);
      });
  bindings.Bind<v1::GetConceptRequest, v1::Concept>(
      "passend.v1.TaxonomyService.GetConcept",
      [&handlers](const CallContext&, const v1::GetConceptRequest& request) {
        return handlers.GetConcept(request);
      });
  bindings.Bind<v1::SearchConceptsRequest, v1::SearchConceptsResponse>(
      "passend.v1.TaxonomyService.SearchConcepts",
      [&handlers](const CallContext&, const v1::SearchConceptsRequest& request) {
        return handlers.Search(request);
      });
}

}  // namespace passend::service
