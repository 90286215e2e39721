// Under which id a file of records tells of whom.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_EXPORT_IDS_H_
#define PASSEND_SERVICE_CLIENT_SYNC_EXPORT_IDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/client/sync/growing_file.h"

namespace passend::client {

// The server knows no id any more of whom was erased, and the copy knows nothing else of them. So
// who writes records notes the ids beside them, for as long as the file is gone on with:
//   - a person keeps the id of their first record, also where the partner gives one later;
//   - who is gone is erased under it. Where they come back they get another one: at the copy an id
//     that was erased is nobody's for good;
//   - where the file is written anew, whoever is not told any more is erased as well.
//
// A file of JSON lines, and all that they say in memory. Not thread-safe.
class ExportIds {
 public:
  // What the first `bytes` of the file say. DATA_LOSS where it has fewer, or says something else,
  // and for less than 0: there never was one.
  static absl::StatusOr<ExportIds> Read(std::string path, std::int64_t bytes);

  // Before the first change, and then as often as one likes: cuts off what a killed run wrote
  // without having noted it. Errors as GrowingFile, of what follows as well.
  absl::Status Open();

  // From now on everybody is told anew.
  absl::Status BeginSnapshot();

  // The id of somebody who is told; whoever has none gets `external_id`, or where that is empty the
  // passport's own. `passport`: its id.
  absl::StatusOr<std::string> IdOf(const std::string& passport, const std::string& external_id);

  // Somebody is gone: the id to erase. None where nothing was told of them.
  absl::StatusOr<std::optional<std::string>> Remove(const std::string& passport);

  struct Missing {
    std::vector<std::string> ids;  // to erase: a copy may not have heard of earlier ones, either
    std::int64_t newly_gone = 0;
  };
  // Everybody was told: whoever was not is gone.
  absl::StatusOr<Missing> EndSnapshot();

  // INTERNAL, with the cause.
  absl::Status Flush();
  std::int64_t bytes() const { return file_ ? file_->bytes() : bytes_; }

 private:
  struct Person {
    std::string id;
    int ids = 0;         // that they have had
    bool there = false;  // else `id` is erased
    bool told = false;   // since the snapshot began
  };

  ExportIds(std::string path, std::int64_t bytes) : path_(std::move(path)), bytes_(bytes) {}
  bool TakeLine(const std::string& line);
  void TakeBegin();
  void TakeId(const std::string& passport, const std::string& id);
  void TakeGone(Person& person);

  const std::string path_;
  const std::int64_t bytes_;
  std::optional<GrowingFile> file_;
  absl::flat_hash_map<std::string, Person> people_;  // by the passport's id
  std::vector<std::string> erased_;
};

std::string ExportIdsPath(const std::string& path);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_EXPORT_IDS_H_
