#include "service/names/random_id.h"

#include <gtest/gtest.h>

#include "service/names/string_form.h"

namespace passend::service {
namespace {

TEST(RandomIdTest, IsOfItsBytesAndBack) {
  for (int round = 0; round < 256; ++round) {
    std::string bytes;
    for (size_t i = 0; i < kRandomIdBytes; ++i) {
      bytes += static_cast<char>(round * 7 + static_cast<int>(i) * 31);
    }
    const std::string id =
        RandomId({[] { return absl::UnixEpoch(); }, [&](size_t) { return bytes; }});
    EXPECT_EQ(id.size(), 26u);
    EXPECT_TRUE(IsResourceId(id));
    EXPECT_EQ(RandomIdOf(bytes), id);
    EXPECT_EQ(BytesOfRandomId(id), bytes);
  }
}

TEST(RandomIdTest, OtherTextsAreOfNoBytes) {
  const std::string id = RandomIdOf(std::string(kRandomIdBytes, '\0'));
  EXPECT_EQ(id, std::string(26, 'a'));
  for (const std::string& text :
       {std::string(), std::string("a"), id + "a", id.substr(1), "1" + id.substr(1),
        "A" + id.substr(1), id.substr(1) + "b"}) {  // the last has padding that is not zero
    EXPECT_EQ(BytesOfRandomId(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace passend::service
