#include "service/call/permission_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "service/call/method_table.h"

namespace passend::service {
namespace {

TEST(PermissionTableTest, HasEveryMethodOnce) {
  std::set<std::string_view> methods;
  for (const PermissionRow& row : PermissionTable()) {
    EXPECT_TRUE(methods.insert(row.method).second) << row.method;
    EXPECT_NE(FindMethod(row.method), nullptr) << row.method;
  }
  EXPECT_EQ(methods.size(), MethodTable().size());
}

TEST(PermissionTableTest, DeniesByDefault) {
  EXPECT_EQ(PermissionOf(Role::kNone, "passend.v1.TaxonomyService.GetConcept"), Permission::kNo);
  EXPECT_EQ(PermissionOf(Role::kOperator, "passend.v1.TaxonomyService.Lose"), Permission::kNo);
  EXPECT_EQ(PermissionOf(Role::kOperator, ""), Permission::kNo);
  Caller caller{"", "s", Role::kOperator, "t", Proof::kNone};
  EXPECT_EQ(PermissionOf(caller, "passend.v1.PolicyService.GetPolicy"), Permission::kNo);
  caller.proof = Proof::kToken;
  EXPECT_EQ(PermissionOf(caller, "passend.v1.PolicyService.GetPolicy"), Permission::kAll);
  EXPECT_EQ(PermissionOf(caller, "passend.v1.PassportService.GetPassport"), Permission::kNo);
  caller.proof = Proof::kLocal;
  EXPECT_EQ(PermissionOf(caller, "passend.v1.PassportService.GetPassport"), Permission::kAll);
  EXPECT_EQ(PermissionOf(caller, "passend.v1.PassportService.Lose"), Permission::kNo);
}

TEST(PermissionTableTest, WritesAreForFewAndPeopleAreNobodysAll) {
  for (const PermissionRow& row : PermissionTable()) {
    const bool of_people = row.method.find("Passport") != std::string_view::npos ||
                           row.method.find("Validation") != std::string_view::npos ||
                           row.method.find("Propos") != std::string_view::npos ||
                           row.method.find("MatchService") != std::string_view::npos;
    for (const Permission permission : row.by_role) {
      if (of_people) {
        EXPECT_NE(permission, Permission::kAll) << row.method;
      }
    }
    const bool writes = FindMethod(row.method)->effect == Effect::kWrites;
    if (writes) {
      EXPECT_EQ(PermissionOf(Role::kAuditor, row.method), Permission::kNo) << row.method;
    }
  }
}

}  // namespace
}  // namespace passend::service
