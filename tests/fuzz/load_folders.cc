#include "tests/fuzz/load_folders.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "service/client/load_parse.h"
#include "service/client/load_source.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/input_parts.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::fuzz {
namespace {

using client::LoadRecord;
using client::LoadRequest;

// Of all that a record asks for.
std::vector<std::string> IdsOf(const LoadRequest& request) {
  std::vector<std::string> ids;
  if (const auto* const task = std::get_if<v1::CreateTaskRequest>(&request)) {
    ids.push_back(task->request_id());
  } else if (const auto* const person = std::get_if<client::PersonRequests>(&request)) {
    ids.push_back(person->create.request_id());
    for (const auto& record : person->record) ids.push_back(record.request_id());
  }
  return ids;
}

void Refused(const LoadRecord& record, const client::LoadRefusal& refusal) {
  Promise(refusal.path == record.path && refusal.line == record.line,
          "a refusal says of which file and line it is");
  Promise(!refusal.allowed.empty(), "and what is allowed");
}

void Person(const client::PersonRequests& person, const std::string& text) {
  size_t validations = 0;
  for (const auto& request : person.record) {
    Promise(request.validations_size() >= 1 && request.validations_size() <= 100,
            "a request has 1 to 100 validations");
    validations += static_cast<size_t>(request.validations_size());
  }
  const auto json = nlohmann::json::parse(text);
  Promise(validations == json.value("validations", nlohmann::json::array()).size(),
          "and all of them are asked for");
}

std::vector<LoadRecord> RecordsIn(const std::string& folder) {
  auto source = client::LoadSource::Open(folder);
  Promise(source.ok(), "a folder can be opened");
  std::vector<LoadRecord> records;
  while (true) {
    auto record = source->Next();
    if (!record.ok()) {  // it is packed, and damaged
      Promise(record.status().message().find(source->failed_path()) != std::string::npos,
              "a file that cannot be read is named");
      continue;
    }
    if (!*record) return records;
    Promise((*record)->bytes_before <= source->total_bytes(), "no more is read than there is");
    if (!records.empty() && records.back().path == (*record)->path) {
      Promise(records.back().line < (*record)->line, "lines come in their order");
    }
    records.push_back(**std::move(record));
  }
}

}  // namespace

void LoadFolder(std::string_view bytes) {
  const client::TemporaryFolder folder;
  for (const char* const file : {"tasks/a.json", "people/b.json", "people/c.jsonl"}) {
    folder.Write(file, std::string(TakePart(bytes)));
  }
  client::LoadParser parser(client::Language::kEnglish);
  client::LoadParser twin(client::Language::kEnglish);
  std::set<std::string> ids;
  for (const LoadRecord& record : RecordsIn(folder.path())) {
    const LoadRequest request = parser.Parse(record);
    const std::vector<std::string> made = IdsOf(request);
    LoadRecord same = record;  // spaced in another way
    if (const auto* const refusal = std::get_if<client::LoadRefusal>(&request)) {
      Refused(record, *refusal);
    } else {
      same.text = nlohmann::json::parse(record.text).dump(1);
    }
    Promise(IdsOf(twin.Parse(same)) == made, "the same content has the same ids");
    for (const std::string& id : made) {
      Promise(ids.insert(id).second, "no two requests have the same id");
    }
    if (const auto* const person = std::get_if<client::PersonRequests>(&request)) {
      Person(*person, record.text);
    }
  }
}

}  // namespace passend::fuzz
