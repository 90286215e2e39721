// People write a canary into every free text, through the service; then every file is searched for
// it: of the database, its logs, the keys, and a copy of the data.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "passend/store/v1/proposal_book.pb.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/names/resource_names.h"
#include "storage/person_keys.h"
#include "storage/rocksdb_store.h"
#include "tests/service/service_world.h"
#include "tests/storage/damage.h"
#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/store_factories.h"

namespace passend::service {
namespace {

constexpr char kCanary[] = "kanarievogel-7d1f0c";
constexpr int kPeople = 20;

class ErasureCanary : public testing::Test {
 protected:
  enum class People { kPlain, kEncrypted };

  void Open(People people) {
    world_.reset();
    storage::OpenOptions options;
    options.directory = data();
    if (people == People::kEncrypted) {
      auto keys =
          storage::PersonKeys::Open({all() + "/keys", std::make_shared<storage::FixedWrapper>()});
      ASSERT_TRUE(keys.ok()) << keys.status();
      options.keys = *std::move(keys);
    }
    auto store = storage::OpenRocksDbStore(std::move(options));
    ASSERT_TRUE(store.ok()) << store.status();
    world_ = std::make_unique<ServiceWorld>(*std::move(store));
  }
  void Close() { world_.reset(); }
  void Compact() const {
    storage::BareDatabase bare(data());
    for (const char* family : {"default", "record", "journal", "receipt"}) {
      ASSERT_TRUE(bare.db().CompactRange({}, bare.family(family), nullptr, nullptr).ok());
    }
  }

  std::string CreateSomebody(int number) {
    const std::string text = std::string(kCanary) + " " + std::to_string(number);
    v1::CreatePassportRequest request;
    request.set_request_id("0123456789-" + std::to_string(number));
    *request.mutable_passport() = WholePassport();
    request.mutable_passport()->mutable_paces(0)->set_place(text);
    auto created = world_->Call<v1::Passport>("PassportService.CreatePassport", request);
    EXPECT_TRUE(created.ok()) << created.status();
    v1::RecordValidationsRequest recording;
    recording.set_parent(created->name());
    v1::Validation& validation = *recording.add_validations();
    validation.set_skill(kSweeping);
    validation.set_level(3);
    validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
    validation.set_validator(text);
    validation.set_capacity(text);
    validation.set_place(text);
    validation.set_evidence_uri(std::string("https://example.org/") + kCanary);
    auto recorded = world_->Call<v1::RecordValidationsResponse>(
        "ValidationService.RecordValidations", recording);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
    v1::DisputeValidationRequest objecting;
    objecting.set_name(recorded->validations(0).name());
    objecting.set_reason(text);
    EXPECT_TRUE(
        world_->Call<v1::Validation>("ValidationService.DisputeValidation", objecting).ok());
    v1::CorrectValidationRequest correcting;
    correcting.set_name(recorded->validations(0).name());
    correcting.set_reason(text);
    *correcting.mutable_validation() = validation;
    auto corrected =
        world_->Call<v1::Validation>("ValidationService.CorrectValidation", correcting);
    EXPECT_TRUE(corrected.ok()) << corrected.status();
    v1::RevokeValidationRequest revoking;
    revoking.set_name(corrected->name());
    revoking.set_reason(text);
    EXPECT_TRUE(world_->Call<v1::Validation>("ValidationService.RevokeValidation", revoking).ok());
    v1::GrantConsentRequest granting;
    granting.set_parent(created->name());
    granting.mutable_consent()->set_audience("coaches/step-up");
    granting.mutable_consent()->set_purpose(v1::PURPOSE_GUIDANCE);
    granting.mutable_consent()->add_groups(v1::FIELD_GROUP_BASIC);
    granting.mutable_consent()->set_statement(text);
    granting.mutable_consent()->mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(world_->now() + absl::Hours(24)));
    EXPECT_TRUE(world_->Call<v1::Consent>("ConsentService.GrantConsent", granting).ok());
    Propose(*ParsePassportName(created->name()), text);
    return created->name();
  }

  // As it is stored: to propose takes matches, which this world has none of.
  void Propose(const PassportName& passport, const std::string& text) {
    store::v1::ProposalBook book;
    book.add_proposals()->set_motivation(text);
    storage::Batch batch;
    batch.mutations.push_back({ProposalBookKeyOf(passport), book.SerializeAsString()});
    EXPECT_TRUE(world_->store().Commit(std::move(batch)).ok());
  }

  void Erase(const std::string& name) {
    v1::ErasePassportRequest request;
    request.set_name(name);
    const auto erased =
        world_->Call<v1::ErasePassportResponse>("PassportService.ErasePassport", request);
    EXPECT_TRUE(erased.ok()) << erased.status();
  }

  std::string all() const { return directory_.path() + "/all"; }
  std::string data() const { return all() + "/data"; }
  ServiceWorld& world() { return *world_; }

 private:
  storage::TemporaryDirectory directory_;
  std::unique_ptr<ServiceWorld> world_;
};

TEST_F(ErasureCanary, IsInNoFile) {
  Open(People::kEncrypted);
  std::vector<std::string> names;
  for (int number = 0; number < kPeople; ++number) names.push_back(CreateSomebody(number));
  EXPECT_EQ(storage::CountFilesWith(all(), kCanary), 0) << "while it runs";
  storage::CopyDirectory(data(), all() + "/backup");
  for (const std::string& name : names) Erase(name);
  Close();
  Compact();
  EXPECT_EQ(storage::CountFilesWith(all(), kCanary), 0) << "erased and compacted";
  // The backup is opened with the keys of today: nobody of it can be read.
  storage::CopyDirectory(all() + "/backup", data());
  Open(People::kEncrypted);
  for (const std::string& name : names) {
    v1::GetPassportRequest request;
    request.set_name(name);
    EXPECT_TRUE(absl::IsNotFound(
        world().Call<v1::Passport>("PassportService.GetPassport", request).status()));
  }
}

// With encryption off the same search finds the canary: it is known to bite.
TEST_F(ErasureCanary, IsFoundWithoutEncryption) {
  Open(People::kPlain);
  for (int number = 0; number < kPeople; ++number) Erase(CreateSomebody(number));
  Close();
  EXPECT_GT(storage::CountFilesWith(all(), kCanary), 0);
}

// Neither does it miss what is in sorted, compressed files alone.
TEST_F(ErasureCanary, IsFoundInCompactedFilesWithoutEncryption) {
  Open(People::kPlain);
  for (int number = 0; number < kPeople; ++number) CreateSomebody(number);
  Close();
  Compact();
  const std::string sorted = all() + "/sorted";
  std::filesystem::create_directory(sorted);
  for (const std::string& file : storage::DatabaseFiles(data(), "", ".sst")) {
    std::filesystem::copy(file, sorted);
  }
  EXPECT_GT(storage::CountFilesWith(sorted, kCanary), 0);
}

}  // namespace
}  // namespace passend::service
