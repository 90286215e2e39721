// The client, a server that breaks off, and a folder.
#ifndef PASSEND_TESTS_SERVICE_CLIENT_SYNC_SYNC_SCENE_H_
#define PASSEND_TESTS_SERVICE_CLIENT_SYNC_SYNC_SCENE_H_

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/service/client/client_run.h"
#include "tests/service/client/sync/fake_sync.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {

class SyncScene : public ::testing::Test {
 protected:
  ClientRun Client(std::vector<std::string> arguments, const ClientTerminal& terminal = {},
                   const std::string& language = "C.UTF-8") {
    return RunClient(arguments, {{"LANG", language}, {"PASSEND_SERVER", server_.address()}},
                     terminal);
  }
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::string Read(const std::string& name) const {
    std::ifstream file(Path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // `count` people, c-0 first.
  static std::string Lines(int count) {
    std::string lines;
    for (int i = 0; i < count; ++i) {
      lines += R"({"external_id": "c-)" + std::to_string(i) +
               R"(", "revision": "1", "upsert": {"passport": {"region": "drenthe"}}})" + "\n";
    }
    return lines;
  }

  TemporaryFolder folder_;
  FakeSync server_{folder_.path()};
};

}  // namespace passend::client

#endif  // PASSEND_TESTS_SERVICE_CLIENT_SYNC_SYNC_SCENE_H_
