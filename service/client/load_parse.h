// From the records of a folder to repeatable requests.
#ifndef PASSEND_SERVICE_CLIENT_LOAD_PARSE_H_
#define PASSEND_SERVICE_CLIENT_LOAD_PARSE_H_

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "passend/v1/passport_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/client/load_source.h"
#include "service/client/words.h"

namespace passend::client {

// What one person's record asks of the server: a passport first, then validations, whose `parent`
// is filled in once the passport has its name.
struct PersonRequests {
  passend::v1::CreatePassportRequest create;
  std::vector<passend::v1::RecordValidationsRequest> record;  // at most 100 validations each
};

using LoadRequest = std::variant<passend::v1::CreateTaskRequest, PersonRequests, LoadRefusal>;

// Turns records into requests. A request's id is made of the record's path, its content (whatever
// its spacing and order of keys) and, among equal records of one file, its number: so the same
// folder always asks the same, and a second run changes nothing. Not thread-safe.
class LoadParser {
 public:
  explicit LoadParser(Language language) : language_(language) {}

  // A task's id is the file's stem. A refusal for what is not JSON of the right form.
  LoadRequest Parse(const LoadRecord& record);

 private:
  LoadRefusal Refuse(const LoadRecord& record, const std::string& field,
                     const std::string& allowed) const;
  LoadRequest ParsePerson(const LoadRecord& record);

  Language language_;
  std::map<std::string, int> seen_;  // how often this passport was seen in this file
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_LOAD_PARSE_H_
