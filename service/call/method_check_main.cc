// A step of the build: fails it where a method of the protos has no row in the method table or in
// the permission table, where a row has no method, or no purpose, and where a field of an answer
// does not say who may see it. Its arguments are the proto files.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "service/call/method_table.h"
#include "service/call/permission_table.h"
#include "service/disclosure/disclosure_plan.h"

namespace passend::service {
namespace {

using Names = std::map<std::string, int>;  // with how often each comes

void Count(Names& names, std::string_view name) { ++names[std::string(name)]; }

// The services that a proto file has, read as text: one without a row is in no library.
std::set<std::string> ServicesIn(const char* path) {
  constexpr std::string_view kStart = "service ";
  std::set<std::string> services;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kStart)) continue;
    services.insert("passend.v1." + line.substr(kStart.size(), line.find(" {") - kStart.size()));
  }
  return services;
}

int Compare(const Names& methods, const Names& rows, const char* table) {
  int wrong = 0;
  const auto tell = [&](const std::string& name, const char* what) {
    std::fprintf(stderr, "%s %s service/call/%s\n", name.c_str(), what, table);
    ++wrong;
  };
  for (const auto& [name, count] : methods) {
    if (!rows.contains(name)) tell(name, "has no row in");
  }
  for (const auto& [name, count] : rows) {
    if (!methods.contains(name)) tell(name, "is no method of the protos, and has a row in");
    if (count > 1) tell(name, "has several rows in");
  }
  return wrong;
}

// Fields of the method's answer that say nothing of who may see them.
void AddUnsaid(const google::protobuf::MethodDescriptor& method, std::set<std::string>& unsaid) {
  const DisclosurePlan plan(*method.output_type());
  unsaid.insert(plan.unsaid().begin(), plan.unsaid().end());
}

int CheckPurposes() {
  int wrong = 0;
  for (const MethodRow& row : MethodTable()) {
    if (row.purpose != v1::PURPOSE_UNSPECIFIED) continue;
    std::fprintf(stderr, "%s has no purpose in service/call/method_table.cc\n",
                 std::string(row.name).c_str());
    ++wrong;
  }
  return wrong;
}

int Check(int count, char** paths) {
  Names methods;
  std::set<std::string> unsaid;
  int wrong = CheckPurposes();
  for (int i = 0; i < count; ++i) {
    for (const std::string& name : ServicesIn(paths[i])) {
      const auto* service =
          google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
      if (service == nullptr) {
        std::fprintf(stderr, "%s has no row in service/call/method_table.cc\n", name.c_str());
        ++wrong;
        continue;
      }
      for (int m = 0; m < service->method_count(); ++m) {
        Count(methods, service->method(m)->full_name());
        AddUnsaid(*service->method(m), unsaid);
      }
    }
  }
  Names method_rows;
  for (const MethodRow& row : MethodTable()) Count(method_rows, row.name);
  Names permission_rows;
  for (const PermissionRow& row : PermissionTable()) Count(permission_rows, row.method);
  wrong += Compare(methods, method_rows, "method_table.cc");
  wrong += Compare(methods, permission_rows, "permission_table.cc");
  std::printf("%zu methods, %d undeclared\n", methods.size(), wrong);
  for (const std::string& field : unsaid) {
    std::fprintf(stderr, "%s can be in an answer, and has no (visibility)\n", field.c_str());
    ++wrong;
  }
  return wrong == 0 && !methods.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace passend::service

int main(int argc, char** argv) { return passend::service::Check(argc - 1, argv + 1); }
