#include "service/passendd/serving_switch.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ServingSwitchTest : public testing::Test {
 protected:
  void Open() {
    serving_.Open([this](bool serving) { told_.push_back(serving); });
  }

  ServingSwitch serving_;
  std::vector<bool> told_;
};

TEST_F(ServingSwitchTest, ServesUntilSomethingStops) {
  Open();
  EXPECT_THAT(told_, ElementsAre(true));
  serving_.Stop();
  EXPECT_THAT(told_, ElementsAre(true, false));
}

TEST_F(ServingSwitchTest, WhatStoppedWhileStartingIsNeverServed) {
  serving_.Stop();
  Open();
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(ServingSwitchTest, TellsNothingOnceClosed) {
  Open();
  serving_.Close();
  serving_.Stop();
  EXPECT_THAT(told_, ElementsAre(true));
}

}  // namespace
}  // namespace passend::service
