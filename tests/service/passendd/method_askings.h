// A request for every method, about what belongs to one organisation and one person.
#ifndef PASSEND_TESTS_SERVICE_PASSENDD_METHOD_ASKINGS_H_
#define PASSEND_TESTS_SERVICE_PASSENDD_METHOD_ASKINGS_H_

#include <functional>
#include <map>
#include <string>

namespace passend::service {

inline constexpr char kAskedSkill[] = "taxonomies/demo/concepts/sweeping";
// Whose the things are, and somebody else.
inline constexpr char kOwn[] = "own-house";
inline constexpr char kOther[] = "other-house";

template <typename Request>
std::string With(const std::function<void(Request&)>& fill) {
  Request request;
  fill(request);
  return request.SerializeAsString();
}

// What the requests of a cell are about: of kOwn, and about one person.
struct Scene {
  std::string passport;
  std::string validation;
  std::string disputed;  // a validation with an open objection
  std::string task;
  std::string candidate;  // what the task's employer calls the person
  std::string consent;    // that introduces the person to the task's employer
  std::string decision;   // about the task
};

// How a method's request is made, and what it names that may be another's.
struct Asking {
  enum class Other {
    kNotThere,   // answered as what is not there
    kLeftOut,    // the list has nothing of it
    kOwnMade,    // what is made is the caller's own, whoever that is
    kWrongOwner  // INVALID_FIELD: it would be made for somebody else
  };
  Other other = Other::kNotThere;
  std::function<std::string(const Scene&)> bytes;
};

// By the full name of the method. PublishPolicy, whose request is made of the policy in force, and
// ImportTaxonomy, which is a stream, have no bytes here.
std::map<std::string, Asking> Askings();

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_PASSENDD_METHOD_ASKINGS_H_
