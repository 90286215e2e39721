// What a store held after each of its commits, and what a plain scorer makes of it: what answers
// are compared with.
#ifndef PASSEND_TESTS_SERVICE_MATCH_STORE_MOMENTS_H_
#define PASSEND_TESTS_SERVICE_MATCH_STORE_MOMENTS_H_

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "matcher/policy.h"
#include "matcher/ranking.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/taxonomy/catalog_snapshot.h"
#include "storage/store.h"

namespace passend::service {

// The store after one commit, read without any snapshot: right for a store with one writer, who
// takes it between two commits. By ids.
struct StoreMoment {
  explicit StoreMoment(const storage::Store& store);

  storage::Sequence sequence;
  std::map<std::string, v1::Passport> passports;
  std::map<std::string, std::vector<v1::Validation>> validations;
  std::map<std::string, uint64_t> exposures;
  std::map<std::string, v1::Task> tasks;
  std::map<uint32_t, matcher::Policy> policies;  // published ones
  storage::Sequence last_import = 0;
  std::vector<v1::Concept> concepts;

  matcher::Person PersonOfId(const std::string& id, const matcher::Taxonomy& taxonomy) const;
  std::vector<matcher::Person> ActivePeople(const matcher::Taxonomy& taxonomy) const;
  std::vector<matcher::Work> OpenWork(const matcher::Taxonomy& taxonomy) const;
  // Somebody who is ranked, or asked for, has a skill that the vocabulary lacks.
  bool UsesUnknownSkills(const matcher::Taxonomy& taxonomy) const;
};

// Thread safety: one thread calls Take after each of its commits, any may ask.
class StoreMoments {
 public:
  explicit StoreMoments(const storage::Store& store) : store_(store) {}

  void Take();
  // Waits for the writer to take it.
  std::shared_ptr<const StoreMoment> At(storage::Sequence sequence) const;
  // The vocabulary as of its import.
  std::shared_ptr<const CatalogSnapshot> Vocabulary(storage::Sequence import) const;
  // True where a moment after `sequence` is without the passport. Waits a while for one: who reads
  // may see a commit a little before it is acknowledged, and then taken.
  bool ErasedAfter(storage::Sequence sequence, const std::string& passport_id) const;

 private:
  const storage::Store& store_;
  mutable std::mutex mutex_;
  mutable std::condition_variable taken_;
  std::map<storage::Sequence, std::shared_ptr<const StoreMoment>> moments_;
  std::map<storage::Sequence, std::shared_ptr<const CatalogSnapshot>> vocabularies_;
};

// What `basis` says an answer was made with, from the moments. Points into itself: held by pointer.
struct Remade {
  std::shared_ptr<const StoreMoment> moment;
  std::shared_ptr<const CatalogSnapshot> vocabulary;
  storage::Sequence import = 0;  // of the vocabulary
  matcher::ScoringBasis scoring;
};
std::unique_ptr<Remade> Remake(const v1::MatchBasis& basis, const StoreMoments& moments);

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_MATCH_STORE_MOMENTS_H_
