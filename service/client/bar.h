// Parts of a whole and bands, drawn with block characters.
#ifndef PASSEND_SERVICE_CLIENT_BAR_H_
#define PASSEND_SERVICE_CLIENT_BAR_H_

#include <string>

#include "service/client/style.h"

namespace passend::client {

// A part of a whole as a bar of `columns`: in eighths of a block ("███▌ "), or "###. " in ASCII,
// where "." is half or more. `basis_points` outside 0-10000 counts as the nearer end. More than
// nothing draws at least something, and less than everything leaves something open.
std::string Bar(const Style& style, int basis_points, int columns);

// A band from low to high with the point in it, on a scale of 0-10000:
// "├───────▒▒▒●▒▒────┤", in ASCII "|-------===o==----|". `columns` is at least 3, ends included.
std::string BandBar(const Style& style, int low_basis_points, int point_basis_points,
                    int high_basis_points, int columns);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_BAR_H_
