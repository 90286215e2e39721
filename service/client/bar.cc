#include "service/client/bar.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace passend::client {
namespace {

constexpr int kWhole = 10000;
constexpr std::array<std::string_view, 8> kEighths = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

// Steps out of `all`, rounded to the nearest, but 0 and `all` only for nothing and everything.
int Steps(int basis_points, int all) {
  const int clamped = std::clamp(basis_points, 0, kWhole);
  if (clamped == 0 || clamped == kWhole) return clamped == 0 ? 0 : all;
  return std::clamp((clamped * all + kWhole / 2) / kWhole, 1, all - 1);
}

}  // namespace

std::string Bar(const Style& style, int basis_points, int columns) {
  const int parts = style.unicode ? 8 : 2;
  const int steps = Steps(basis_points, columns * parts);
  std::string bar;
  for (int column = 0; column < columns; ++column) {
    const int filled = std::clamp(steps - column * parts, 0, parts);
    if (style.unicode) {
      bar += filled == parts ? "█" : kEighths[static_cast<std::size_t>(filled)];
    } else {
      bar += filled == parts ? '#' : filled > 0 ? '.' : ' ';
    }
  }
  return bar;
}

std::string BandBar(const Style& style, int low_basis_points, int point_basis_points,
                    int high_basis_points, int columns) {
  const int inner = std::max(columns, 3) - 2;
  const auto place = [&](int basis_points) {
    return std::clamp(basis_points, 0, kWhole) * (inner - 1) / kWhole;
  };
  const int low = place(low_basis_points);
  const int point = place(point_basis_points);
  const int high = place(high_basis_points);
  std::string bar = style.unicode ? "├" : "|";
  for (int column = 0; column < inner; ++column) {
    if (column == point) {
      bar += style.unicode ? "●" : "o";
    } else if (column >= low && column <= high) {
      bar += style.unicode ? "▒" : "=";
    } else {
      bar += style.unicode ? "─" : "-";
    }
  }
  return bar + (style.unicode ? "┤" : "|");
}

}  // namespace passend::client
