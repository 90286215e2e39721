#include "service/credential/bit_list.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "service/credential/compact_jwt.h"
#include "service/credential/limits.h"

namespace passend::service {
namespace {

TEST(BitListTest, IsUnpackedAsItWasPacked) {
  std::mt19937 random(3);
  for (const int set : {0, 1, 1000, 100'000}) {
    BitList bits(kStatusListEntries);
    for (int i = 0; i < set; ++i) bits.Set(random() % kStatusListEntries);
    const auto again = BitList::Unpack(bits.Pack());
    ASSERT_TRUE(again.has_value());
    ASSERT_EQ(again->size(), bits.size());
    for (uint32_t i = 0; i < bits.size(); ++i) ASSERT_EQ(again->Has(i), bits.Has(i)) << i;
  }
}

TEST(BitListTest, TheFirstBitIsTheHighest) {
  // 0x80, 0x40 and 16,382 zeros, packed by Python's gzip.
  const auto bits =
      BitList::Unpack("uH4sIAAAAAAACA-3BMQEAAAwCoEUz2qIbwwf4HAAAAAAAAAAAAAAAAAAAADBWPiK9agBAAAA");
  ASSERT_TRUE(bits.has_value());
  ASSERT_EQ(bits->size(), kStatusListEntries);
  for (uint32_t i = 0; i < bits->size(); ++i) ASSERT_EQ(bits->Has(i), i == 0 || i == 9) << i;
}

TEST(BitListTest, ReadsTheExampleOfTheStandard) {
  // W3C Bitstring Status List 1.0, example: an empty list of 131,072 bits.
  const auto bits =
      BitList::Unpack("uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA");
  ASSERT_TRUE(bits.has_value());
  EXPECT_EQ(bits->size(), 131'072u);
  for (uint32_t i = 0; i < bits->size(); ++i) ASSERT_FALSE(bits->Has(i));
}

TEST(BitListTest, TakesNothingElse) {
  const std::string good = BitList(kStatusListEntries).Pack();
  for (const std::string& text :
       {std::string(), std::string("u"), good.substr(1), "z" + good.substr(1), good + "AA",
        good.substr(0, good.size() - 8), "u" + Base64UrlOf("no gzip")}) {
    EXPECT_FALSE(BitList::Unpack(text).has_value()) << text.substr(0, 20);
  }
  const BitList large(static_cast<uint32_t>(kUnpackedListBytesMax + 8) * 8);
  EXPECT_FALSE(BitList::Unpack(large.Pack()).has_value()) << "a small text, unpacked too large";
}

}  // namespace
}  // namespace passend::service
