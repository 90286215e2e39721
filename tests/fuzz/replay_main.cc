// A fuzz target without a fuzzer, for every build: the inputs of tests/fuzz/corpus, and a number of
// others that are made of them.
//
//   replay_fuzz_names --corpus tests/fuzz/corpus/fuzz_names --runs 10000
//   replay_fuzz_names replay_fuzz_names.input            that input alone
//
// Prints the seed of what is made; PASSEND_SEED sets it. Where a promise is broken, the input is
// kept in the working folder, under the name that is printed.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
// Few targets have it.
extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int* count, char*** words);

namespace {

constexpr size_t kSizeMax = 4'096;
constexpr uint64_t kSeed = 20'261'122;

// The input at work, for whoever keeps it when the process ends.
std::string input;
std::string kept_as;

void KeepInput(int) {
  const int file = open(kept_as.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const bool written =
      file >= 0 && write(file, input.data(), input.size()) == static_cast<ssize_t>(input.size());
  const std::string line = (written ? "the input is in " : "cannot keep the input in ") + kept_as;
  static_cast<void>(!write(STDERR_FILENO, line.data(), line.size()));
  static_cast<void>(!write(STDERR_FILENO, "\n", 1));
  _exit(1);
}

void Run() { LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size()); }

std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// In the order of their names.
std::vector<std::string> ReadAll(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const auto& path : paths) inputs.push_back(Contents(path));
  return inputs;
}

class Mutator {
 public:
  Mutator(std::vector<std::string> inputs, uint64_t seed)
      : inputs_(std::move(inputs)), random_(seed) {}

  std::string Next() {
    std::string made = OneOf(inputs_);
    for (size_t left = 1 + Below(6); left > 0; --left) Change(made);
    made.resize(std::min(made.size(), kSizeMax));
    return made;
  }

 private:
  size_t Below(size_t count) { return count == 0 ? 0 : random_() % count; }
  template <typename Values>
  const typename Values::value_type& OneOf(const Values& values) {
    return values[Below(values.size())];
  }

  void Change(std::string& made) {
    static constexpr std::array kEdges = {'\0', '\1', '\x7f', '\x80', '\xff', '"', '/', ' ', '9'};
    const size_t at = Below(made.size() + 1);
    const size_t length = std::min(made.size() - at, 1 + Below(8));
    switch (Below(6)) {
      case 0:
        if (length > 0) made[at] = static_cast<char>(made[at] ^ (1 << Below(8)));
        return;
      case 1:
        if (length > 0) made[at] = OneOf(kEdges);
        return;
      case 2:
        made.insert(at, 1 + Below(4), static_cast<char>(Below(256)));
        return;
      case 3:
        made.erase(at, length);
        return;
      case 4:
        made.insert(Below(made.size() + 1), made.substr(at, length));
        return;
      default: {  // the rest of another one
        const std::string& other = OneOf(inputs_);
        made = made.substr(0, at) + other.substr(Below(other.size() + 1));
      }
    }
  }

  const std::vector<std::string> inputs_;
  std::mt19937_64 random_;
};

uint64_t Seed() {
  const char* const text = std::getenv("PASSEND_SEED");
  return text == nullptr ? kSeed : std::strtoull(text, nullptr, 10);
}

}  // namespace

int main(int count, char** words) {
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&count, &words);
  kept_as = std::filesystem::path(words[0]).filename().string() + ".input";
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    std::signal(signal, KeepInput);
  }
  if (count == 2) {
    input = Contents(words[1]);
    Run();
    return 0;
  }
  if (count != 5 || std::string(words[1]) != "--corpus" || std::string(words[3]) != "--runs") {
    std::fprintf(stderr, "usage: %s --corpus FOLDER --runs NUMBER, or %s INPUT\n", words[0],
                 words[0]);
    return 2;
  }
  const std::vector<std::string> inputs = ReadAll(words[2]);
  if (inputs.empty()) {
    std::fprintf(stderr, "there is nothing in %s\n", words[2]);
    return 2;
  }
  const uint64_t seed = Seed();
  const uint64_t runs = std::strtoull(words[4], nullptr, 10);
  std::printf("inputs %zu, runs %llu, PASSEND_SEED=%llu\n", inputs.size(),
              static_cast<unsigned long long>(runs), static_cast<unsigned long long>(seed));
  std::fflush(stdout);
  for (const std::string& one : inputs) {
    input = one;
    Run();
  }
  Mutator mutator(inputs, seed);
  for (uint64_t run = 0; run < runs; ++run) {
    input = mutator.Next();
    Run();
  }
  return 0;
}
