// What holds for every method alike, by a walk over the method table: bytes that are no message,
// texts that are not UTF-8, too many bytes, names, request ids and page tokens that are none. Each
// is refused with its reason and field, and nothing is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "passend/v1/field_rules.pb.h"
#include "service/call/call_server.h"
#include "service/call/method_table.h"
#include "service/errors/error_status.h"
#include "service/text.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kMessageBytesMax = 4'096;
constexpr char kNotUtf8[] = "\xC3\x28";

class EveryMethodTest : public testing::Test {
 protected:
  EveryMethodTest() : passport_(world_.CreatePassport(WholePassport()).name()) {
    calls_.SetServing(true);
  }

  // The methods with one request that the world answers.
  std::vector<const MethodRow*> Methods() const {
    std::vector<const MethodRow*> methods;
    for (const MethodRow& row : MethodTable()) {
      const std::string_view service = row.name.substr(0, row.name.rfind('.'));
      if (row.lane == Lane::kPrompt && !service.ends_with("MatchService") &&
          !service.ends_with("TaxonomyService") && !service.ends_with("AuditService") &&
          !service.ends_with("ProposalService") && !service.ends_with("AdminService") &&
          !row.name.ends_with(".ListDue")) {
        methods.push_back(&row);
      }
    }
    return methods;
  }
  static std::unique_ptr<Message> RequestOf(const MethodRow& row) {
    return std::unique_ptr<Message>(google::protobuf::MessageFactory::generated_factory()
                                        ->GetPrototype(row.request_type())
                                        ->New());
  }
  absl::Status Send(const MethodRow& row, const std::string& bytes) {
    Arrival arrival;
    arrival.method = row.name;
    arrival.peer = "unix:";
    arrival.time_left = absl::InfiniteDuration();
    arrival.cancel_signal = std::make_shared<std::atomic<bool>>(false);
    const Contents before = ContentsOf(world_.store());
    const auto taken = calls_.Enter(calls_.ContextOf(arrival), {arrival.peer, {}, {}});
    EXPECT_TRUE(taken.ok()) << taken.status();
    if (!taken.ok()) return taken.status();
    const absl::Status status = calls_.Answer(taken->context, bytes).status();
    EXPECT_EQ(ContentsOf(world_.store()), before) << row.name;
    return status;
  }
  // The text that an error has for `field`; "" where it has none.
  static std::string AllowedFor(const absl::Status& status, const std::string& field) {
    const auto bad_request = BadRequestOf(status);
    if (!bad_request.has_value()) return "";
    for (const auto& violation : bad_request->field_violations()) {
      if (violation.field() == field) return violation.description();
    }
    return "";
  }
  // Every method's request with `field` set to `text`, and the error for it.
  template <typename Expect>
  int ForEachWith(const std::string& field, const std::string& text, Expect expect) {
    int count = 0;
    for (const MethodRow* row : Methods()) {
      const std::unique_ptr<Message> request = RequestOf(*row);
      const FieldDescriptor* wrong = row->request_type()->FindFieldByName(field);
      if (wrong == nullptr) continue;
      // It has pages of one format only: tests/service/portable.
      if (field == "page_token" && row->name.ends_with(".ExportPassport")) continue;
      SCOPED_TRACE(std::string(row->name));
      if (const auto* parent = row->request_type()->FindFieldByName("parent")) {
        request->GetReflection()->SetString(request.get(), parent, passport_);
      }
      request->GetReflection()->SetString(request.get(), wrong, text);
      expect(Send(*row, request->SerializeAsString()));
      ++count;
    }
    return count;
  }

  ServiceWorld world_;
  std::string passport_;
  LineKeeper log_;
  LocalAuthorizer authorizer_;
  CallServer calls_{
      {.message_bytes_max = kMessageBytesMax, .calls_in_flight_max = 2, .worker_threads = 1},
      world_.bindings(),
      authorizer_,
      log_,
      world_.tools().surroundings,
      [this] { return world_.store().LastSequence(); }};
};

TEST_F(EveryMethodTest, TellsBytesThatAreNoMessage) {
  ASSERT_GE(Methods().size(), 16u);
  for (const MethodRow* row : Methods()) {
    SCOPED_TRACE(std::string(row->name));
    const absl::Status status = Send(*row, "\x0A\x7F");  // a length of 127, and nothing
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_MALFORMED_MESSAGE);
    EXPECT_THAT(std::string(status.message()),
                testing::HasSubstr(row->request_type()->full_name()));
  }
}

TEST_F(EveryMethodTest, NamesEachTextThatIsNotUtf8) {
  int texts = 0;
  for (const MethodRow* row : Methods()) {
    for (int i = 0; i < row->request_type()->field_count(); ++i) {
      const FieldDescriptor& field = *row->request_type()->field(i);
      if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
      SCOPED_TRACE(std::string(field.full_name()));
      ASSERT_LT(field.number(), 16);
      const std::string tag(1, static_cast<char>(field.number() << 3 | 2));
      const absl::Status status = Send(*row, absl::StrCat(tag, "\x02", kNotUtf8));
      EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
      EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_MALFORMED_MESSAGE);
      EXPECT_EQ(FieldOf(status), field.is_repeated() ? absl::StrCat(field.name(), "[0]")
                                                     : std::string(field.name()));
      ++texts;
    }
  }
  EXPECT_GE(texts, 20);
}

TEST_F(EveryMethodTest, NamesTheLimitOfBytes) {
  for (const MethodRow* row : Methods()) {
    SCOPED_TRACE(std::string(row->name));
    const absl::Status status = Send(*row, std::string(kMessageBytesMax + 1, '\0'));
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_LIMIT_EXCEEDED);
    EXPECT_EQ(MetadataOf(status, "limit"), "message bytes");
    EXPECT_EQ(MetadataOf(status, "allowed"), absl::StrCat(kMessageBytesMax));
  }
}

TEST_F(EveryMethodTest, TellsRequestIdsThatAreNone) {
  for (const std::string text : {"short", "with a space", "naïve-id-0001"}) {
    EXPECT_EQ(ForEachWith("request_id", text,
                          [](const absl::Status& status) {
                            EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_FIELD);
                            EXPECT_THAT(AllowedFor(status, "request_id"),
                                        testing::HasSubstr("8 to 64"));
                          }),
              15);
  }
}

TEST_F(EveryMethodTest, TellsPageTokensThatAreNone) {
  for (const std::string text :
       {"made up", "AAAA", "____________________________________________"}) {
    EXPECT_EQ(ForEachWith("page_token", text,
                          [](const absl::Status& status) {
                            EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
                            EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
                            EXPECT_THAT(AllowedFor(status, "page_token"),
                                        testing::HasSubstr("must be a next_page_token"));
                          }),
              6);
  }
}

TEST_F(EveryMethodTest, TellsNamesThatAreNone) {
  for (const char* field : {"name", "parent"}) {
    for (const std::string text : {"passports", "Passports/x", "passports/a/b/c/d", "../x"}) {
      EXPECT_GE(ForEachWith(field, text,
                            [&](const absl::Status& status) {
                              EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_FIELD);
                              EXPECT_THAT(AllowedFor(status, field),
                                          testing::StartsWith("must be `"));
                            }),
                2);
    }
  }
}

// The walk over what clients may send: every field of every request, however deep.
void CollectFields(const google::protobuf::Descriptor& type,
                   std::set<const FieldDescriptor*>& fields) {
  if (ToStd(type.file()->package()).starts_with("google.protobuf")) return;
  for (int i = 0; i < type.field_count(); ++i) {
    if (fields.insert(type.field(i)).second && type.field(i)->message_type() != nullptr) {
      CollectFields(*type.field(i)->message_type(), fields);
    }
  }
}

TEST(EveryFieldTest, HasBoundsAndIsNoFraction) {
  std::set<const FieldDescriptor*> fields;
  for (const MethodRow& row : MethodTable()) CollectFields(*row.request_type(), fields);
  EXPECT_GT(fields.size(), 150u);
  for (const FieldDescriptor* field : fields) {
    SCOPED_TRACE(std::string(field->full_name()));
    // There is no NaN, no infinity and no rounding in an API of whole numbers.
    EXPECT_NE(field->cpp_type(), FieldDescriptor::CPPTYPE_DOUBLE);
    EXPECT_NE(field->cpp_type(), FieldDescriptor::CPPTYPE_FLOAT);
    // Bytes say nothing of their form; that of a digest is checked by who compares it.
    if (field->name() == "digest") continue;
    EXPECT_NE(field->type(), FieldDescriptor::TYPE_BYTES);
    const auto& options = field->options();
    bool given_by_server = field->name() == "etag";
    for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
      const auto behavior = options.GetExtension(google::api::field_behavior, i);
      given_by_server |=
          behavior == google::api::OUTPUT_ONLY || behavior == google::api::IDENTIFIER;
    }
    // What the server gives says nothing of what it takes, nor does what stands below it.
    if (given_by_server) continue;
    const v1::FieldRules& rules = options.GetExtension(v1::rules);
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT32:
        EXPECT_TRUE(rules.has_min() && rules.has_max());
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        EXPECT_TRUE(rules.characters_max() > 0 || rules.form() != v1::STRING_FORM_UNSPECIFIED);
        break;
      default:
        break;
    }
    if (field->is_repeated()) {
      EXPECT_GT(rules.items_max(), 0u);
    }
  }
}

}  // namespace
}  // namespace passend::service
