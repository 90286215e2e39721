#include "service/portable/printed_parts.h"

#include <algorithm>
#include <span>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "service/credential/badge.h"
#include "service/portable/printed_text.h"
#include "service/text.h"

namespace passend::service {
namespace {

// A part of a list of words; "" for a number that it has no word for.
template <typename Words>
std::string_view WordAt(const Words& words, int number) {
  return number >= 0 && static_cast<size_t>(number) < words.size()
             ? std::string_view(words[static_cast<size_t>(number)])
             : std::string_view();
}

std::string Heading(const char* text) { return absl::StrCat("<h2>", Escaped(text), "</h2>\n"); }

// A row of a table of what and how, `last` its last item where there is one; empty where nothing is
// said.
std::string Row(const char* what, const std::vector<std::string>& said,
                const std::string& last = "") {
  if (said.empty()) return "";
  std::string items;
  for (const std::string& one : said) absl::StrAppend(&items, "<li>", Escaped(one), "</li>");
  items += last;
  return absl::StrCat("<dt>", Escaped(what), "</dt><dd><ul>", items, "</ul></dd>\n");
}

std::string Section(const char* name, const char* heading, const std::string& rows) {
  if (rows.empty()) return "";
  return absl::StrCat("<section class=\"", name, "\">\n", Heading(heading), "<dl>\n", rows,
                      "</dl>\n</section>\n");
}

// Five dots, so many of them filled; for eyes only, the words beside say the same.
std::string Dots(int level) {
  std::string dots = "<span class=\"dots\" aria-hidden=\"true\">";
  for (int i = 1; i <= 5; ++i)
    absl::StrAppend(&dots, i <= level ? "<i class=\"on\"></i>" : "<i></i>");
  return dots + "</span>";
}

bool Counts(const v1::Validation& validation, absl::Time now) {
  return !validation.has_revoke_time() &&
         (!validation.has_expire_time() || MomentOf(validation.expire_time()) > now);
}

// "Seen by a coach (job coach), community kitchen, 3 May 2026". References such as coaches/c-17 are
// no words for people, and are left out.
std::string EvidenceText(const v1::Validation& validation, const PrintWords& words,
                         const PrintRoom& room) {
  std::string_view method = WordAt(words.methods, validation.method());
  if (method.empty()) method = words.methods[0];
  std::string text = Escaped(method);
  const std::string& issuer = validation.foreign_proof().issuer_name();
  const bool named = !validation.validator().empty() &&
                     validation.validator().find('/') == std::string::npos &&
                     validation.validator() != issuer;
  std::vector<std::string> who;
  if (named) who.push_back(Fitted(validation.validator(), room.text_width));
  if (!validation.capacity().empty()) {
    who.push_back(Fitted(validation.capacity(), room.text_width));
  }
  if (!who.empty()) absl::StrAppend(&text, " (", absl::StrJoin(who, ", "), ")");
  if (!validation.place().empty()) {
    absl::StrAppend(&text, ", ", Fitted(validation.place(), room.text_width));
  }
  absl::StrAppend(&text, ", ", PrintedDay(words, MomentOf(validation.validate_time())));
  if (validation.has_foreign_proof()) {
    absl::StrAppend(&text, ", ",
                    absl::Substitute(words.signed_by, Fitted(issuer, room.text_width)));
  }
  return text;
}

std::string Evidence(const v1::PassportSkill& skill, const PrintWords& words, const PrintRoom& room,
                     absl::Time now) {
  std::string lines;
  size_t count = 0;
  for (const v1::Validation& validation : skill.validations()) {
    if (!Counts(validation, now)) continue;
    if (++count <= room.evidence_lines) {
      absl::StrAppend(&lines, "<li>", EvidenceText(validation, words, room), "</li>");
    }
  }
  if (count > room.evidence_lines) {
    const size_t more = count - room.evidence_lines;
    absl::StrAppend(&lines, "<li ", ToAbsl(kCutMark), ">",
                    more == 1 ? Escaped(words.one_more_evidence)
                              : Escaped(absl::Substitute(words.more_evidence, more)),
                    "</li>");
  }
  if (skill.disputed()) absl::StrAppend(&lines, "<li>", Escaped(words.two_views), "</li>");
  return lines.empty() ? "" : absl::StrCat("<ul>", lines, "</ul>");
}

struct NamedSkill {
  const v1::PassportSkill* skill;
  std::string label;
};

std::string SkillCard(const NamedSkill& named, const PrintWords& words, const PrintRoom& room,
                      absl::Time now) {
  const int level = named.skill->level();
  return absl::StrCat("<article><h3>", Fitted(named.label, room.label_width),
                      "</h3>\n<p class=\"level\">", Dots(level), "<b>",
                      ToAbsl(WordAt(words.levels, level - 1)), "</b> <small>",
                      Escaped(absl::Substitute(words.level, level)), "</small></p>\n",
                      Evidence(*named.skill, words, room, now), "</article>\n");
}

std::string NamedOnly(std::span<const NamedSkill> skills, const PrintWords& words,
                      const PrintRoom& room) {
  if (skills.empty()) return "";
  std::vector<std::string> named;
  size_t width = 0;
  for (const NamedSkill& one : skills) {
    width += std::min(PrintedWidth(one.label), room.label_width);
    if (width > kNamesWidth) break;
    named.push_back(absl::StrCat(Fitted(one.label, room.label_width), " <small>",
                                 Escaped(absl::Substitute(words.level, one.skill->level())),
                                 "</small>"));
  }
  const size_t more = skills.size() - named.size();
  if (more > 0) {
    const std::string text =
        more == 1 ? std::string(words.one_more_skill) : absl::Substitute(words.even_more, more);
    named.push_back(absl::StrCat("<span ", ToAbsl(kCutMark), ">", Escaped(text), "</span>"));
  }
  return absl::StrCat("<h3>", Escaped(words.more_skills), "</h3>\n<p class=\"named\">",
                      absl::StrJoin(named, "; "), "</p>\n");
}

std::vector<std::string> WishesOf(const v1::Wishes& wishes, v1::Attitude attitude,
                                  const PrintWords& words, const MatchWords& names) {
  std::vector<std::string> said;
  for (int strength = 3; strength >= 0; --strength) {
    for (const v1::Wish& wish : wishes.features()) {
      if (wish.attitude() != attitude || wish.strength() != strength) continue;
      std::string text(TextOf(names.features, wish.feature()));
      if (text.empty()) continue;
      const bool much = attitude == v1::ATTITUDE_WANTS && strength == 3;
      if (much) absl::StrAppend(&text, " (", words.much, ")");
      said.push_back(std::move(text));
    }
  }
  return said;
}

std::string MoreTimes(size_t count, const PrintWords& words) {
  if (count == 0) return "";
  const std::string text =
      count == 1 ? std::string(words.one_more_time) : absl::Substitute(words.more_times, count);
  return absl::StrCat("<li ", ToAbsl(kCutMark), ">", Escaped(text), "</li>");
}

std::string PaceText(const v1::Pace& pace, const PrintWords& words, const MatchWords& names) {
  std::vector<std::string> parts;
  if (pace.has_tempo_percent()) {
    parts.push_back(absl::Substitute(words.tempo, pace.tempo_percent()));
  }
  if (pace.has_minutes_at_a_stretch()) {
    parts.push_back(absl::Substitute(words.stretch, pace.minutes_at_a_stretch()));
  }
  if (pace.has_hours_per_day()) {
    parts.push_back(absl::Substitute(words.hours_a_day, pace.hours_per_day()));
  }
  if (pace.has_days_per_week()) {
    parts.push_back(absl::Substitute(words.days_a_week, pace.days_per_week()));
  }
  if (parts.empty()) return "";
  const bool measured = pace.basis() == v1::PACE_BASIS_MEASURED;
  return absl::StrCat(absl::Substitute(words.pace_of, ToAbsl(TextOf(names.kinds, pace.kind()))),
                      ": ", absl::StrJoin(parts, ", "), " (",
                      measured ? words.measured : words.expected, ")");
}

std::string NeedText(const v1::SupportNeed& need, const PrintWords& words,
                     const MatchWords& names) {
  std::string text = TextOf(names.supports, need.solution()).name;
  if (need.has_amount_percent() && need.kind() == v1::SUPPORT_KIND_GUIDANCE) {
    text = absl::Substitute(words.support_share, text, need.amount_percent());
  }
  std::vector<std::string> more;
  if (need.essential()) more.emplace_back(words.support_essential);
  if (need.brought_along_percent() > 0) more.emplace_back(words.support_brought);
  if (!more.empty()) absl::StrAppend(&text, " (", absl::StrJoin(more, "; "), ")");
  return text;
}

}  // namespace

std::string PrintedDay(const PrintWords& words, absl::Time moment) {
  const absl::CivilDay day = absl::ToCivilDay(moment, absl::UTCTimeZone());
  return absl::Substitute(words.day, day.day(), ToAbsl(WordAt(words.months, day.month() - 1)),
                          day.year());
}

std::string PrintedSkills(const v1::Passport& passport, const PrintedLabels& labels,
                          const PrintWords& words, const PrintRoom& room, absl::Time now) {
  std::vector<NamedSkill> skills;
  for (const v1::PassportSkill& skill : passport.skills()) {
    const auto at = labels.find(skill.skill());
    skills.push_back({&skill, at == labels.end() ? skill.skill() : at->second});
  }
  std::stable_sort(skills.begin(), skills.end(), [](const NamedSkill& a, const NamedSkill& b) {
    if (a.skill->level() != b.skill->level()) return a.skill->level() > b.skill->level();
    return a.skill->certainty_basis_points() > b.skill->certainty_basis_points();
  });
  std::string text = absl::StrCat("<section class=\"skills\">\n", Heading(words.skills));
  if (skills.empty()) absl::StrAppend(&text, "<p>", Escaped(words.no_skills), "</p>\n");
  const size_t full = std::min(skills.size(), room.skills_in_full);
  if (full > 0) absl::StrAppend(&text, "<div class=\"cards\">\n");
  for (size_t i = 0; i < full; ++i) text += SkillCard(skills[i], words, room, now);
  if (full > 0) absl::StrAppend(&text, "</div>\n");
  text += NamedOnly(std::span(skills).subspan(full), words, room);
  return text + "</section>\n";
}

std::string PrintedWishes(const v1::Wishes& wishes, const PrintWords& words,
                          const MatchWords& names) {
  std::vector<std::string> forms;
  for (const int form : wishes.participation_forms()) {
    const std::string_view text = TextOf(names.forms, form);
    if (!text.empty()) forms.emplace_back(text);
  }
  std::vector<std::string> hours;
  if (wishes.has_hours()) {
    const v1::HoursRange& range = wishes.hours();
    hours.push_back(range.weekly_hours_min() == range.weekly_hours_max()
                        ? absl::Substitute(words.hours_exact, range.weekly_hours_max())
                        : absl::Substitute(words.hours_range, range.weekly_hours_min(),
                                           range.weekly_hours_max()));
  }
  std::vector<std::string> times;
  for (const v1::TimeBlock& block : wishes.schedule().blocks()) {
    if (times.size() == kTimesTold) break;
    times.push_back(absl::Substitute(words.block, ToAbsl(WordAt(words.days, block.day())),
                                     block.start_hour(), block.end_hour()));
  }
  const size_t more_times = static_cast<size_t>(wishes.schedule().blocks_size()) - times.size();
  std::vector<std::string> travel;
  if (wishes.has_travel()) {
    travel.push_back(absl::Substitute(words.travel_minutes, wishes.travel().minutes_max(),
                                      ToAbsl(WordAt(words.means, wishes.travel().means()))));
  }
  return Section(
      "wishes", words.wishes,
      absl::StrCat(Row(words.wants, WishesOf(wishes, v1::ATTITUDE_WANTS, words, names)),
                   Row(words.avoids, WishesOf(wishes, v1::ATTITUDE_AVOIDS, words, names)),
                   Row(words.never, WishesOf(wishes, v1::ATTITUDE_NEVER, words, names)),
                   Row(words.forms, forms), Row(words.hours, hours),
                   Row(words.times, times, MoreTimes(more_times, words)),
                   Row(words.travel, travel)));
}

std::string PrintedBest(const v1::Passport& passport, const PrintWords& words,
                        const MatchWords& names) {
  std::vector<std::string> paces;
  for (const v1::Pace& pace : passport.paces()) {
    std::string text = PaceText(pace, words, names);
    if (!text.empty()) paces.push_back(std::move(text));
  }
  std::vector<std::string> support;
  if (passport.support().nothing_needed()) support.emplace_back(words.nothing_needed);
  for (const v1::SupportNeed& need : passport.support().needs()) {
    support.push_back(NeedText(need, words, names));
  }
  return Section("best", words.best,
                 absl::StrCat(Row(words.pace, paces), Row(words.support, support)));
}

std::string PrintedScale(const PrintWords& words) {
  std::string rows;
  for (int level = 1; level <= 5; ++level) {
    absl::StrAppend(&rows, "<li>", Dots(level), Escaped(WordAt(words.levels, level - 1)), "</li>");
  }
  return absl::StrCat("<h3>", Escaped(words.scale), "</h3>\n<ol>", rows, "</ol>\n");
}

}  // namespace passend::service
