// TaxonomyService's handlers as methods.
#ifndef PASSEND_SERVICE_PASSENDD_TAXONOMY_BINDING_H_
#define PASSEND_SERVICE_PASSENDD_TAXONOMY_BINDING_H_

#include "service/call/method_bindings.h"
#include "service/taxonomy/taxonomy_handlers.h"

namespace passend::service {

// `handlers` must outlive `bindings`.
void BindTaxonomy(TaxonomyHandlers& handlers, MethodBindings& bindings);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_TAXONOMY_BINDING_H_
