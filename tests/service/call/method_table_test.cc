#include "service/call/method_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "google/protobuf/descriptor.h"
#include "service/call/method_bindings.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

// The services of all files that the table's request types are in, and of what those import.
void Collect(const google::protobuf::FileDescriptor& file,
             std::set<const google::protobuf::ServiceDescriptor*>& services) {
  for (int i = 0; i < file.service_count(); ++i) services.insert(file.service(i));
  for (int i = 0; i < file.dependency_count(); ++i) Collect(*file.dependency(i), services);
}

TEST(MethodTableTest, EveryMethodOfEveryServiceHasARow) {
  std::set<const google::protobuf::ServiceDescriptor*> services;
  for (const MethodRow& row : MethodTable()) Collect(*row.request_type()->file(), services);
  EXPECT_EQ(services.size(), 6u) << "a new service needs a row, and this number";
  size_t methods = 0;
  for (const auto* service : services) {
    for (int i = 0; i < service->method_count(); ++i, ++methods) {
      const auto& method = *service->method(i);
      const MethodRow* row = FindMethod(method.full_name());
      ASSERT_NE(row, nullptr) << method.full_name()
                              << " has no row in service/call/method_table.cc";
      EXPECT_EQ(row->request_type(), method.input_type()) << method.full_name();
      EXPECT_EQ(row->lane == Lane::kBulk, method.client_streaming()) << method.full_name();
      EXPECT_NE(row->least_role, Role::kNone) << method.full_name() << ": nothing is for everybody";
    }
  }
  EXPECT_EQ(methods, MethodTable().size()) << "no row twice, none without a method";
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

}  // namespace
}  // namespace passend::service
