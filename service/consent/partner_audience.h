// Which partners keep a copy of a person, by what they own and by what is shared with them for
// PURPOSE_SYNC, and which of them have to hear that they may not any longer.
//
// A consent ends by time without a commit. So that whoever keeps a copy hears of it all the same,
// also after a week away, each end is told by a commit: the next one that writes the person's
// consents anyway, or that of the sweep (feed/consent_sweeper.h). Which ends were told stands in
// the book by consent. An end that was told while the clock ran ahead counts as untold once the
// clock is set right: the consent stands again, and so does what the partner sees.
#ifndef PASSEND_SERVICE_CONSENT_PARTNER_AUDIENCE_H_
#define PASSEND_SERVICE_CONSENT_PARTNER_AUDIENCE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "passend/v1/consent.pb.h"
#include "passend/v1/passport.pb.h"
#include "service/consent/consent_book.h"

namespace passend::service {

// Whether a consent for `partner` has ended by time, and no commit says so yet.
bool HasUntoldEnd(const ConsentBook& book, std::string_view partner, absl::Time now);

// When TakeUntoldEnds next has something to do; in the past where it has. InfiniteFuture where it
// never will, as long as nobody sets the clock back.
absl::Time NextUntoldEnd(const ConsentBook& book, absl::Time now);

// The partners whose consents have ended by time without being told, each once; from now on they
// are told. Also those who were told of an end that is still to come: what has not ended is not
// told any more, and they see the person again.
std::vector<std::string> TakeUntoldEnds(ConsentBook& book, absl::Time now);

// The partners that may have a copy of the person: those of the passport, and those of consents
// that stand, or whose end was not told yet. Each once.
std::vector<std::string> PartnersOf(const v1::Passport& passport, const ConsentBook& book,
                                    absl::Time now);

// The partners of `before` that `after` does not have.
std::vector<std::string> PartnersLost(const v1::Passport& before, const v1::Passport& after);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CONSENT_PARTNER_AUDIENCE_H_
