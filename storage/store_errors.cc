#include "storage/store_errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "storage/limits.h"

namespace passend::storage {

std::string KindName(RecordKind kind) {
  switch (kind) {
    case RecordKind::kPassport:
      return "passport";
    case RecordKind::kValidation:
      return "validation";
    case RecordKind::kTask:
      return "task";
    case RecordKind::kTaxonomy:
      return "taxonomy";
    case RecordKind::kConcept:
      return "concept";
    case RecordKind::kPolicy:
      return "policy";
    case RecordKind::kExposure:
      return "exposure";
    case RecordKind::kErasure:
      return "erasure";
    case RecordKind::kSecret:
      return "secret";
    case RecordKind::kValidationBook:
      return "validation book";
    case RecordKind::kConsentBook:
      return "consent book";
    case RecordKind::kRevealBook:
      return "reveal book";
    case RecordKind::kLook:
      return "look";
    case RecordKind::kPersonHistory:
    case RecordKind::kHistory:
      return "earlier version";
    case RecordKind::kDecision:
      return "decision";
    case RecordKind::kEmployerList:
      return "employer list";
    case RecordKind::kEmployerBudget:
      return "employer budget";
    case RecordKind::kProposalBook:
      return "proposal book";
    case RecordKind::kPartnerLink:
      return "partner link";
    case RecordKind::kPartnerBook:
      return "partner book";
    case RecordKind::kCredentialBook:
      return "credential book";
    case RecordKind::kCredentialStatus:
      return "credential status";
  }
  return absl::StrCat("kind ", static_cast<int>(kind));
}

absl::Status UnknownKind() {
  return absl::InvalidArgumentError("a key has record kind 0, which means none");
}

absl::Status IdOutOfRange(RecordKind kind, size_t bytes) {
  return absl::InvalidArgumentError(absl::StrCat("the id of a ", KindName(kind), " has ", bytes,
                                                 " bytes; it takes 1 to ", kIdBytesMax));
}

absl::Status KeyTwice(RecordKind kind) {
  return absl::InvalidArgumentError(
      absl::StrCat("a ", KindName(kind), " is written twice in one commit"));
}

absl::Status TooLarge(std::string_view what, size_t bytes, size_t bytes_max) {
  return absl::InvalidArgumentError(
      absl::StrCat(ToAbsl(what), " has ", bytes, " bytes; it takes at most ", bytes_max));
}

absl::Status TooMany(std::string_view what, size_t count, size_t count_max) {
  return absl::InvalidArgumentError(
      absl::StrCat("a commit has ", count, " ", ToAbsl(what), "; it takes at most ", count_max));
}

absl::Status RequestMissing() {
  return absl::InvalidArgumentError("an idempotent commit needs a request id");
}

absl::Status NothingToDo() {
  return absl::InvalidArgumentError("a commit needs at least one mutation or event");
}

absl::Status TailLimitOutOfRange(size_t limit) {
  return absl::InvalidArgumentError(absl::StrCat(
      "a page of ", limit, " journal entries was asked; it takes 1 to ", kTailEntriesMax));
}

absl::Status EpochNotHigher(uint64_t epoch, uint64_t stored) {
  return absl::InvalidArgumentError(
      absl::StrCat("epoch ", epoch, " is not higher than the present epoch ", stored));
}

absl::Status ExpectationFailed(RecordKind kind, Version expected, Version found) {
  return absl::AbortedError(absl::StrCat("a ", KindName(kind),
                                         " has changed meanwhile: expected version ", expected,
                                         ", found ", found));
}

absl::Status RequestReused() {
  return absl::AlreadyExistsError("this request id was used before, for another request");
}

absl::Status WriterFenced(uint64_t own, uint64_t stored) {
  return absl::FailedPreconditionError(absl::StrCat(
      "this writer has epoch ", own, " and was fenced off by the writer of epoch ", stored));
}

absl::Status JournalCompacted(Sequence after, Sequence compacted_through) {
  return absl::OutOfRangeError(absl::StrCat("the journal was asked from after ", after,
                                            " and is kept from after ", compacted_through,
                                            "; start from a snapshot"));
}

absl::Status BeyondLastCommit(Sequence asked, Sequence last) {
  return absl::OutOfRangeError(
      absl::StrCat("sequence ", asked, " is beyond the last commit, ", last));
}

absl::Status StoreBusy() {
  return absl::ResourceExhaustedError("the store cannot take writes at this pace; try again later");
}

absl::Status DiskFull() {
  return absl::ResourceExhaustedError("the disk is full; the store takes writes when it is not");
}

absl::Status StoreStopped(const absl::Status& cause) {
  const std::string message =
      absl::StrCat("the store has stopped taking writes; reopen it: ", cause.message());
  return absl::IsDataLoss(cause) ? absl::DataLossError(message) : absl::UnavailableError(message);
}

absl::Status Damaged(std::string_view what, std::string_view how) {
  return absl::DataLossError(absl::StrCat(ToAbsl(what), " is damaged: ", ToAbsl(how)));
}

}  // namespace passend::storage
