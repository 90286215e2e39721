#include "service/call/method_table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "passend/v1/sync_service.pb.h"
#include "service/call/method_bindings.h"
#include "service/call/permission_table.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

// The names of all services in the proto files, read as text: one without a row is in no library
// that this test would be linked with.
std::set<std::string> ServiceNames() {
  constexpr std::string_view kStart = "service ";
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(PASSEND_PROTOS)) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      if (!line.starts_with(kStart)) continue;
      names.insert("passend.v1." + line.substr(kStart.size(), line.find(" {") - kStart.size()));
    }
  }
  return names;
}

TEST(MethodTableTest, EveryMethodOfEveryServiceHasARow) {
  const std::set<std::string> names = ServiceNames();
  EXPECT_TRUE(names.contains("passend.v1.PassportService"));
  size_t methods = 0;
  for (const std::string& name : names) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    ASSERT_NE(service, nullptr) << name << " has no row in service/call/method_table.cc";
    for (int i = 0; i < service->method_count(); ++i, ++methods) {
      const auto& method = *service->method(i);
      const MethodRow* row = FindMethod(method.full_name());
      ASSERT_NE(row, nullptr) << method.full_name()
                              << " has no row in service/call/method_table.cc";
      EXPECT_EQ(row->request_type(), method.input_type()) << method.full_name();
      EXPECT_TRUE(!method.client_streaming() || method.server_streaming() ||
                  row->lane == Lane::kBulk)
          << method.full_name();
      EXPECT_EQ(method.client_streaming() && method.server_streaming(),
                row->lane == Lane::kExchange)
          << method.full_name();
      EXPECT_EQ(method.server_streaming() && !method.client_streaming(), row->lane == Lane::kFeed)
          << method.full_name();
    }
  }
  EXPECT_EQ(methods, MethodTable().size()) << "no row twice, none without a method";
}

TEST(MethodTableTest, WhatOnlyReadsSaysSoByItsName) {
  for (const MethodRow& row : MethodTable()) {
    const std::string_view verb = row.name.substr(row.name.rfind('.') + 1);
    bool reads = false;
    for (const std::string_view reading :
         {"Get", "List", "Search", "Find", "Explain", "Check", "Replay", "Reconcile", "Watch",
          "Start"}) {  // a job of the operator's, which changes no record
      reads = reads || verb.starts_with(reading);
    }
    EXPECT_EQ(row.effect == Effect::kReads, reads) << row.name;
  }
}

TEST(MethodTableTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(FindMethod(""), nullptr);
  EXPECT_EQ(FindMethod("passend.v1.PassportService.getPassport"), nullptr);
}

TEST(MethodBindingsTest, OnlyWhatTheTableAndTheProtoKnowIsBound) {
  const auto handler = [](const CallContext&, const auto&) { return v1::Passport(); };
  MethodBindings unknown;
  unknown.Bind<v1::Passport, v1::Passport>("passend.v1.PassportService.Lose", handler);
  EXPECT_FALSE(unknown.CheckBound().ok());
  MethodBindings other_type;
  other_type.Bind<v1::Passport, v1::Passport>("passend.v1.PassportService.GetPassport", handler);
  EXPECT_FALSE(other_type.CheckBound().ok());
  EXPECT_EQ(other_type.Unbound().size(), MethodTable().size());
  MethodBindings other_shape;
  other_shape.Bind<v1::PushRequest, v1::PushResponse>(
      "passend.v1.SyncService.Push",
      [](const CallContext&, const auto&) { return v1::PushResponse(); });
  EXPECT_FALSE(other_shape.CheckBound().ok());
}

TEST(MethodBindingsTest, WhatIsNotBoundIsNoMethod) {
  const ServiceWorld world;
  EXPECT_EQ(
      ReasonOf(world.bindings().Answer(world.ContextFor("MatchService.FindTasks"), "").status()),
      v1::ERROR_REASON_NO_SUCH_METHOD);
  EXPECT_EQ(
      ReasonOf(world.bindings().Open(world.ContextFor("PassportService.GetPassport")).status()),
      v1::ERROR_REASON_NO_SUCH_METHOD);
}

GivesWay GivesWayOf(std::string_view method) { return FindMethod(method)->gives_way; }

TEST(MethodTableTest, WithdrawingErasingAndWhatCoachesWriteGiveWayLast) {
  EXPECT_EQ(GivesWayOf("passend.v1.ConsentService.RevokeConsent"), GivesWay::kLast);
  EXPECT_EQ(GivesWayOf("passend.v1.PassportService.ErasePassport"), GivesWay::kLast);
  int writes = 0;
  for (const MethodRow& row : MethodTable()) {
    if (row.effect != Effect::kWrites || row.lane != Lane::kPrompt) continue;
    if (PermissionOf(Role::kCoach, row.name) == Permission::kNo) continue;
    // What it writes is the log of it.
    if (row.name == "passend.v1.PassportService.ExportPassport") continue;
    EXPECT_EQ(row.gives_way, GivesWay::kLast) << row.name;
    ++writes;
  }
  EXPECT_GE(writes, 9);
}

TEST(MethodTableTest, OnlyListsForEmployersAndForEverybodyGiveWayFirst) {
  EXPECT_EQ(GivesWayOf("passend.v1.MatchService.FindCandidates"), GivesWay::kFirst);
  for (const MethodRow& row : MethodTable()) {
    if (row.gives_way != GivesWay::kFirst) continue;
    EXPECT_EQ(row.effect, Effect::kReads) << row.name;
    EXPECT_NE(PermissionOf(Role::kEmployer, row.name), Permission::kNo) << row.name;
    const Permission coach = PermissionOf(Role::kCoach, row.name);
    EXPECT_TRUE(coach == Permission::kNo || coach == Permission::kAll) << row.name;
  }
}

}  // namespace
}  // namespace passend::service
