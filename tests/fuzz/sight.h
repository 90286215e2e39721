// What a caller may know of people where it is asked who calls: the plain rule, read from the
// records, beside the ways that the handlers and their filters go.
#ifndef PASSEND_TESTS_FUZZ_SIGHT_H_
#define PASSEND_TESTS_FUZZ_SIGHT_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "service/call/caller.h"
#include "service/call/method_table.h"
#include "service/disclosure/group_set.h"
#include "storage/store.h"

namespace passend::fuzz {

// The names of passports, `passports/{passport}`, that stand in a text, also within other names.
std::set<std::string> PeopleIn(std::string_view text);

// Of one call, as things are at its moment.
class Sight {
 public:
  Sight(const storage::Store& store, const service::Caller& caller,
        const service::MethodRow& method, absl::Time now)
      : store_(store), caller_(caller), method_(method), now_(now) {}

  // Whether the person is there for the caller: its own, or shared with it for this purpose.
  bool Reaches(const std::string& passport) const { return !GroupsOf(passport).empty(); }

  // What is wrong with an answer to a request that names `asked`; empty where it shows nothing but
  // what the caller may see.
  std::string FaultOf(const google::protobuf::Message& answer,
                      const std::set<std::string>& asked) const;

 private:
  struct Shown {
    service::GroupSet groups;
    std::set<std::string> people;  // by their names
  };
  // What of the person the caller may see; empty where there is nobody, for the caller.
  service::GroupSet GroupsOf(const std::string& passport) const;
  bool Owns(const std::string& passport) const;
  service::GroupSet Shared(const std::string& passport) const;
  bool IsThere(const std::string& passport) const;
  void Add(const google::protobuf::Message& message, Shown& shown) const;

  const storage::Store& store_;
  const service::Caller& caller_;
  const service::MethodRow& method_;
  const absl::Time now_;
};

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_SIGHT_H_
