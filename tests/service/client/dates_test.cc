#include "service/client/dates.h"

#include <gtest/gtest.h>

namespace passend::client {
namespace {

TEST(Dates, ADayIsWrittenInOneWay) {
  for (const char* const day : {"2026-11-21", "0026-11-22", "9999-12-31"}) {
    const auto read = ParseDay(day);
    ASSERT_TRUE(read.has_value()) << day;
    EXPECT_EQ(DayText(*read), day);
  }
  for (const char* const day :
       {"2026-11-1 ", " 2026-11-1", "2026-011-1", "26-11-0022", "+026-11-22", "2026-02-30",
        "2026-11-21 ", "2026-11-2", "", "infinite-past", "infinite-future"}) {
    EXPECT_FALSE(ParseDay(day).has_value()) << day;
  }
}

}  // namespace
}  // namespace passend::client
