#include "service/passendd/settings.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"

namespace passend::service {
namespace {

constexpr const char* kAbout =
    "passendd answers who fits what: it keeps skills passports and carved tasks, and ranks them.\n"
    "\n"
    "  passendd --data /var/lib/passend\n"
    "  passendd --listen unix:/run/passend.sock --config /etc/passend.conf\n"
    "  passendd --listen unix:/run/passend.sock --token-keys /etc/passend/jwks.json \\\n"
    "      --token-issuer https://login.example.org --token-audience passend \\\n"
    "      --master-key-file /etc/passend/master --make-master-key\n";

constexpr const char* kFooter =
    "\nA file for --config has a line an option, such as: data = \"/var/lib/passend\"\n"
    "Flags win over the file. --print-config shows what is in force, in that form.\n"
    "To stop: SIGTERM. Ask the running server with: passend --help";

void AddIdentityOptions(CLI::App& app, Settings& settings) {
  app.add_option("--tls-certificate", settings.tls_certificate,
                 "Mutual TLS: the server's certificate with its chain, in PEM; taken over when it "
                 "changes");
  app.add_option("--tls-key", settings.tls_key,
                 "Mutual TLS: the certificate's private key, in PEM");
  app.add_option("--tls-client-ca", settings.tls_client_ca,
                 "Mutual TLS: the authorities whose client certificates are taken, in PEM");
  app.add_option("--token-keys", settings.token_keys,
                 "Bearer tokens: the issuer's public keys, a JWK set; taken over when it changes");
  app.add_option("--token-issuer", settings.token_issuer, "Bearer tokens: what `iss` has to say");
  app.add_option("--token-audience", settings.token_audience,
                 "Bearer tokens: whom `aud` has to name");
}

void AddCredentialOptions(CLI::App& app, Settings& settings) {
  app.add_option("--credential-key-file", settings.credential_key_file,
                 "Credentials: the private key on P-256 to sign them with, in PEM or as a JWK");
  app.add_option("--credential-issuer", settings.credential_issuer,
                 "Credentials: who this server says it is, an https URL or a did:web");
  app.add_option("--credential-issuer-name", settings.credential_issuer_name,
                 "Credentials: what the issuer is called, for people");
  app.add_option("--trusted-issuers-file", settings.trusted_issuers_file,
                 "Credentials: whose are taken in, with their public keys; taken over when it "
                 "changes");
}

absl::Status AllOrNone(const char* what, std::initializer_list<const std::string*> options) {
  size_t given = 0;
  for (const std::string* option : options) given += option->empty() ? 0 : 1;
  if (given == 0 || given == options.size()) return absl::OkStatus();
  return absl::InvalidArgumentError(std::string(what) + " go together: give all three, or none");
}

bool IsPort(const std::string& text) {
  return !text.empty() && text.size() <= 5 &&
         text.find_first_not_of("0123456789") == std::string::npos && std::stoi(text) <= 65'535;
}

// What keeps a file from being read as options, or nothing: CLI11 ends values at a zero byte, and
// takes other control characters for spaces or for parts of a name. A pipe can be read only once.
std::string WhyNoText(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) return "";
  std::ifstream file(path, std::ios::binary);
  int line = 1;
  for (char byte; file.get(byte);) {
    if (byte == '\n') ++line;
    const bool control = static_cast<unsigned char>(byte) < ' ' || byte == '\x7f';
    if (control && byte != '\n' && byte != '\r' && byte != '\t') {
      return path + ": line " + std::to_string(line) + " has a byte that is no text";
    }
  }
  return "";
}

// Whether a file of these options gives them back. CLI11 knows no way to write a value with quotes
// of both kinds, and takes a # for the begin of a comment.
absl::Status CheckGivesBack(const CLI::App& app, const std::string& file) {
  std::istringstream lines(file);
  const std::vector<CLI::ConfigItem> items = app.get_config_formatter()->from_config(lines);
  for (const CLI::Option* option : app.get_options()) {
    const bool is_flag = option->get_items_expected_max() == 0;
    if (!option->get_configurable() || option->empty() || is_flag) continue;
    const auto item = absl::c_find_if(
        items, [&](const auto& one) { return one.fullname() == option->get_single_name(); });
    if (item == items.end() || item->inputs != option->results()) {
      return absl::InvalidArgumentError(
          option->get_name() +
          ": a file of options cannot give this value: it has quotes of both kinds, a #, or a byte "
          "that is no text");
    }
  }
  return absl::OkStatus();
}

void AddOptions(CLI::App& app, Settings& settings) {
  app.add_option("--listen", settings.listen,
                 "Where to listen: an address of this machine itself, or unix:/path; with mutual "
                 "TLS any address")
      ->capture_default_str();
  AddIdentityOptions(app, settings);
  AddCredentialOptions(app, settings);
  app.add_option("--data", settings.data, "Folder where everything is kept; made if absent")
      ->capture_default_str();
  app.add_flag("--require-data", settings.require_data,
               "Start only where --data has a database already: a disk that is not mounted is no "
               "first start");
  app.add_option("--master-key-file", settings.master_key_file,
                 "File with the master key; with it, people's records are encrypted, each person's "
                 "with a key of their own");
  app.add_flag("--make-master-key", settings.make_master_key,
               "Make the master key file where there is none");
  app.add_flag("--allow-unencrypted", settings.allow_unencrypted,
               "Start without a master key where it is asked who calls: people's records can be "
               "read on disk");
  app.add_option("--key-folder", settings.key_folder,
                 "Folder of people's keys, apart from the data and its backups; made if absent; "
                 "default: the name of --data with .keys behind it");
  app.add_option(
      "--key-backup-folder", settings.key_backup_folder,
      "Copy people's keys into this folder every six hours, after each backup and under each "
      "new master key");
  app.add_option("--key-backup-days", settings.key_backup_days,
                 "How long each copy is kept, in days; it brings back who was erased after it")
      ->check(CLI::Range(1, 90))
      ->capture_default_str();
  app.add_option("--backup-folder", settings.backup_folder,
                 "Make backups of the data in this folder; best on another disk");
  app.add_option("--backups-kept", settings.backups_kept, "How many backups stay there: the newest")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--backup-hours", settings.backup_hours,
                 "Make one by itself once the newest is so many hours old; 0: only when an "
                 "operator asks for one")
      ->check(CLI::Range(0, 8'760))
      ->capture_default_str();
  app.add_option("--backup-megabytes-a-second", settings.backup_megabytes_a_second,
                 "How quickly a backup may copy at most; 0: as quickly as it can")
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  app.add_flag("--add-master-key", settings.add_master_key,
               "Add a new master key to the file and stop; a running server takes it over by "
               "itself")
      ->configurable(false);
  app.add_option("--store-megabytes", settings.store_megabytes,
                 "Memory that the store takes for what it read and wrote last, in megabytes; "
                 "people and tasks to match take theirs besides")
      ->check(CLI::Range(16, 1'000'000))
      ->capture_default_str();
  app.add_option("--ready-file", settings.ready_file,
                 "File to write the address to once calls are answered");
  app.add_flag("--record-exposure,!--no-record-exposure", settings.record_exposure,
               "Remember who was shown, so that equal fits take turns; on unless switched off")
      ->default_str("true");
  app.add_option("--shadow-check-one-in", settings.shadow_check_one_in,
                 "Check one in so many ranked lists by the plain algorithm, and log what differs; "
                 "0: none")
      ->check(CLI::Range(0, 1'000'000'000))
      ->capture_default_str();
  app.add_option("--audit-log", settings.audit_log,
                 "Write down who looked at whom and what was ranked, so that rankings can be made "
                 "again; auto: where it is asked who calls")
      ->check(CLI::IsMember({"auto", "on", "off"}))
      ->capture_default_str();
  app.add_option(
         "--audit-days", settings.audit_days,
         "How long that is kept, and the journal with the receipts of what came in batches, in "
         "days; six months at least")
      ->check(CLI::Range(184, 36'500))
      ->capture_default_str();
  app.add_option("--threads", settings.threads,
                 "Threads that answer calls; 0: as many as there are processors, and with the "
                 "audit log sixteen times as many, because most wait for the disk")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  app.add_option("--calls-in-flight-max", settings.calls_in_flight_max,
                 "Calls taken in at a time; more are turned away")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--feeds-max", settings.feeds_max,
                 "Feeds to partners that are open at a time, some 20 KB of memory each")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--pushes-max", settings.pushes_max,
                 "Streams of pushes that are open at a time, some 20 KB of memory each")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--message-bytes-max", settings.message_bytes_max, "Largest message, in bytes")
      ->check(CLI::Range(64 * 1024, 64 * 1024 * 1024))
      ->capture_default_str();
  app.add_option("--drain-seconds", settings.drain_seconds,
                 "How long calls may still take when stopping")
      ->check(CLI::Range(0, 600))
      ->capture_default_str();
  app.add_option("--metrics-listen", settings.metrics_listen,
                 "Where to give figures to Prometheus: an address of this machine itself, such as "
                 "127.0.0.1:9464; default: nowhere");
  app.add_option("--log-level", settings.log_level, "How much to log, to standard error")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error"}))
      ->capture_default_str();
  app.add_flag("--adopt-without-anchor", settings.adopt_without_anchor,
               "Open a restored database that has no anchor");
}

}  // namespace

CommandLine ReadCommandLine(int argc, const char* const* argv) {
  CommandLine line;
  CLI::App app(kAbout, "passendd");
  app.footer(kFooter);
  AddOptions(app, line.settings);
  bool print_config = false;
  CLI::Option* print =
      app.add_flag("--print-config", print_config, "Show the options in force, and stop");
  print->configurable(false);
  app.set_config("--config", "", "File with options")->check(CLI::ExistingFile)->check(WhyNoText);
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.set_version_flag("--version", "passendd " PASSEND_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success&) {
    line.run = false;
    const bool version = app.get_option("--version")->count() > 0;
    line.text = version ? "passendd " PASSEND_VERSION "\n" : app.help();
    return line;
  } catch (const CLI::Error& error) {
    line.run = false;
    line.exit_code = 2;
    line.text = std::string("passendd: ") + error.what() + "\nSee passendd --help.\n";
    return line;
  }
  absl::Status status = CheckIdentityOptions(line.settings);
  if (status.ok()) status = CheckCredentialOptions(line.settings);
  if (status.ok()) {
    status = CheckListenAddress(line.settings.listen, !line.settings.tls_certificate.empty());
  }
  if (status.ok()) status = CheckMetricsAddress(line.settings.metrics_listen);
  if (status.ok()) status = CheckKeyOptions(line.settings);
  if (status.ok()) status = CheckBackupOptions(line.settings);
  if (status.ok() && print_config) {
    line.run = false;
    line.text = app.config_to_str(/*default_also=*/true, /*write_description=*/true);
    status = CheckGivesBack(app, line.text);
  }
  if (!status.ok()) {
    line.run = false;
    line.exit_code = 2;
    line.text = "passendd: " + std::string(status.message()) + "\n";
  }
  return line;
}

absl::Status CheckIdentityOptions(const Settings& settings) {
  absl::Status tls =
      AllOrNone("--tls-certificate, --tls-key and --tls-client-ca",
                {&settings.tls_certificate, &settings.tls_key, &settings.tls_client_ca});
  if (!tls.ok()) return tls;
  return AllOrNone("--token-keys, --token-issuer and --token-audience",
                   {&settings.token_keys, &settings.token_issuer, &settings.token_audience});
}

absl::Status CheckListenAddress(const std::string& listen, bool mutual_tls) {
  if (listen.starts_with("unix:") && listen.size() > 5) return absl::OkStatus();
  const size_t colon = listen.rfind(':');
  const std::string host = listen.substr(0, colon == std::string::npos ? 0 : colon);
  const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
  if (!IsPort(port)) {
    return absl::InvalidArgumentError("--listen " + listen +
                                      ": give an address with a port, such as 127.0.0.1:50551, or "
                                      "unix:/path");
  }
  if (mutual_tls && !host.empty()) return absl::OkStatus();
  if (host == "127.0.0.1" || host == "[::1]" || host == "localhost") return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--listen " + listen +
      ": others could read along there, so it takes mutual TLS. Give --tls-certificate, --tls-key "
      "and --tls-client-ca; or listen on 127.0.0.1:PORT, [::1]:PORT, localhost:PORT or unix:/path, "
      "with an edge in front that ends TLS (deploy/edge)");
}

absl::Status CheckMetricsAddress(const std::string& listen) {
  const size_t colon = listen.rfind(':');
  const std::string host = listen.substr(0, colon == std::string::npos ? 0 : colon);
  const bool local = (host == "127.0.0.1" || host == "[::1]") && IsPort(listen.substr(colon + 1));
  if (listen.empty() || local) return absl::OkStatus();
  return absl::InvalidArgumentError("--metrics-listen " + listen +
                                    ": give 127.0.0.1:PORT or [::1]:PORT; a proxy of your own can "
                                    "hand figures on");
}

std::string KeyFolderOf(const Settings& settings) {
  if (!settings.key_folder.empty()) return settings.key_folder;
  std::string data = settings.data;
  while (data.size() > 1 && data.ends_with('/')) data.pop_back();
  return data + ".keys";
}

absl::Status CheckCredentialOptions(const Settings& settings) {
  if (settings.credential_key_file.empty() == settings.credential_issuer.empty() &&
      (settings.credential_issuer_name.empty() || !settings.credential_issuer.empty())) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "--credential-key-file and --credential-issuer go together: give both, or neither; "
      "--credential-issuer-name is for both");
}

absl::Status CheckKeyOptions(const Settings& settings) {
  if (settings.master_key_file.empty()) {
    if (settings.make_master_key || settings.add_master_key || !settings.key_folder.empty()) {
      return absl::InvalidArgumentError(
          "--make-master-key, --add-master-key and --key-folder go with --master-key-file");
    }
    if (!settings.identifies() || settings.allow_unencrypted) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "a server that asks who calls keeps people's records encrypted. Please give it a master "
        "key: --master-key-file FILE, and --make-master-key the first time. To keep records that "
        "can be read on disk, say so with --allow-unencrypted");
  }
  if (settings.allow_unencrypted) {
    return absl::InvalidArgumentError(
        "--allow-unencrypted and --master-key-file contradict each other: give one of them");
  }
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path data = fs::weakly_canonical(fs::absolute(settings.data), error) / "";
  for (const std::string& kept : {KeyFolderOf(settings), settings.master_key_file}) {
    const std::string path = (fs::weakly_canonical(fs::absolute(kept), error) / "").string();
    if (!path.starts_with(data.string())) continue;
    return absl::InvalidArgumentError(
        kept + ": keys are kept outside of --data, because who copies that folder must not have " +
        "them");
  }
  return absl::OkStatus();
}

absl::Status CheckBackupOptions(const Settings& settings) {
  if (settings.backup_folder.empty()) {
    if (settings.backup_hours == 0) return absl::OkStatus();
    return absl::InvalidArgumentError("--backup-hours goes with --backup-folder");
  }
  namespace fs = std::filesystem;
  std::error_code error;
  const auto folder = [&](const std::string& path) {
    return (fs::weakly_canonical(fs::absolute(path), error) / "").string();
  };
  const std::string backups = folder(settings.backup_folder);
  for (const std::string& other : {settings.data, KeyFolderOf(settings)}) {
    if (!backups.starts_with(folder(other)) && !folder(other).starts_with(backups)) continue;
    return absl::InvalidArgumentError("--backup-folder " + settings.backup_folder +
                                      ": backups are kept apart from the data and from people's "
                                      "keys, which are in " +
                                      other);
  }
  return absl::OkStatus();
}

}  // namespace passend::service
