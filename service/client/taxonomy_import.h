// Imports, with progress and answer.
#ifndef PASSEND_SERVICE_CLIENT_TAXONOMY_IMPORT_H_
#define PASSEND_SERVICE_CLIENT_TAXONOMY_IMPORT_H_

#include <string>

#include "service/client/command_context.h"

namespace passend::client {

// Imports a taxonomy file (see TaxonomyFile) with progress on the error stream, and shows the
// answer. Gives an ExitCode.
int ImportTaxonomyFile(CommandContext& context, const std::string& path, bool validate_only);

// The same for a folder of ESCO files (see ReadEsco); what is left out is said on the error stream.
int ImportEscoFolder(CommandContext& context, const std::string& folder, bool validate_only);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_TAXONOMY_IMPORT_H_
