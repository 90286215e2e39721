#include "service/client/sync/export_ids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ExportIdsTest : public ::testing::Test {
 protected:
  // As the next run has them, which goes on where `bytes_` says.
  ExportIds Next() {
    auto ids = ExportIds::Read(path_, bytes_);
    EXPECT_TRUE(ids.ok()) << ids.status();
    EXPECT_TRUE(ids->Open().ok());
    return *std::move(ids);
  }
  void Note(const ExportIds& ids) { bytes_ = ids.bytes(); }

  TemporaryFolder folder_;
  const std::string path_ = folder_.path() + "/ids";
  std::int64_t bytes_ = 0;
};

TEST_F(ExportIdsTest, APersonKeepsTheFirstId) {
  {
    ExportIds ids = Next();
    ASSERT_TRUE(ids.BeginSnapshot().ok());
    EXPECT_EQ(*ids.IdOf("p1", "c-17"), "c-17");
    EXPECT_EQ(*ids.IdOf("p2", ""), "p2");
    EXPECT_THAT(ids.EndSnapshot()->ids, IsEmpty());
    Note(ids);
  }
  ExportIds ids = Next();
  EXPECT_EQ(*ids.IdOf("p2", "c-18"), "p2");
  EXPECT_EQ(**ids.Remove("p1"), "c-17");
}

TEST_F(ExportIdsTest, WhoIsGoneIsErasedOnceAndComesBackAsSomebodyElse) {
  ExportIds ids = Next();
  EXPECT_EQ(*ids.Remove("p1"), std::nullopt) << "nobody was told of them";
  ASSERT_TRUE(ids.IdOf("p1", "c-17").ok());
  EXPECT_EQ(**ids.Remove("p1"), "c-17");
  EXPECT_EQ(*ids.Remove("p1"), std::nullopt);
  EXPECT_EQ(*ids.IdOf("p1", "c-17"), "p1.2");
  EXPECT_EQ(*ids.IdOf("p1", "c-17"), "p1.2");
  EXPECT_EQ(**ids.Remove("p1"), "p1.2");
  EXPECT_EQ(*ids.IdOf("p1", "c-17"), "p1.3");
}

TEST_F(ExportIdsTest, WhoIsNotToldOfAnyMoreIsErasedWithThoseWhoWereBefore) {
  {
    ExportIds ids = Next();
    for (const char* person : {"p1", "p2", "p3"}) ASSERT_TRUE(ids.IdOf(person, "").ok());
    ASSERT_TRUE(ids.Remove("p3").ok());
    ASSERT_TRUE(ids.BeginSnapshot().ok());
    ASSERT_TRUE(ids.IdOf("p2", "").ok());
    Note(ids);
  }
  // Broken off within the snapshot.
  ExportIds ids = Next();
  const auto missing = ids.EndSnapshot();
  ASSERT_TRUE(missing.ok());
  EXPECT_THAT(missing->ids, ElementsAre("p1", "p3"));
  EXPECT_EQ(missing->newly_gone, 1);
  EXPECT_EQ(*ids.IdOf("p2", ""), "p2");
  EXPECT_EQ(*ids.IdOf("p1", ""), "p1.2");
}

TEST_F(ExportIdsTest, WhatWasNotNotedIsForgotten) {
  {
    ExportIds ids = Next();
    ASSERT_TRUE(ids.IdOf("p1", "c-17").ok());
    Note(ids);
    ASSERT_TRUE(ids.Remove("p1").ok());
  }
  ExportIds ids = Next();
  EXPECT_EQ(ids.bytes(), bytes_);
  EXPECT_EQ(**ids.Remove("p1"), "c-17");
}

TEST_F(ExportIdsTest, RefusesWhatIsNotItsOwn) {
  folder_.Write("ids", "{\"passport\":\"p1\",\"external_id\":\"c-17\"}\nmine\n");
  EXPECT_TRUE(ExportIds::Read(path_, 39).ok());
  for (const std::int64_t bytes : {-1, 38, 44, 100}) {
    EXPECT_TRUE(absl::IsDataLoss(ExportIds::Read(path_, bytes).status())) << bytes;
  }
  folder_.Write("ids", "{\"passport\":\"p1\",\"gone\":true}\n");
  EXPECT_TRUE(absl::IsDataLoss(ExportIds::Read(path_, 30).status())) << "nobody was told of them";
}

}  // namespace
}  // namespace passend::client
