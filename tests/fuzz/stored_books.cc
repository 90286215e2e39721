#include <string>
#include <vector>

#include "service/canonical_bytes.h"
#include "service/consent/consent_book.h"
#include "service/consent/reveal_book.h"
#include "service/credential/credential_book.h"
#include "service/evidence/proposal_book.h"
#include "service/records/stored_message.h"
#include "service/sync/partner_records.h"
#include "tests/fuzz/filled_store.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/stored_records.h"

namespace passend::fuzz {
namespace {

using service::PassportName;
using service::StoredValue;

const PassportName& Somebody() {
  static const PassportName& name = *new PassportName{"somebody"};
  return name;
}

// `read` reads the book from a store. Gives it where it could be read.
template <typename Read>
auto Book(const storage::Key& key, std::string_view value, const Read& read) {
  auto book = read(*StoreWith({{key, std::string(value)}}));
  PromiseSame(book.status(), key, value);
  if (book.ok()) {
    const std::string written = StoredValue(*book);
    const auto again = read(*StoreWith({{key, written}}));
    Promise(again.ok(), "a book that is written can be read");
    Promise(StoredValue(*again) == written, "and says the same");
  }
  return book;
}

// Of messages that nothing is left out of.
struct Kept {
  std::string value;
};
std::string StoredValue(const Kept& kept) { return kept.value; }

}  // namespace

void Consents(std::string_view value) {
  const storage::Key key = service::ConsentBookKeyOf(Somebody());
  const auto book = Book(key, value, [](const storage::Store& store) {
    return service::ReadConsents(store, Somebody());
  });
  if (!book.ok()) return;
  for (const v1::Consent& consent : book->consents) {
    service::ConsentBook less = *book;
    less.Forget(consent);
    Promise(less.consents.size() + 1 == book->consents.size(), "one is forgotten at a time");
  }
}

void Reveals(std::string_view value) {
  const storage::Key key = service::RevealBookKeyOf(Somebody());
  static_cast<void>(Book(key, value, [](const storage::Store& store) {
    return service::ReadReveals(store, Somebody());
  }));
}

void Proposals(std::string_view value) {
  const storage::Key key = service::ProposalBookKeyOf(Somebody());
  const auto book = Book(key, value, [](const storage::Store& store) {
    return service::ReadProposalBook(store, Somebody());
  });
  if (!book.ok()) return;
  for (const v1::Proposal& proposal : book->proposals) {
    const v1::Proposal* const found = book->Named(proposal.name());
    Promise(found != nullptr && found->name() == proposal.name(), "a proposal has its name");
  }
}

void PartnerBooks(std::string_view value) {
  const storage::Key key = service::PartnerBookKeyOf(Somebody());
  service::PartnerBook book;
  const auto read = Book(key, value, [&](const storage::Store& store) -> absl::StatusOr<Kept> {
    const auto record = service::ReadOne(store, key);
    const auto parsed = service::ParsePartnerBook(record.value());
    if (!parsed.ok()) return parsed.status();
    book = *parsed;
    return Kept{service::CanonicalBytes(parsed->book)};
  });
  if (!read.ok()) return;
  storage::Batch erased;
  service::AddErasedLinks(Somebody(), {}, book, erased);
  Promise(erased.mutations.size() == static_cast<size_t>(book.book.sides_size()),
          "whoever is erased is erased for every partner");
  for (const auto& side : book.book.sides()) {
    Promise(book.Find(side.partner()) != nullptr, "a partner has a side");
    storage::Batch withdrawn;
    service::AddWithdrawnLinks(Somebody(), book, {side.partner()}, withdrawn);
    Promise(!withdrawn.mutations.empty(), "and whoever is withdrawn is so for that partner");
  }
}

void PartnerLinks(std::string_view value) {
  const storage::Key key = service::PartnerLinkKey("school", std::string(64, 'a'));
  const auto read = [](const storage::Store& store) {
    return service::ReadPartnerLinks(store, "school", {std::string(64, 'a')});
  };
  const auto store = StoreWith({{key, std::string(value)}});
  const auto links = read(*store);
  PromiseSame(links.status(), key, value);
  if (!links.ok()) return;
  Promise(service::EraseLinksTo(*store, {links->front().link.passport()}).ok(), "links end");
  const auto ended = read(*store);
  Promise(ended.ok() && ended->front().link.erased(), "with whom they are to");
}

void Credentials(std::string_view value) {
  const storage::Key key = service::CredentialBookKeyOf(Somebody());
  service::CredentialBook book;
  const auto read = Book(key, value, [&](const storage::Store& store) -> absl::StatusOr<Kept> {
    auto parsed = service::ReadCredentials(store, Somebody());
    if (!parsed.ok()) return parsed.status();
    book = *std::move(parsed);
    return Kept{service::CanonicalBytes(book.kept)};
  });
  if (!read.ok()) return;
  for (const auto& issued : book.kept.issued()) {
    const service::StatusBit bit{issued.status_list(),
                                 static_cast<uint32_t>(issued.status_index())};
    Promise(service::ValidationAt(book, bit).has_value(), "a credential is found by its place");
  }
  service::ForgetEnded(book, absl::FromUnixSeconds(1'800'000'000));
  for (const auto& issued : book.kept.issued()) {
    Promise(issued.expire_seconds() == 0 || issued.expire_seconds() >= 1'800'000'000,
            "what has ended is forgotten");
  }
}

void CredentialStates(std::string_view bytes) {
  const auto [place, state] = InTwo(bytes);
  storage::Key key = service::KeyOf({1, 0});
  key.id = key.id.substr(0, 8) + std::string(place);
  const auto store = StoreWith({{key, std::string(state)}});
  if (store == nullptr) return;
  const auto bits = service::ReadStatusList(*store, 1);
  PromiseSame(bits.status(), key, state);
  if (!bits.ok()) return;
  Promise(bits->has_value(), "a list with a place is there");
  const auto index = static_cast<uint32_t>(std::stoul(std::string(place), nullptr, 16));
  const service::StatusBit bit{1, index};
  Promise(service::KeyOf(bit) == key, "a place has one key");
  const auto read = service::ReadPlace(*store, bit);
  Promise(read.ok() && read->state.has_value(), "both readers of places take the same");
  Promise((*bits)->Has(index) == (*read->state != service::CredentialState::kOut),
          "and read the same");
}

}  // namespace passend::fuzz
