// Reads the people of a chunk of passports: each passport together with its book of validations
// and its exposure.
#ifndef PASSEND_SERVICE_MATCH_CHUNK_READER_H_
#define PASSEND_SERVICE_MATCH_CHUNK_READER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "matcher/people_loader.h"
#include "matcher/staged_people.h"
#include "passend/v1/passport.pb.h"
#include "service/match/book_reader.h"
#include "service/match/passport_chunks.h"
#include "service/match/skill_numbers.h"
#include "storage/store.h"

namespace passend::service {

// Keeps its memory from chunk to chunk. Of one thread; `snapshot` and `numbers` must outlive it.
class ChunkReader {
 public:
  ChunkReader(const storage::Snapshot& snapshot, const SkillNumbers& numbers)
      : snapshot_(snapshot), numbers_(numbers) {}

  // Everybody of the chunk who is active, onto the tray. DAMAGED_DATA; errors of the store.
  absl::Status Read(const PassportChunk& chunk, matcher::PeopleTray& tray);

 private:
  // Where a passport's validations are in skills_.
  struct Part {
    size_t begin = 0;
    size_t end = 0;
  };

  absl::Status ReadBooks(const PassportChunk& chunk);
  absl::Status TakeBook(const PassportChunk& chunk, const storage::RecordView& record);
  absl::Status ReadExposures(const PassportChunk& chunk);
  // The place of the passport with that id; as many as there are where it is not in the chunk.
  // Fast for who asks in order.
  size_t PlaceOf(const PassportChunk& chunk, std::string_view id);

  const storage::Snapshot& snapshot_;
  const SkillNumbers& numbers_;
  BookReader book_reader_;
  v1::Passport passport_;

  size_t next_place_ = 0;
  std::vector<matcher::SkillValidation> owners_;  // whose book is read just now
  std::vector<uint64_t> order_;
  // In order of passport, and of skill.
  std::vector<matcher::SkillValidation> skills_;
  std::vector<Part> parts_;      // by place
  std::vector<uint64_t> shown_;  // by place
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_CHUNK_READER_H_
