// Binds the methods of TaxonomyService to their handlers.
#ifndef PASSEND_SERVICE_TAXONOMY_TAXONOMY_METHODS_H_
#define PASSEND_SERVICE_TAXONOMY_TAXONOMY_METHODS_H_

#include "service/call/method_bindings.h"
#include "service/taxonomy/taxonomy_handlers.h"

namespace passend::service {

// All five. `handlers` must outlive the bindings.
void BindTaxonomyMethods(MethodBindings& bindings, TaxonomyHandlers& handlers);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_TAXONOMY_METHODS_H_
