// A store that has just the records of an input.
#ifndef PASSEND_TESTS_FUZZ_FILLED_STORE_H_
#define PASSEND_TESTS_FUZZ_FILLED_STORE_H_

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "storage/store.h"

namespace passend::fuzz {

// Null where no store takes them, as for an id that is too long.
std::unique_ptr<storage::Store> StoreWith(std::vector<storage::Mutation> records);

// What holds of every reader of a stored record: what it takes is sound for the check of databases
// too, and what it does not take it calls damaged.
void PromiseSame(const absl::Status& read, const storage::Key& key, std::string_view value);

// An input of two values: the first byte says how long the first of them is.
std::pair<std::string_view, std::string_view> InTwo(std::string_view bytes);

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_FILLED_STORE_H_
