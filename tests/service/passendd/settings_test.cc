#include "service/passendd/settings.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passend::service {
namespace {

using testing::HasSubstr;

CommandLine Read(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "passendd");
  return ReadCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

// A file with options, gone at the end.
class ConfigFile {
 public:
  explicit ConfigFile(const std::string& text) : path_(testing::TempDir() + "passendd-XXXXXX") {
    close(mkstemp(path_.data()));
    std::ofstream(path_) << text;
  }
  ~ConfigFile() { std::remove(path_.c_str()); }
  ConfigFile(const ConfigFile&) = delete;
  ConfigFile& operator=(const ConfigFile&) = delete;

  const char* c_str() const { return path_.c_str(); }

 private:
  std::string path_;
};

TEST(Settings, RunWithTheirDefaults) {
  const CommandLine line = Read({});
  EXPECT_TRUE(line.run) << line.text;
  EXPECT_EQ(line.settings.listen, "127.0.0.1:50551");
  EXPECT_TRUE(line.settings.record_exposure);
}

TEST(Settings, ComeFromAFileAndFlagsWin) {
  const ConfigFile path("data = \"/srv/passend\"\nthreads = 3\n");
  const CommandLine line = Read({"--config", path.c_str(), "--threads", "5"});
  EXPECT_TRUE(line.run) << line.text;
  EXPECT_EQ(line.settings.data, "/srv/passend");
  EXPECT_EQ(line.settings.threads, 5);
}

TEST(Settings, RefuseWhatAFileHasAndNobodyKnows) {
  const ConfigFile path("dat = \"/srv/passend\"\n");
  const CommandLine line = Read({"--config", path.c_str()});
  EXPECT_FALSE(line.run);
  EXPECT_EQ(line.exit_code, 2);
  EXPECT_THAT(line.text, HasSubstr("dat"));
}

// A value of which only a part was read would be in force without a word.
TEST(Settings, RefuseAFileThatIsNoText) {
  using std::string_literals::operator""s;
  for (const std::string& byte : {"\0"s, "\x1b"s, "\x7f"s}) {
    const ConfigFile path("threads = 3\n\tdata = \"/srv/passend" + byte + "/a\"\r\n");
    const CommandLine line = Read({"--config", path.c_str()});
    EXPECT_FALSE(line.run);
    EXPECT_EQ(line.exit_code, 2);
    EXPECT_THAT(line.text, HasSubstr("--config: "));
    EXPECT_THAT(line.text, HasSubstr(": line 2 has a byte that is no text"));
  }
}

TEST(Settings, PrintThemselvesInTheFormOfAFile) {
  const CommandLine printed = Read({"--print-config", "--threads", "7"});
  EXPECT_FALSE(printed.run);
  EXPECT_EQ(printed.exit_code, 0);
  const ConfigFile path(printed.text);
  const CommandLine line = Read({"--config", path.c_str()});
  EXPECT_TRUE(line.run) << line.text;
  EXPECT_EQ(line.settings.threads, 7);
  EXPECT_TRUE(line.settings.record_exposure);
}

// A file made of them would say something else.
TEST(Settings, ArePrintedOnlyWhereAFileCanGiveThem) {
  for (const char* folder : {"/srv/\"one\"", "/srv/'s", "/srv/a\\b", "/srv/1 = [x]", "/srv/a,b"}) {
    const ConfigFile path(Read({"--print-config", "--data", folder}).text);
    EXPECT_EQ(Read({"--config", path.c_str()}).settings.data, folder);
  }
  for (const char* folder : {"/srv/'s \"one\"", "/srv/#1", "/srv/a\nb", "/srv/a\n[b]\nc=d"}) {
    const CommandLine line = Read({"--print-config", "--data", folder});
    EXPECT_EQ(line.exit_code, 2);
    EXPECT_THAT(line.text, HasSubstr("passendd: --data: a file of options cannot give this value"));
    EXPECT_TRUE(Read({"--data", folder}).run);
  }
}

TEST(Settings, PrintWhatIsInForceAndNothingElse) {
  EXPECT_THAT(Read({"--print-config"}).text, HasSubstr("record-exposure=true"));
  EXPECT_THAT(Read({"--print-config", "--no-record-exposure"}).text,
              HasSubstr("record-exposure=false"));
  EXPECT_EQ(Read({"--print-config", "--listen", "0.0.0.0:1"}).exit_code, 2);
}

TEST(Settings, SayWhatANumberMayBe) {
  const CommandLine line = Read({"--threads", "many"});
  EXPECT_FALSE(line.run);
  EXPECT_EQ(line.exit_code, 2);
  EXPECT_THAT(line.text, HasSubstr("--threads"));
}

TEST(Settings, HelpNamesEveryDefault) {
  const CommandLine line = Read({"--help"});
  EXPECT_FALSE(line.run);
  EXPECT_EQ(line.exit_code, 0);
  for (const char* value : {"127.0.0.1:50551", "passend-data", "256", "4194304", "info"}) {
    EXPECT_THAT(line.text, HasSubstr(value));
  }
}

constexpr bool kPlain = false;
constexpr bool kMutualTls = true;

TEST(ListenAddress, IsThisMachineItself) {
  for (const char* listen :
       {"127.0.0.1:50551", "[::1]:0", "localhost:1", "unix:/run/passend.sock"}) {
    EXPECT_TRUE(CheckListenAddress(listen, kPlain).ok()) << listen;
    EXPECT_TRUE(CheckListenAddress(listen, kMutualTls).ok()) << listen;
  }
}

TEST(ListenAddress, IsAnyOtherWithMutualTlsOnly) {
  for (const char* listen : {"0.0.0.0:50551", "[::]:50551", "192.168.1.4:50551", "example.org:1",
                             "127.0.0.1.example.org:1", "*:50551"}) {
    const absl::Status status = CheckListenAddress(listen, kPlain);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << listen;
    EXPECT_THAT(std::string(status.message()), HasSubstr("it takes mutual TLS")) << listen;
    EXPECT_TRUE(CheckListenAddress(listen, kMutualTls).ok()) << listen;
    EXPECT_FALSE(Read({"--listen", listen}).run);
    EXPECT_FALSE(Read({"--listen", listen, "--token-keys", "k", "--token-issuer", "i",
                       "--token-audience", "a"})
                     .run)
        << "tokens alone can be read along";
    EXPECT_TRUE(Read({"--listen", listen, "--tls-certificate", "c", "--tls-key", "k",
                      "--tls-client-ca", "a", "--master-key-file", "/etc/passend/master"})
                    .run);
  }
  EXPECT_FALSE(CheckListenAddress(":50551", kMutualTls).ok());
}

TEST(ListenAddress, HasAPort) {
  for (const char* listen : {"127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536",
                             "unix:", "127.0.0.1:99999999999"}) {
    EXPECT_THAT(std::string(CheckListenAddress(listen, kMutualTls).message()),
                HasSubstr("give an address"))
        << listen;
  }
}

const std::vector<const char*> kTls = {"--tls-certificate", "c", "--tls-key", "k",
                                       "--tls-client-ca",   "a"};
const std::vector<const char*> kTokens = {"--token-keys",     "k", "--token-issuer", "i",
                                          "--token-audience", "a"};

std::vector<const char*> With(std::vector<const char*> some, const std::vector<const char*>& more) {
  some.insert(some.end(), more.begin(), more.end());
  return some;
}

TEST(IdentityOptions, GoTogether) {
  EXPECT_FALSE(Read({}).settings.identifies());
  for (const auto& all : {kTls, kTokens}) {
    EXPECT_TRUE(Read(With(all, {"--master-key-file", "/etc/passend/master"})).run);
    EXPECT_TRUE(Read(all).settings.identifies());
    for (size_t left_out = 0; left_out < all.size(); left_out += 2) {
      std::vector<const char*> some = all;
      some.erase(some.begin() + static_cast<int>(left_out),
                 some.begin() + static_cast<int>(left_out) + 2);
      const CommandLine line = Read(some);
      EXPECT_FALSE(line.run);
      EXPECT_THAT(line.text, HasSubstr(all[left_out]));
      EXPECT_THAT(line.text, HasSubstr("all three, or none"));
    }
  }
}

TEST(CredentialOptions, GoTogether) {
  EXPECT_TRUE(Read({"--credential-key-file", "k", "--credential-issuer", "https://a.example",
                    "--credential-issuer-name", "A"})
                  .run);
  for (const auto& some :
       std::vector<std::vector<const char*>>{{"--credential-key-file", "k"},
                                             {"--credential-issuer", "https://a.example"},
                                             {"--credential-issuer-name", "A"}}) {
    const CommandLine line = Read(some);
    EXPECT_FALSE(line.run);
    EXPECT_THAT(line.text, HasSubstr("give both, or neither"));
  }
}

TEST(KeyOptionsTest, GoTogetherAndApartFromTheData) {
  Settings settings;
  EXPECT_TRUE(CheckKeyOptions(settings).ok());
  settings.make_master_key = true;
  EXPECT_TRUE(absl::IsInvalidArgument(CheckKeyOptions(settings)));
  settings.master_key_file = "/etc/passend/master";
  EXPECT_TRUE(CheckKeyOptions(settings).ok());
  EXPECT_EQ(KeyFolderOf(settings), "passend-data.keys");
  settings.data = "/var/lib/passend/";
  EXPECT_EQ(KeyFolderOf(settings), "/var/lib/passend.keys");
  EXPECT_TRUE(CheckKeyOptions(settings).ok());
  settings.key_folder = "/var/lib/passend/keys";
  EXPECT_TRUE(absl::IsInvalidArgument(CheckKeyOptions(settings)));
  settings.key_folder = "/var/lib/other/../passend/keys";
  EXPECT_TRUE(absl::IsInvalidArgument(CheckKeyOptions(settings)));
  settings.key_folder = "/var/lib/keys";
  settings.master_key_file = "/var/lib/passend/master";
  EXPECT_TRUE(absl::IsInvalidArgument(CheckKeyOptions(settings)));
}

TEST(KeyOptionsTest, EncryptWhereItIsAskedWhoCalls) {
  EXPECT_TRUE(Read({}).run) << "whoever is on this machine can read the files anyway";
  for (const auto& identity : {kTls, kTokens}) {
    const CommandLine refused = Read(identity);
    EXPECT_FALSE(refused.run);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_EQ(refused.text,
              "passendd: a server that asks who calls keeps people's records encrypted. Please "
              "give it a master key: --master-key-file FILE, and --make-master-key the first "
              "time. To keep records that can be read on disk, say so with --allow-unencrypted\n");
    EXPECT_FALSE(Read(With(identity, {"--print-config"})).run);
    EXPECT_EQ(Read(With(identity, {"--print-config"})).exit_code, 2);
    EXPECT_TRUE(Read(With(identity, {"--master-key-file", "/etc/passend/master"})).run);
    const CommandLine allowed = Read(With(identity, {"--allow-unencrypted"}));
    EXPECT_TRUE(allowed.run) << allowed.text;
    EXPECT_TRUE(allowed.settings.allow_unencrypted);
  }
  const ConfigFile file("allow-unencrypted = true\n");
  EXPECT_TRUE(Read(With(kTokens, {"--config", file.c_str()})).run);
  EXPECT_THAT(Read({"--allow-unencrypted", "--master-key-file", "/etc/passend/master"}).text,
              HasSubstr("contradict each other"));
}

TEST(Settings, GiveFiguresToThisMachineOnly) {
  for (const char* address : {"", "127.0.0.1:9464", "[::1]:0"}) {
    EXPECT_TRUE(CheckMetricsAddress(address).ok()) << address;
  }
  for (const char* address : {"0.0.0.0:9464", "9464", "127.0.0.1", "127.0.0.1:", ":9464",
                              "192.0.2.1:9464", "127.0.0.1:99999", "unix:/run/metrics"}) {
    EXPECT_FALSE(CheckMetricsAddress(address).ok()) << address;
  }
  const CommandLine line = Read({"--metrics-listen", "0.0.0.0:9464"});
  EXPECT_FALSE(line.run);
  EXPECT_THAT(line.text, HasSubstr("127.0.0.1:PORT"));
}

}  // namespace
}  // namespace passend::service
