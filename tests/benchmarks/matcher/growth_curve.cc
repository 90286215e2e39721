#include "tests/benchmarks/matcher/growth_curve.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace passend::matcher {
namespace {

constexpr double kLeft = 70, kRight = 520, kTop = 30, kBottom = 350;
constexpr double kPeopleLow = 4, kPeopleHigh = 7;  // powers of ten
constexpr double kTimeLow = -2.5, kTimeHigh = 2;   // of milliseconds
constexpr std::array<const char*, 5> kColours = {"#1b5e8c", "#c2541b", "#2e7d32", "#7b3f98",
                                                 "#555555"};

double X(double people) {
  return kLeft + (std::log10(people) - kPeopleLow) / (kPeopleHigh - kPeopleLow) * (kRight - kLeft);
}
double Y(double milliseconds) {
  return kBottom -
         (std::log10(milliseconds) - kTimeLow) / (kTimeHigh - kTimeLow) * (kBottom - kTop);
}

template <typename... Values>
std::string Format(const char* format, Values... values) {
  std::array<char, 512> text;
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

std::string Axes() {
  std::string svg;
  for (int power = 4; power <= 7; ++power) {
    const double x = X(std::pow(10, power));
    svg += Format("<path d='M%.1f %.1f V%.1f' stroke='#ddd'/>", x, kTop, kBottom);
    svg += Format("<text x='%.1f' y='%.1f' text-anchor='middle'>%s</text>\n", x, kBottom + 18,
                  std::array{"10 k", "100 k", "1 M", "10 M"}[static_cast<size_t>(power - 4)]);
  }
  for (int power = -2; power <= 2; ++power) {
    const double y = Y(std::pow(10, power));
    svg += Format("<path d='M%.1f %.1f H%.1f' stroke='#ddd'/>", kLeft, y, kRight);
    svg += Format("<text x='%.1f' y='%.1f' text-anchor='end'>%g ms</text>\n", kLeft - 6, y + 4,
                  std::pow(10, power));
  }
  return svg + Format("<text x='%.1f' y='%.1f'>people</text>\n", kRight + 8, kBottom + 18);
}

}  // namespace

std::string DrawGrowth(const Curves& curves) {
  std::string svg =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 560 470' width='560' height='470' "
      "font-family='sans-serif' font-size='12'>\n<rect width='560' height='470' fill='white'/>\n"
      "<text x='70' y='18'>Time of one ranking (p50, one thread) by number of people</text>\n" +
      Axes();
  size_t number = 0;
  for (const auto& [name, points] : curves) {
    const char* colour = kColours[number % kColours.size()];
    if (number == 0 && !points.empty()) {
      const double slope = points.back().milliseconds / points.back().people;
      svg += Format("<path d='M%.1f %.1f L%.1f %.1f' stroke='#999' stroke-dasharray='4 4'/>\n",
                    X(1e4), Y(1e4 * slope), X(1e7), Y(1e7 * slope));
    }
    std::string line;
    for (const CurvePoint& point : points) {
      line +=
          Format("%s%.1f %.1f ", line.empty() ? "M" : "L", X(point.people), Y(point.milliseconds));
      svg += Format("<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", X(point.people),
                    Y(point.milliseconds), colour);
    }
    svg +=
        Format("<path d='%s' fill='none' stroke='%s' stroke-width='2'/>\n", line.c_str(), colour);
    const double y = kBottom + 44 + 16 * static_cast<double>(number++);
    svg +=
        Format("<rect x='%.1f' y='%.1f' width='10' height='10' fill='%s'/>", kLeft, y - 9, colour);
    svg += Format("<text x='%.1f' y='%.1f'>%s</text>\n", kLeft + 16, y, name.c_str());
  }
  return svg + "<text x='400' y='394' fill='#777'>dashed: in proportion</text>\n</svg>\n";
}

}  // namespace passend::matcher
