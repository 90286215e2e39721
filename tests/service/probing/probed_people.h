// People with something to hide, tasks that try to find it out, and what was seen of whom.
#ifndef PASSEND_TESTS_SERVICE_PROBING_PROBED_PEOPLE_H_
#define PASSEND_TESTS_SERVICE_PROBING_PROBED_PEOPLE_H_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "tests/matcher/random_source.h"
#include "tests/service/match/match_world.h"

namespace passend::service {

// What an attacker wants to know of somebody.
enum class Secret { kJobCoach, kQuietPlace, kTransport, kLowTempo };
inline constexpr std::array kSecrets = {Secret::kJobCoach, Secret::kQuietPlace, Secret::kTransport,
                                        Secret::kLowTempo};
const char* NameOf(Secret secret);

inline constexpr int kProbedSkills = 12;
std::string ProbedSkill(int number);

struct Truth {
  std::array<bool, kSecrets.size()> secrets{};
};

// Puts `count` people into the world, `passports/p00000` and on, with the vocabulary of their
// skills. Needs and pace are drawn without regard to skills and wishes, so that whatever an
// attacker learns of them comes from the answers and not from what goes together in life.
// The same people with kNothing need nothing, and nothing is known of their pace.
enum class Needing { kAsDrawn, kNothing };
std::vector<Truth> FillWithPeople(MatchWorld& world, matcher::RandomSource& random, size_t count,
                                  Needing needing = Needing::kAsDrawn);

// A task of an attacker: whether it gives, of each secret, what somebody with it needs.
struct Probe {
  v1::Task task;
  std::array<bool, kSecrets.size()> gives{};
};

// How the tasks of an attack differ besides what they give.
enum class Spread {
  kNearlyTheSame,    // 24 kinds of work, as an honest employer has, again and again
  kAsManyAsThereAre  // a different pair of skills each time
};
Probe MakeProbe(matcher::RandomSource& random, Spread spread, int number,
                const std::string& employer);

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_PROBING_PROBED_PEOPLE_H_
