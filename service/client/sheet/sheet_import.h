// A coach's spreadsheet, carried out.
#ifndef PASSEND_SERVICE_CLIENT_SHEET_SHEET_IMPORT_H_
#define PASSEND_SERVICE_CLIENT_SHEET_SHEET_IMPORT_H_

#include <string>

#include "service/client/command_context.h"
#include "service/client/sheet/sheet_reader.h"

namespace passend::client {

// Finds the skills of a sheet; one that is not found is a mistake, one that comes twice on one day
// too. An error where the server could not be asked.
absl::Status FindSkills(CommandContext& context, Sheet& sheet);

// Carries a sheet without mistakes out as a coach does it by hand: makes a passport for each person
// who is new, changes what differs of the others, and records the validations that are not there
// yet. Who is who is noted in PATH.passports.json, a file of labels, at once after each; where that
// fails, it stops. PATH.run holds a random name that is in the requests which make passports, until
// all of it is done: a run that was killed is simply run again, and makes nobody twice, whereas the
// same row in another file is another person. One at a time. Gives the exit code.
int ImportAsCoach(CommandContext& context, const std::string& path, const Sheet& sheet);

// Pushes it for a partner: see RunPartnerImport.
int ImportAsPartner(CommandContext& context, const std::string& path, const std::string& partner,
                    const Sheet& sheet);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SHEET_SHEET_IMPORT_H_
