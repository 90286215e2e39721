#include "service/event_level.h"

#include <gtest/gtest.h>

namespace passend::service {
namespace {

TEST(EventLevelTest, IsWhatALineBeginsWith) {
  EXPECT_EQ(EventLevelOf("ERROR: backup: failed: the disk is full"), EventLevel::kError);
  EXPECT_EQ(EventLevelOf("WARNING: index: trying again"), EventLevel::kWarning);
  EXPECT_EQ(EventLevelOf("backup: done, up to commit 7"), EventLevel::kInfo);
  EXPECT_EQ(EventLevelOf("index: no ERROR: here"), EventLevel::kInfo);
  EXPECT_EQ(EventLevelOf(""), EventLevel::kInfo);
}

}  // namespace
}  // namespace passend::service
