// Who may call what, as the table has it, and that service/README.md says the same.
#include "service/call/permission_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/call/method_table.h"
#include "service/text.h"

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

const char* WordOf(Permission permission) {
  switch (permission) {
    case Permission::kNo:
      return "";
    case Permission::kShared:
      return "shared";
    case Permission::kOwn:
      return "own";
    case Permission::kAll:
      return "all";
  }
  return "?";
}

// What a method's cells say, `| own | | ...`, by the method's name without its service.
using CellsByMethod = std::map<std::string, std::string>;

std::string Joined(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const std::string& cell : cells) absl::StrAppend(&text, cell.empty() ? "" : " ", cell, " |");
  return text;
}

CellsByMethod InCode() {
  CellsByMethod methods;
  for (const PermissionRow& row : PermissionTable()) {
    std::vector<std::string> cells;
    for (const Permission permission : row.by_role) cells.emplace_back(WordOf(permission));
    const std::string method(row.method.substr(row.method.rfind('.') + 1));
    EXPECT_TRUE(methods.emplace(method, Joined(cells)).second) << "two services have " << method;
  }
  return methods;
}

// The cells of `| first | second |`, without the spaces around them.
std::vector<std::string> CellsOf(const std::string& line) {
  std::vector<std::string> cells = absl::StrSplit(line, '|');
  if (cells.size() < 2) return {};
  cells = {cells.begin() + 1, cells.end() - 1};
  for (std::string& cell : cells) absl::StripAsciiWhitespace(&cell);
  return cells;
}

// The table below the heading: a row is for each method that it names. Its head names the roles.
CellsByMethod InReadme() {
  std::ifstream file(PASSEND_SERVICE_README);
  std::string line;
  while (std::getline(file, line) && line != "## Who may call what") continue;
  while (std::getline(file, line) && !absl::StartsWith(line, "|")) continue;
  std::vector<std::string> head = {""};
  for (const Role role : kRoles) head.emplace_back(ToAbsl(NameOf(role)));
  EXPECT_EQ(CellsOf(line), head);
  std::getline(file, line);  // the rule below the head
  CellsByMethod methods;
  while (std::getline(file, line) && absl::StartsWith(line, "|")) {
    std::vector<std::string> cells = CellsOf(line);
    const std::vector<std::string> named = absl::StrSplit(cells.front(), ", ");
    cells.erase(cells.begin());
    for (const std::string& method : named) {
      EXPECT_TRUE(methods.emplace(method, Joined(cells)).second) << method << " is there twice";
    }
  }
  return methods;
}

TEST(PermissionTableTest, IsWhatTheReadmeSays) {
  EXPECT_THAT(InReadme(), testing::ContainerEq(InCode()));
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
