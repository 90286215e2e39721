#include "service/call/trace.h"

#include <gtest/gtest.h>

namespace passend::service {
namespace {

constexpr char kId[] = "0af7651916cd43dd8448eb211c80319c";

TEST(TraceTest, TakesTheIdOfAGoodHeader) {
  EXPECT_EQ(TraceIdOf("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), kId);
  EXPECT_EQ(TraceIdOf("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later"), kId);
}

TEST(TraceTest, RefusesEverythingElse) {
  for (const char* header : {"", "00-", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                             "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                             "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                             "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                             "00-0af7651916cd43dd8448eb211c80319cab7ad6b7169203331-010",
                             "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                             "00-0af7651916cd43dd8448eb211c80319c-b7ad6b71692033zz-01",
                             "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
                             "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331+01",
                             "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01later",
                             "00 0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 01"}) {
    EXPECT_EQ(TraceIdOf(header), std::nullopt) << header;
  }
}

TEST(TraceTest, MakesOneFromRandomBytes) {
  EXPECT_EQ(RandomTraceId({nullptr, [](size_t count) { return std::string(count, '\x1F'); }}),
            "1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f");
}

}  // namespace
}  // namespace passend::service
