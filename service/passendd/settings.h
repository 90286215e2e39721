// How passendd is set up: every option with its default, from flags or from a file.
#ifndef PASSEND_SERVICE_PASSENDD_SETTINGS_H_
#define PASSEND_SERVICE_PASSENDD_SETTINGS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "service/limits.h"

namespace passend::service {

// All of them take effect at the next start; what the files of TLS and tokens hold, at once.
struct Settings {
  // Where to listen: `127.0.0.1:50551`, `[::1]:50551`, `localhost:50551` or `unix:/path`; with
  // mutual TLS also any other address. Port 0: any.
  std::string listen = "127.0.0.1:50551";

  // Mutual TLS, all three or none: the server's certificate with its chain, its key, and the
  // authorities whose client certificates are taken. In PEM; followed while the server runs. With
  // them `listen` may be any address.
  std::string tls_certificate;
  std::string tls_key;
  std::string tls_client_ca;

  // Bearer tokens, all three or none: the issuer's public keys (a JWK set; followed while the
  // server runs), and what `iss` and `aud` have to say. With them every call needs a token, or,
  // where there is TLS, a client certificate with an identity.
  std::string token_keys;
  std::string token_issuer;
  std::string token_audience;

  // Credentials: the key that passports are signed with when they are taken along (a private key on
  // P-256, in PEM or as a JWK, in a file that only its owner may read), and who this server says it
  // is: an https URL or a did:web, where others find its public key. Both or neither. The name is
  // for people.
  std::string credential_key_file;
  std::string credential_issuer;
  std::string credential_issuer_name;

  // Whose credentials are taken in (service/README.md has the form); followed while the server
  // runs. Empty: only those of the server itself.
  std::string trusted_issuers_file;

  // Whether it is asked who calls. Otherwise whoever is on this machine may do everything.
  bool identifies() const { return !tls_certificate.empty() || !token_keys.empty(); }

  // Where everything is kept; made if absent.
  std::string data = "passend-data";

  // The master key that people's keys are under, in a file that only its owner may read. Empty:
  // people's records are not encrypted. A server that asks who calls does not start so.
  std::string master_key_file;

  // It starts so all the same.
  bool allow_unencrypted = false;

  // Makes that file where there is none, with a new key.
  bool make_master_key = false;

  // Where people's keys are: never in the data's folder, so that no copy of that has them. Empty:
  // the name of that folder with ".keys" behind it.
  std::string key_folder;

  // Where copies of people's keys are made, every six hours, after each backup and under each new
  // master key, and for how many days each is kept: it brings back who was erased after it. Empty:
  // none are made.
  std::string key_backup_folder;
  int key_backup_days = 7;

  // Where backups of the data are made; nothing else of the server writes there. Empty: none are.
  // The newest so many stay. It copies at most so many megabytes (1,000,000 bytes) a second; 0: no
  // limit. By itself once the newest is so many hours old; 0: only when an operator asks.
  std::string backup_folder;
  int backups_kept = 14;
  int backup_megabytes_a_second = 0;
  int backup_hours = 0;

  // Adds a new master key to the file and stops; a server that runs takes it over by itself.
  bool add_master_key = false;

  // Megabytes (1,000,000 bytes) of memory that the store takes for itself. People and tasks that
  // can be matched are in memory besides.
  int store_megabytes = 256;

  // Written, with the address in it, once calls are answered; removed at the end. Empty: none.
  std::string ready_file;

  // Who was shown in a list is remembered, so that equal fits take turns.
  bool record_exposure = true;

  // Of all ranked lists that are answered, one in so many is ranked again by the plain algorithm,
  // beside the answers, and a difference is logged. 0: none.
  uint32_t shadow_check_one_in = 0;

  // Whether it is written down who looked at whom, and what was ranked: `on`, `off`, or `auto`,
  // which is on where it is asked who calls.
  std::string audit_log = "auto";

  // For how long that is kept, in days: six months at least.
  int audit_days = 200;

  bool keeps_audit_log() const {
    return audit_log == "on" || (audit_log == "auto" && identifies());
  }

  // Threads that answer calls. 0: as many as there are processors; with the audit log sixteen times
  // as many, because most of them wait for the disk.
  int threads = 0;

  // Calls that are being answered or wait to be; more are turned away with a hint when to come
  // back.
  int calls_in_flight_max = 256;

  // Streams that are open side by side, whatever calls there are beside them: feeds (Watch) and
  // pushes. An idle one takes some 20 KB; nobody who is known has more than half of what
  // others leave.
  int feeds_max = static_cast<int>(kFeedsMax);
  int pushes_max = static_cast<int>(kExchangesMax);

  // Largest message that is taken in, in bytes.
  int message_bytes_max = 4 * 1024 * 1024;

  // How long calls that are being answered may take at the end, in seconds.
  int drain_seconds = 10;

  // Where figures are given to Prometheus: `127.0.0.1:9464` or `[::1]:9464`; port 0: any. Empty:
  // nowhere.
  std::string metrics_listen;

  // trace, debug, info, warn or error.
  std::string log_level = "info";

  // Does not start where there is no database yet: for all starts but the first.
  bool require_data = false;

  // Opens a database that has no anchor, and makes one: for a copy that was made without it.
  bool adopt_without_anchor = false;
};

// What the command line comes to.
struct CommandLine {
  // Otherwise: print `text` and exit with `exit_code`.
  bool run = true;
  int exit_code = 0;
  std::string text;
  Settings settings;
};

// Reads flags, and the file of --config beneath them. Never exits, never throws.
CommandLine ReadCommandLine(int argc, const char* const* argv);

// OK for loopback and unix sockets, and with mutual TLS for every address with a port.
// INVALID_ARGUMENT for anything else: what is said there could be read by others.
absl::Status CheckListenAddress(const std::string& listen, bool mutual_tls);

// OK for loopback with a port, and for nothing. INVALID_ARGUMENT: who calls how often is nobody
// else's.
absl::Status CheckMetricsAddress(const std::string& listen);

// OK where the options for TLS, and those for tokens, are given all or none. INVALID_ARGUMENT.
absl::Status CheckIdentityOptions(const Settings& settings);

// OK where the options for credentials are given both or neither. INVALID_ARGUMENT.
absl::Status CheckCredentialOptions(const Settings& settings);

// INVALID_ARGUMENT where the options about keys do not go together, keys would be kept with the
// data, or a server that asks who calls would keep people's records unencrypted without being told.
absl::Status CheckKeyOptions(const Settings& settings);

// INVALID_ARGUMENT where backups would be kept with the data or with people's keys, or are to be
// made into no folder.
absl::Status CheckBackupOptions(const Settings& settings);

// key_folder, or what it is by default.
std::string KeyFolderOf(const Settings& settings);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_SETTINGS_H_
