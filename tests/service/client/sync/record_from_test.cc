#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/client/sync/partner_export.h"
#include "tests/service/client/message_from_text.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

TEST(RecordFrom, KeepsWhatThePersonIsAndLeavesOutWhatThisServerGave) {
  const v1::PushRecord record = RecordFrom(
      FromText<v1::WatchChange>(R"pb(
        passport_name: "passports/p1"
        sequence: 12
        passport {
          name: "passports/p1"
          etag: "e"
          region: "drenthe"
          create_time { seconds: 1 }
          partners: "partners/delft"
          coaches: "coaches/c"
          skills { skill: "taxonomies/t/concepts/a" level: 3 }
          support {
            needs { kind: SUPPORT_KIND_GUIDANCE solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR }
          }
        }
        validations {
          name: "passports/p1/validations/v1"
          skill: "taxonomies/t/concepts/a"
          level: 3
          method: VALIDATION_METHOD_OBSERVED
          validator: "coaches/c"
          create_time { seconds: 5 }
          validate_time { seconds: 4 }
        }
        validations {
          name: "passports/p1/validations/v2"
          revoke_time { seconds: 9 }
        })pb"),
      "c-17");
  EXPECT_EQ(record.SerializeAsString(),
            FromText<v1::PushRecord>(R"pb(
              external_id: "c-17"
              revision: "12"
              upsert {
                update_mask {
                  paths: "region"
                  paths: "wishes"
                  paths: "paces"
                  paths: "support"
                  paths: "coaches"
                }
                passport {
                  region: "drenthe"
                  coaches: "coaches/c"
                  support { needs { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR } }
                }
                validations {
                  external_id: "v1"
                  validation {
                    skill: "taxonomies/t/concepts/a"
                    level: 3
                    method: VALIDATION_METHOD_OBSERVED
                    validator: "coaches/c"
                    validate_time { seconds: 4 }
                  }
                }
                validations { external_id: "v2" revoke_reason: "-" }
              })pb")
                .SerializeAsString());
}

TEST(RecordFrom, SaysOfTheOwnWhichFieldsAreEmptyAndOfOthersNot) {
  v1::WatchChange change;
  change.mutable_passport()->set_state(v1::PASSPORT_STATE_PAUSED);
  EXPECT_FALSE(RecordFrom(change, "c-17").upsert().has_update_mask());
  change.mutable_passport()->add_partners("partners/delft");
  EXPECT_THAT(RecordFrom(change, "c-17").upsert().update_mask().paths(),
              ::testing::ElementsAre("region", "wishes", "paces", "support", "coaches", "state"));
}

TEST(EraseRecord, NamesThePersonAndSaysNothingElse) {
  EXPECT_EQ(EraseRecord("c-17").SerializeAsString(),
            FromText<v1::PushRecord>(R"pb(external_id: "c-17"
                                          erase {})pb")
                .SerializeAsString());
}

TEST(SnapshotBasisPoints, GrowWithTheNames) {
  EXPECT_EQ(SnapshotBasisPoints("passports/222"), 0);
  EXPECT_EQ(SnapshotBasisPoints("passports/k22"), 5000);
  EXPECT_EQ(SnapshotBasisPoints("passports/zzz"), 9999);
  EXPECT_LT(SnapshotBasisPoints("passports/7zz"), SnapshotBasisPoints("passports/a22"));
  EXPECT_EQ(SnapshotBasisPoints(""), 0);
}

}  // namespace
}  // namespace passend::client
