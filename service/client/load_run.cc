#include "service/client/load_run.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <mutex>
#include <thread>
#include <tuple>

#include "service/client/load_parse.h"
#include "service/client/patience.h"
#include "service/client/problem.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

// A task as somebody wrote it: without what the server gives.
v1::Task Written(v1::Task task) {
  task.clear_name();
  task.clear_etag();
  task.clear_create_time();
  task.clear_update_time();
  task.clear_state();
  for (v1::SupportOffer& offer : *task.mutable_support_offers()) offer.clear_kind();
  return task;
}

class Load {
 public:
  Load(Connection& connection, LoadSource& source, Language language,
       const std::function<bool(double)>& wait_seconds,
       const std::function<void(std::int64_t)>& reach)
      : connection_(connection),
        source_(source),
        language_(language),
        parser_(language),
        wait_seconds_(wait_seconds),
        reach_(reach) {}

  LoadOutcome Run() {
    {
      std::vector<std::jthread> workers;
      for (int i = 0; i < kLoadCallsInFlight; ++i) workers.emplace_back([this] { Work(); });
    }
    std::sort(outcome_.refusals.begin(), outcome_.refusals.end(), [](const auto& a, const auto& b) {
      return std::tie(a.path, a.line, a.field) < std::tie(b.path, b.line, b.field);
    });
    return std::move(outcome_);
  }

 private:
  struct Job {
    LoadRecord record;
    LoadRequest request;
  };

  void Work() {
    while (std::optional<Job> job = Take()) {
      if (const auto* task = std::get_if<v1::CreateTaskRequest>(&job->request)) {
        SendTask(job->record, *task);
      } else if (auto* person = std::get_if<PersonRequests>(&job->request)) {
        SendPerson(job->record, *person);
      }
    }
  }

  // The next record that can be sent; none at the end or once the load has stopped.
  std::optional<Job> Take() {
    const std::lock_guard lock(mutex_);
    while (outcome_.stopped.ok()) {
      auto record = source_.Next();
      if (!record.ok()) {
        outcome_.refusals.push_back(
            {source_.failed_path(), 0, "", std::string(record.status().message())});
        continue;
      }
      if (!record->has_value()) {
        reach_(source_.total_bytes());
        return std::nullopt;
      }
      reach_((*record)->bytes_before);
      LoadRequest request = parser_.Parse(**record);
      const auto* refusal = std::get_if<LoadRefusal>(&request);
      if (refusal == nullptr) return Job{std::move(**record), std::move(request)};
      outcome_.refusals.push_back(*refusal);
    }
    return std::nullopt;
  }

  // Calls, and again where the server says that it may help.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Ask(Stub& stub,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request) {
    return AskPatiently(wait_seconds_, [&] { return connection_.Call(stub, method, request); });
  }

  void SendTask(const LoadRecord& record, const v1::CreateTaskRequest& request) {
    const auto response = Ask(connection_.tasks(), &v1::TaskService::Stub::CreateTask, request);
    if (!response.ok() && !IsThere(request, response.status())) {
      Refuse(record, response.status());
      return;
    }
    const std::lock_guard lock(mutex_);
    ++outcome_.tasks;
  }

  // Whether a task that exists already is this one.
  bool IsThere(const v1::CreateTaskRequest& request, const absl::Status& status) {
    if (ProblemFrom(status).reason != "ERROR_REASON_TASK_EXISTS") return false;
    v1::GetTaskRequest get;
    get.set_name("tasks/" + request.task_id());
    const auto task = Ask(connection_.tasks(), &v1::TaskService::Stub::GetTask, get);
    return task.ok() && google::protobuf::util::MessageDifferencer::Equals(Written(*task),
                                                                           Written(request.task()));
  }

  void SendPerson(const LoadRecord& record, PersonRequests& person) {
    const auto passport =
        Ask(connection_.passports(), &v1::PassportService::Stub::CreatePassport, person.create);
    if (!passport.ok()) {
      Refuse(record, passport.status());
      return;
    }
    int recorded = 0;
    for (v1::RecordValidationsRequest& request : person.record) {
      request.set_parent(passport->name());
      const auto response =
          Ask(connection_.validations(), &v1::ValidationService::Stub::RecordValidations, request);
      if (!response.ok()) {
        Refuse(record, response.status());
        break;
      }
      recorded += response->validations_size();
    }
    const std::lock_guard lock(mutex_);
    ++outcome_.people;
    outcome_.validations += recorded;
    outcome_.labels.emplace_back(passport->name(), record.label);
  }

  void Refuse(const LoadRecord& record, const absl::Status& status) {
    const Problem problem = ProblemFrom(status);
    const std::lock_guard lock(mutex_);
    if (ExitCodeOf(problem) == kExitUnreachable) {
      if (outcome_.stopped.ok()) outcome_.stopped = status;
      return;
    }
    for (const FieldProblem& field : problem.fields) {
      outcome_.refusals.push_back({record.path, record.line, field.field, field.allowed});
    }
    if (!problem.fields.empty()) return;
    const bool differs = problem.reason == "ERROR_REASON_TASK_EXISTS";
    outcome_.refusals.push_back({record.path, record.line, "",
                                 differs ? Say(language_, Word::kTaskDiffers) : problem.message});
  }

  Connection& connection_;
  std::mutex mutex_;  // guards source_, parser_, outcome_
  LoadSource& source_;
  const Language language_;
  LoadParser parser_;
  LoadOutcome outcome_;
  const std::function<bool(double)>& wait_seconds_;
  const std::function<void(std::int64_t)>& reach_;
};

}  // namespace

LoadOutcome RunLoad(Connection& connection, LoadSource& source, Language language,
                    const std::function<bool(double)>& wait_seconds,
                    const std::function<void(std::int64_t)>& reach) {
  return Load(connection, source, language, wait_seconds, reach).Run();
}

}  // namespace passend::client
