#include "service/call/caller.h"

#include <gtest/gtest.h>

#include <set>

namespace passend::service {
namespace {

TEST(CallerTest, RolesHaveNames) {
  for (const Role role : kRoles) EXPECT_EQ(RoleNamed(NameOf(role)), role);
  for (const char* name : {"", "none", "Operator", "operator "}) {
    EXPECT_EQ(RoleNamed(name), std::nullopt) << name;
  }
}

TEST(CallerTest, OwnsUnderItsTenantsName) {
  const auto owner = [](Role role) { return OwnerName({"", "s", role, "x-1", Proof::kToken}); };
  EXPECT_EQ(owner(Role::kEmployer), "employers/x-1");
  EXPECT_EQ(owner(Role::kCoach), "coaches/x-1");
  EXPECT_EQ(owner(Role::kPartner), "partners/x-1");
  EXPECT_EQ(owner(Role::kPerson), "passports/x-1");
  for (const Role role : {Role::kOperator, Role::kAuditor, Role::kNone}) EXPECT_EQ(owner(role), "");
  EXPECT_EQ(OwnerName({"", "s", Role::kPartner, "", Proof::kToken}), "");
}

TEST(CallerTest, IsOnRecordUnderTheOrganisationsNameAndTheirOwn) {
  const auto signature = [](Role role) {
    return SignatureOf({"", "s/7", role, "x-1", Proof::kToken});
  };
  EXPECT_EQ(signature(Role::kCoach), "coaches/x-1/s/7");
  EXPECT_EQ(signature(Role::kPartner), "partners/x-1/s/7");
  EXPECT_EQ(signature(Role::kPerson), "passports/x-1") << "who that is, the passport says";
  EXPECT_EQ(signature(Role::kAuditor), "");
  EXPECT_EQ(SignatureOf({"unix:", "", Role::kOperator, "", Proof::kLocal}), "");
}

TEST(CallerTest, ScopesKeepCallersApart) {
  const std::string method = "passend.v1.TaskService.CreateTask";
  EXPECT_EQ(ScopedMethod(method, {"unix:", "", Role::kOperator, "", Proof::kLocal}), method);
  std::set<std::string> scopes = {method};
  for (const Role role : kRoles) {
    for (const char* tenant : {"a", "b"}) {
      EXPECT_TRUE(
          scopes.insert(ScopedMethod(method, {"", "s", role, tenant, Proof::kToken})).second);
    }
  }
  EXPECT_EQ(ScopedMethod(method, {"", "s", Role::kCoach, "a", Proof::kToken}),
            ScopedMethod(method, {"", "other", Role::kCoach, "a", Proof::kCertificate}))
      << "colleagues, however they prove it, repeat each other's requests";
}

TEST(CallerTest, TenantsAndSubjectsHaveAForm) {
  EXPECT_TRUE(IsTenant("gemeente-delft"));
  EXPECT_TRUE(IsTenant("0123456789abcdef"));
  for (const char* text : {"", "Delft", "a/b", "a b", "a_b"}) EXPECT_FALSE(IsTenant(text)) << text;
  EXPECT_FALSE(IsTenant(std::string(64, 'a')));
  EXPECT_TRUE(IsSubject("urn:x:7/~!"));
  EXPECT_TRUE(IsSubject(std::string(kSubjectBytesMax, 'a')));
  for (const std::string text : {"", "a b", "a\n", "\x7F", "na\xC3\xAFve"}) {
    EXPECT_FALSE(IsSubject(text)) << text;
  }
  EXPECT_FALSE(IsSubject(std::string(kSubjectBytesMax + 1, 'a')));
}

}  // namespace
}  // namespace passend::service
