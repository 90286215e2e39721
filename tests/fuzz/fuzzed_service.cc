#include "tests/fuzz/fuzzed_service.h"

#include <cstdio>
#include <mutex>
#include <utility>

#include "service/call/authorizer.h"
#include "service/credential/issuer_key.h"
#include "storage/forwarding_store.h"
#include "storage/memory_store.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/known_signer.h"

namespace passend::fuzz {
namespace {

using google::protobuf::MethodDescriptor;
using service::CallContext;
using service::Caller;
using service::MethodRow;

const service::IssuerKey& OwnKey() {
  static const auto& key =
      *service::IssuerKey::Parse(kKnownKey, {"https://passend.example.org", ""}).value().release();
  return key;
}

// Knows who calls without being shown anything.
class Acquainted : public service::Authorizer {
 public:
  explicit Acquainted(const Caller& caller) : caller_(caller) {}

 private:
  absl::StatusOr<Caller> Identify(const service::Credentials&) const override { return caller_; }

  const Caller& caller_;
};

bool IsOfLooks(storage::RecordKind kind) {
  switch (kind) {
    case storage::RecordKind::kExposure:
    case storage::RecordKind::kLook:
    case storage::RecordKind::kDecision:
    case storage::RecordKind::kEmployerList:
    case storage::RecordKind::kEmployerBudget:
      return true;
    default:
      return false;
  }
}

}  // namespace

Caller Anybody() { return {"unix:", "", service::Role::kOperator, "", service::Proof::kLocal}; }

const MethodDescriptor& DescriptorOf(std::string_view method) {
  return *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(std::string(method));
}

std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<google::protobuf::Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

// A store in memory that can tell what was committed.
class FuzzedService::KeptCommits : public storage::ForwardingStore {
 public:
  explicit KeptCommits(const std::vector<storage::Batch>& before)
      : KeptCommits(storage::NewMemoryStore()) {
    for (const storage::Batch& batch : before) {
      Promise(Commit(batch).ok(), "what was committed can be committed");
    }
  }

  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override {
    const std::lock_guard lock(mutex_);
    auto committed = inner().Commit(batch);
    if (committed.ok() && !committed->repeated_response) commits_.push_back(std::move(batch));
    return committed;
  }
  // Who waits here rings the bell of feeds, which is rung below for each that is opened; nobody
  // could tell them that all ends.
  storage::Sequence AwaitCommit(storage::Sequence, absl::Duration) const override {
    return LastSequence();
  }

  std::vector<storage::Batch> commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
  }

 private:
  explicit KeptCommits(std::unique_ptr<storage::Store> store)
      : ForwardingStore(*store), store_(std::move(store)) {}

  const std::unique_ptr<storage::Store> store_;
  mutable std::mutex mutex_;
  std::vector<storage::Batch> commits_;  // guarded by mutex_
};

FuzzedService::FuzzedService(const Past& past)
    : random_(past.random),
      seconds_(past.seconds),
      store_(std::make_unique<KeptCommits>(past.commits)),
      assembly_(*store_, {[this] { return now(); }, [this](size_t count) { return Random(count); }},
                {}, {.keep = true}, {.key = &OwnKey(), .trusted = nullptr}) {
  Promise(assembly_.Start().ok(), "the service starts");
}

FuzzedService::~FuzzedService() = default;

FuzzedService::Past FuzzedService::past() const { return {store_->commits(), random_, seconds_}; }

const storage::Store& FuzzedService::store() const { return *store_; }

absl::StatusOr<std::string> FuzzedService::Answer(const MethodRow& method, const Caller& caller,
                                                  const std::vector<std::string>& requests) {
  const auto admitted = Acquainted(caller).Admit({}, method);
  if (!admitted.ok()) return admitted.status();
  CallContext context;
  context.method = std::string(method.name);
  context.caller = caller;
  context.trace = std::string(32, 'a');
  context.now = [this] { return now(); };
  context.deadline = now() + absl::Seconds(20);

  const service::MethodBindings& bindings = assembly_.bindings();
  const MethodDescriptor& descriptor = DescriptorOf(method.name);
  if (descriptor.server_streaming() && !descriptor.client_streaming()) {
    // As after a while in which nothing happens: a feed tells what was rung for.
    bindings.bell().Ring(store_->LastSequence());
    auto feed = bindings.OpenFeed(context, requests.front());
    if (!feed.ok()) return feed.status();
    auto step = (*feed)->Next(context, /*heartbeat_due=*/true);
    if (!step.ok()) return step.status();
    return step->answer.value_or("");
  }
  if (!descriptor.client_streaming() || descriptor.server_streaming()) {
    return bindings.Answer(context, requests.front());
  }
  auto stream = bindings.Open(context);
  if (!stream.ok()) return stream.status();
  for (const std::string& request : requests) {
    if (absl::Status added = (*stream)->Add(context, request); !added.ok()) return added;
  }
  return (*stream)->Finish(context);
}

bool FuzzedService::OnlyLookedSince(storage::Sequence sequence) const {
  const auto entries = store_->Tail(sequence, 1'000);
  if (!entries.ok()) return false;
  for (const auto& entry : *entries) {
    for (const auto& event : entry.events) {
      if (IsOfLooks(event.key.kind)) continue;
      std::fprintf(stderr, "kind %d, id %s\n", static_cast<int>(event.key.kind),
                   event.key.id.c_str());
      return false;
    }
  }
  return true;
}

// Not random at all, and no two alike.
std::string FuzzedService::Random(size_t count) {
  std::string bytes(count, '\0');
  for (char& byte : bytes) {
    byte = static_cast<char>((random_ = random_ * 6364136223846793005u + 1) >> 56);
  }
  return bytes;
}

}  // namespace passend::fuzz
