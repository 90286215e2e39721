// Fills a golden store, with its keys and notes, in the folder that it is given; make.sh packs it.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "passend/v1/consent_service.pb.h"
#include "tests/service/audit/golden/golden_records.h"
#include "tests/service/audit/replay_scene.h"

namespace passend::service {
namespace {

class Maker : public ReplayScene {
 public:
  void TestBody() override {}

  bool Make(const std::string& folder) {
    random_.seed(1);
    Fill(12, 4);
    const auto passport =
        world_->Call<v1::Passport>("PassportService.CreatePassport", GoldenPassport());
    if (!passport.ok()) return Refused(passport.status());
    world_->Record(passport->name(), kSkills.front(), 4);
    v1::GrantConsentRequest sharing;
    sharing.set_parent(passport->name());
    v1::Consent& consent = *sharing.mutable_consent();
    consent.set_audience("coaches/garden");
    consent.set_purpose(v1::PURPOSE_GUIDANCE);
    consent.add_groups(v1::FIELD_GROUP_BASIC);
    consent.set_statement("said so, at the table");
    consent.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) + 86'400 * 700);
    const auto granted = world_->Call<v1::Consent>("ConsentService.GrantConsent", sharing);
    if (!granted.ok()) return Refused(granted.status());
    world_->Erase(world_->CreatePassport(random_));
    int rankings = 0;
    for (int step = 0; step < 60; ++step) {
      if (step == 30) world_->ImportSkills("2", kSkills);
      Write();
      rankings += step % 5 == 0 ? RankForEmployer(ATask(), 5, 3) : Rank();
    }
    Stop();
    std::ofstream(folder + "/" + kGoldenNotes) << passport->name() << "\n" << rankings << "\n";
    for (const char* name : {"/data", "/keys"}) {
      std::filesystem::copy(directory_.path() + name, folder + name,
                            std::filesystem::copy_options::recursive);
    }
    return true;
  }

 private:
  static bool Refused(const absl::Status& status) {
    std::fprintf(stderr, "%s\n", status.ToString().c_str());
    return false;
  }
};

}  // namespace
}  // namespace passend::service

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "golden_records_maker FOLDER\n");
    return 2;
  }
  return passend::service::Maker().Make(words[1]) ? 0 : 1;
}
