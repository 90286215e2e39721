#include "service/consent/partner_audience.h"

#include <algorithm>
#include <set>

#include "service/records/stored_message.h"

namespace passend::service {
namespace {

// Whether its end comes by time, and is to be told.
bool EndsByTime(const v1::Consent& consent) {
  return IsForSync(consent) && !consent.has_revoke_time();
}

bool IsUntold(const ConsentBook& book, const v1::Consent& consent) {
  return EndsByTime(consent) && !book.ends_told.contains(consent.name());
}

bool HasEnded(const v1::Consent& consent, absl::Time now) {
  return ToTime(consent.expire_time()) <= now;
}

}  // namespace

bool HasUntoldEnd(const ConsentBook& book, std::string_view partner, absl::Time now) {
  return std::ranges::any_of(book.consents, [&](const v1::Consent& consent) {
    return consent.audience() == partner && IsUntold(book, consent) && HasEnded(consent, now);
  });
}

absl::Time NextUntoldEnd(const ConsentBook& book, absl::Time now) {
  absl::Time next = absl::InfiniteFuture();
  for (const v1::Consent& consent : book.consents) {
    if (IsUntold(book, consent)) {
      next = std::min(next, ToTime(consent.expire_time()));
    } else if (EndsByTime(consent) && !HasEnded(consent, now)) {
      next = std::min(next, now);
    }
  }
  return next;
}

std::vector<std::string> TakeUntoldEnds(ConsentBook& book, absl::Time now) {
  std::set<std::string> partners;
  for (const v1::Consent& consent : book.consents) {
    if (!EndsByTime(consent)) {
      book.ends_told.erase(consent.name());
    } else if (!HasEnded(consent, now)) {
      if (book.ends_told.erase(consent.name()) > 0) partners.insert(consent.audience());
    } else if (book.ends_told.insert(consent.name()).second) {
      partners.insert(consent.audience());
    }
  }
  return {partners.begin(), partners.end()};
}

std::vector<std::string> PartnersOf(const v1::Passport& passport, const ConsentBook& book,
                                    absl::Time now) {
  std::set<std::string> partners(passport.partners().begin(), passport.partners().end());
  for (const v1::Consent& consent : book.consents) {
    const bool has_copy = IsForSync(consent) && Stands(consent, now);
    if (has_copy || IsUntold(book, consent)) partners.insert(consent.audience());
  }
  return {partners.begin(), partners.end()};
}

std::vector<std::string> PartnersLost(const v1::Passport& before, const v1::Passport& after) {
  std::vector<std::string> lost;
  for (const std::string& partner : before.partners()) {
    if (std::find(after.partners().begin(), after.partners().end(), partner) ==
        after.partners().end()) {
      lost.push_back(partner);
    }
  }
  return lost;
}

}  // namespace passend::service
