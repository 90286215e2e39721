#include "service/sync/partner_keys.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

// As `printf p-1 | openssl dgst -sha256 -mac HMAC -macopt hexkey:6b6b...` says.
TEST(PartnerKeyTest, PlacesAndMarksAreHmacSha256) {
  const PartnerKey key(std::string(32, 'k'));
  EXPECT_EQ(key.PlaceOf("p-1"), "3132cebf4a5c40f8a9c55084676bd87c3cb385bb28124d1a8808136ba8a93463");
  EXPECT_EQ(absl::BytesToHexString(key.MarkOf("p-1", "7")),
            "92f1a19fe6ac5e755f478f098019c2239f60ec6224a0cf80872f012a6f9100fd");
  EXPECT_EQ(key.MarkOf("p-1", ""), "");
}

TEST(PartnerKeysTest, EachPartnerHasItsOwnForEver) {
  const auto store = storage::NewMemoryStore();
  const Surroundings surroundings = SystemSurroundings();
  const auto first = PartnerKeys::Load(*store, surroundings);
  const auto again = PartnerKeys::Load(*store, surroundings);
  ASSERT_TRUE(first.ok() && again.ok());
  const std::string key = first->For("partners/gemeente").bytes();
  EXPECT_EQ(key.size(), 32u);
  EXPECT_EQ(again->For("partners/gemeente").bytes(), key);
  EXPECT_NE(first->For("partners/uwv").bytes(), key);
  const auto other = storage::NewMemoryStore();
  EXPECT_NE(PartnerKeys::Load(*other, surroundings)->For("partners/gemeente").bytes(), key);
}

}  // namespace
}  // namespace passend::service
