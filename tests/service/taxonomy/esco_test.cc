// The whole of ESCO, imported and searched. Needs its files in $PASSEND_DATA/esco.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/service/taxonomy/esco_files.h"
#include "tests/service/taxonomy/taxonomy_world.h"

namespace passend::service {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::StartsWith;

// Sanitizers and unoptimised builds are slower by this much at most.
#if defined(NDEBUG)
constexpr int kSlack = 1;
#else
constexpr int kSlack = 10;
#endif

// What this thread has computed so far: other work on the machine does not count.
absl::Duration ComputingTime() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return absl::DurationFromTimespec(time);
}

// Megabytes of memory that the process holds.
int64_t ResidentMegabytes() {
  std::ifstream file("/proc/self/statm");
  int64_t all = 0;
  int64_t resident = 0;
  file >> all >> resident;
  return resident * 4'096 / (1 << 20);
}

class EscoTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const char* data = std::getenv("PASSEND_DATA");
    if (data == nullptr) return;
    concepts_ = std::make_unique<std::vector<v1::Concept>>(ReadEsco(absl::StrCat(data, "/esco")));
  }
  static void TearDownTestSuite() {
    world_.reset();
    concepts_.reset();
  }

  void SetUp() override {
    if (concepts_ == nullptr) {
      GTEST_SKIP() << "PASSEND_DATA is not set: no ESCO files to try this with";
    }
    ASSERT_THAT(concepts_->size(), Ge(17'000u)) << "$PASSEND_DATA/esco is not complete";
    if (world_ == nullptr) ImportAll();
  }

  void ImportAll() {
    world_ = std::make_unique<TaxonomyWorld>();
    std::vector<v1::ImportTaxonomyRequest> parts = {HeaderPart()};
    for (size_t at = 0; at < concepts_->size(); at += 1'000) {
      parts.push_back(ConceptsPart({concepts_->begin() + static_cast<std::ptrdiff_t>(at),
                                    concepts_->begin() + static_cast<std::ptrdiff_t>(std::min(
                                                             at + 1'000, concepts_->size()))}));
    }
    const int64_t before = ResidentMegabytes();
    const absl::Duration start = ComputingTime();
    response_ = world_->ImportParts(Ended(std::move(parts)));
    import_time_ = ComputingTime() - start;
    std::cout << "import: " << import_time_ << ", " << ResidentMegabytes() - before
              << " MiB more resident (records, journal and catalog in memory)\n";
    ASSERT_TRUE(response_.ok()) << response_.status();
  }

  static std::unique_ptr<std::vector<v1::Concept>> concepts_;
  static std::unique_ptr<TaxonomyWorld> world_;
  static absl::StatusOr<v1::ImportTaxonomyResponse> response_;
  static absl::Duration import_time_;
};

std::unique_ptr<std::vector<v1::Concept>> EscoTest::concepts_;
std::unique_ptr<TaxonomyWorld> EscoTest::world_;
absl::StatusOr<v1::ImportTaxonomyResponse> EscoTest::response_;
absl::Duration EscoTest::import_time_;

TEST_F(EscoTest, IsImportedWhole) {
  int skills = 0;
  int uses = 0;
  for (const v1::Concept& entry : *concepts_) {
    if (entry.kind() == v1::CONCEPT_KIND_SKILL || entry.kind() == v1::CONCEPT_KIND_KNOWLEDGE) {
      ++skills;
    }
    uses += entry.essential_skills_size() + entry.optional_skills_size();
  }
  EXPECT_EQ(skills, 13'896);
  // Of 123,855 in the table; 67 are of an occupation that the publisher's occupations lack.
  EXPECT_EQ(uses, 123'788);
  EXPECT_EQ(response_->taxonomy().concept_count(), static_cast<int>(concepts_->size()));
  EXPECT_EQ(response_->taxonomy().occupation_count(), 3'007);
  EXPECT_EQ(response_->added_concepts(), static_cast<int>(concepts_->size()));
  EXPECT_THAT(import_time_, Lt(absl::Seconds(5) * kSlack));
}

TEST_F(EscoTest, TheCatalogIsReadInASecondOrTwo) {
  const int64_t before = ResidentMegabytes();
  const absl::Duration start = ComputingTime();
  const auto catalog = TaxonomyCatalog::Load(world_->store());
  const absl::Duration time = ComputingTime() - start;
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  std::cout << "load: " << time << ", " << ResidentMegabytes() - before << " MiB more resident\n";
  EXPECT_THAT(time, Lt(absl::Seconds(2) * kSlack));
}

TEST_F(EscoTest, EverySkillExpandsToItselfAndWhatIsStated) {
  const auto taxonomy = world_->catalog().snapshot()->taxonomy();
  const absl::Duration start = ComputingTime();
  size_t expansions = 0;
  for (matcher::ConceptIndex index = 0; index < taxonomy->size(); ++index) {
    const auto expanded = taxonomy->Expand(index, matcher::AbilityPolicy());
    ASSERT_EQ(expanded.front().held, index);
    ASSERT_EQ(expanded.front().factor, matcher::kWhole);
    expansions += expanded.size();
  }
  std::cout << "expansions: " << expansions << " of " << taxonomy->size() << " concepts in "
            << ComputingTime() - start << "\n";
  EXPECT_GT(expansions, 2 * taxonomy->size());
}

TEST_F(EscoTest, FirstHits) {
  for (const auto& [query, language] :
       std::vector<std::pair<const char*, const char*>>{{"schoonm", "nl"},
                                                        {"schoon", "nl"},
                                                        {"clean", "en"},
                                                        {"win cle", "en"},
                                                        {"koken", "nl"},
                                                        {"plant", "nl"},
                                                        {"s", "en"},
                                                        {"computer", "en"}}) {
    std::cout << "\"" << query << "\" (" << language << "):\n";
    for (const std::string& line : world_->Search(query, language)) {
      std::cout << "    " << line << "\n";
    }
  }
  EXPECT_THAT(world_->Search("clean", "en").at(0), Eq("conduct cleaning tasks [clean]"));
  EXPECT_THAT(world_->Search("clean", "en").at(1), StartsWith("clean "));
  EXPECT_THAT(world_->Search("schoonm", "nl"),
              AllOf(Each(HasSubstr("schoonm")), Contains("schoonmaaktaken uitvoeren"),
                    Contains("oppervlakken schoonmaken")));
  EXPECT_THAT(world_->Search("cle win", "en"), Contains("risk assessment for window cleaning"));
}

TEST_F(EscoTest, AnswersWithinAKeystroke) {
  std::set<std::string> prefixes;
  for (const v1::Concept& entry : *concepts_) {
    for (const v1::ConceptLabel& label : entry.labels()) {
      for (size_t letters = 1; letters <= 6 && letters <= label.preferred().size(); ++letters) {
        prefixes.insert(label.preferred().substr(0, letters));
      }
    }
  }
  std::vector<absl::Duration> times;
  v1::SearchConceptsRequest request;
  for (const char* language : {"nl", "en"}) {
    request.set_language_code(language);
    for (const std::string& prefix : prefixes) {
      request.set_query(prefix);
      const absl::Duration start = ComputingTime();
      const auto response = world_->handlers().Search(request);
      times.push_back(ComputingTime() - start);
      ASSERT_TRUE(response.ok());
    }
  }
  std::sort(times.begin(), times.end());
  std::cout << "search: " << times.size() << " prefixes, p50 " << times[times.size() / 2]
            << ", p99 " << times[times.size() * 99 / 100] << ", slowest " << times.back() << "\n";
  EXPECT_THAT(times[times.size() * 99 / 100], Lt(absl::Milliseconds(2) * kSlack));
}

TEST_F(EscoTest, TwoShortWordsAreAnsweredWithinAKeystrokeToo) {
  std::vector<absl::Duration> times;
  v1::SearchConceptsRequest request;
  for (char first = 'a'; first <= 'z'; ++first) {
    for (char second = 'a'; second <= 'z'; ++second) {
      request.set_query(std::string{first, ' ', second});
      const absl::Duration start = ComputingTime();
      const auto response = world_->handlers().Search(request);
      times.push_back(ComputingTime() - start);
      ASSERT_TRUE(response.ok());
    }
  }
  std::sort(times.begin(), times.end());
  std::cout << "search: " << times.size() << " pairs of letters, p50 " << times[times.size() / 2]
            << ", p99 " << times[times.size() * 99 / 100] << ", slowest " << times.back() << "\n";
  EXPECT_THAT(times[times.size() * 99 / 100], Lt(absl::Milliseconds(5) * kSlack));
}

}  // namespace
}  // namespace passend::service
