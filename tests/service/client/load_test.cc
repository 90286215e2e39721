// Reading a folder and turning it into requests, without a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "service/client/load_parse.h"
#include "service/client/load_source.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Labels(LoadSource& source) {
  std::vector<std::string> labels;
  while (true) {
    auto record = source.Next();
    if (!record.ok()) {
      labels.push_back("! " + source.failed_path());
    } else if (record->has_value()) {
      labels.push_back((*record)->label);
    } else {
      return labels;
    }
  }
}

TEST(LoadSource, ReadsTasksThenPeopleInTheOrderOfTheirNames) {
  TemporaryFolder folder;
  folder.Write("tasks/b.json", "{}");
  folder.Write("tasks/a.json", "{}");
  folder.Write("tasks/notes.txt", "passed over");
  folder.Write("people/z.json", "{}");
  folder.Write("people/group.jsonl", "{}\n\n{}\r\n");
  auto source = LoadSource::Open(folder.path());
  ASSERT_TRUE(source.ok());
  EXPECT_THAT(Labels(*source), ElementsAre("a", "b", "z", "group:1", "group:3"));
}

TEST(LoadSource, GoesOnAfterAFileThatCannotBeRead) {
  TemporaryFolder folder;
  folder.Write("people/a.jsonl", "{}\n" + std::string((16 << 20) + 1, 'x') + "\n{}\n");
  folder.Write("people/b.jsonl", "{}\n");
  auto source = LoadSource::Open(folder.path());
  ASSERT_TRUE(source.ok());
  EXPECT_THAT(Labels(*source), ElementsAre("a:1", "! people/a.jsonl", "b:1"));
}

TEST(LoadSource, NeedsAFolder) {
  EXPECT_TRUE(absl::IsNotFound(LoadSource::Open("/nowhere").status()));
  TemporaryFolder empty;
  auto source = LoadSource::Open(empty.path());
  ASSERT_TRUE(source.ok());
  EXPECT_EQ(source->file_count(), 0u);
  EXPECT_THAT(Labels(*source), IsEmpty());
}

LoadRecord Person(const std::string& text, const std::string& path = "people/a.jsonl") {
  return {.kind = LoadKind::kPerson, .path = path, .line = 1, .label = "a:1", .text = text};
}

std::string IdOf(const LoadRequest& request) {
  const auto* person = std::get_if<PersonRequests>(&request);
  return person == nullptr ? "" : person->create.request_id();
}

TEST(LoadParser, MakesTheSameIdForTheSameContentHoweverItIsWritten) {
  LoadParser first(Language::kEnglish);
  LoadParser second(Language::kEnglish);
  const std::string id =
      IdOf(first.Parse(Person(R"({"passport": {"region": "drenthe", "state": 1}})")));
  EXPECT_EQ(id.size(), 37u);
  EXPECT_EQ(
      id,
      IdOf(second.Parse(Person(R"({"about":"x","passport":{"state":1,  "region":"drenthe"}})"))));
}

TEST(LoadParser, TellsEqualPeopleFilesAndContentsApart) {
  LoadParser parser(Language::kEnglish);
  const std::string text = R"({"passport": {"region": "drenthe"}})";
  std::set<std::string> ids;
  ids.insert(IdOf(parser.Parse(Person(text))));
  ids.insert(IdOf(parser.Parse(Person(text))));
  ids.insert(IdOf(parser.Parse(Person(text, "people/b.jsonl"))));
  ids.insert(IdOf(parser.Parse(Person(R"({"passport": {"region": "zeeland"}})"))));
  EXPECT_EQ(ids.size(), 4u);
}

TEST(LoadParser, SplitsManyValidationsIntoCallsOfAHundred) {
  std::string text = R"({"passport": {}, "validations": [)";
  for (int i = 0; i < 205; ++i) {
    text += std::string(i > 0 ? "," : "") + R"({"skill": "taxonomies/t/concepts/s)" +
            std::to_string(i) + R"(", "level": 3})";
  }
  const LoadRequest request = LoadParser(Language::kEnglish).Parse(Person(text + "]}"));
  const auto& person = std::get<PersonRequests>(request);
  ASSERT_EQ(person.record.size(), 3u);
  EXPECT_EQ(person.record[0].validations_size(), 100);
  EXPECT_EQ(person.record[2].validations_size(), 5);
  EXPECT_EQ(person.record[2].validations(4).skill(), "taxonomies/t/concepts/s204");
  std::set<std::string> ids = {person.create.request_id()};
  for (const auto& call : person.record) ids.insert(call.request_id());
  EXPECT_EQ(ids.size(), 4u);
}

TEST(LoadParser, TakesATasksIdFromItsFile) {
  const LoadRequest request = LoadParser(Language::kEnglish)
                                  .Parse({.kind = LoadKind::kTask,
                                          .path = "tasks/soup.json",
                                          .label = "soup",
                                          .text = R"({"title": "Soep"})"});
  const auto& task = std::get<v1::CreateTaskRequest>(request);
  EXPECT_EQ(task.task_id(), "soup");
  EXPECT_EQ(task.task().title(), "Soep");
}

TEST(LoadParser, RefusesWhatItCannotReadAndSaysWhere) {
  LoadParser parser(Language::kEnglish);
  const auto refusal = [&](const std::string& text) {
    const LoadRequest request = parser.Parse(Person(text));
    const auto* refused = std::get_if<LoadRefusal>(&request);
    return refused == nullptr ? LoadRefusal{} : *refused;
  };
  EXPECT_EQ(refusal("{").allowed, "one JSON object, nested at most 100 deep");
  EXPECT_EQ(refusal("[]").allowed, "one JSON object, nested at most 100 deep");
  EXPECT_EQ(refusal(R"({"passport": {}, "name": "x"})").allowed,
            "only the keys about, passport and validations; passport is needed");
  EXPECT_EQ(refusal(R"({"about": "x"})").line, 1);
  EXPECT_EQ(refusal(R"({"passport": {"age": 40}})").field, "passport");
  EXPECT_THAT(refusal(R"({"passport": {"age": 40}})").allowed, HasSubstr("age"));
  EXPECT_EQ(refusal(R"({"passport": {}, "validations": [{}, {"level": "x"}]})").field,
            "validations[1]");
}

// Enough to use up the stack, where each level takes some.
TEST(LoadParser, RefusesWhatIsNestedTooDeeply) {
  constexpr size_t kLevels = 200'000;
  const std::string deep = std::string(kLevels, '[') + std::string(kLevels, ']');
  LoadParser parser(Language::kEnglish);
  for (const std::string& text :
       {R"({"passport": )" + deep + "}", R"({"passport": {}, "validations": )" + deep + "}"}) {
    for (const LoadKind kind : {LoadKind::kPerson, LoadKind::kTask}) {
      LoadRecord record = Person(text);
      record.kind = kind;
      const LoadRequest request = parser.Parse(record);
      const auto* const refused = std::get_if<LoadRefusal>(&request);
      ASSERT_NE(refused, nullptr);
      EXPECT_EQ(refused->allowed, "one JSON object, nested at most 100 deep");
    }
  }
}

}  // namespace
}  // namespace passend::client
