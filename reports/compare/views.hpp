// Which rows of a matrix are worth a look.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "reports/compare/matrix.hpp"
#include "reports/names.hpp"

namespace wsproof::report {

enum class View : std::uint8_t {
    all,
    differs,          ///< two columns were judged and not alike
    fails,            ///< somebody fails
    everyone_fails,   ///< more than one was judged, and all fail: the case itself may be wrong
    reference_fails,  ///< the reference fails and nobody else does
    alone,            ///< one column against all others, two at least
    unsupported,      ///< calibration has found that somebody lacks what the case needs
};

namespace names {
inline constexpr auto view =
    table<View>(Row<View>{View::all, "all"}, Row<View>{View::differs, "differs"},
                Row<View>{View::fails, "fails"}, Row<View>{View::everyone_fails, "everyone-fails"},
                Row<View>{View::reference_fails, "reference-fails"},
                Row<View>{View::alone, "alone"}, Row<View>{View::unsupported, "unsupported"});
}  // namespace names

bool is_in(View view, Matrix const& matrix, Row const& row);

/// The column that was judged otherwise than all others, where these agree and are two at least.
std::optional<std::size_t> alone_in(Row const& row);

}  // namespace wsproof::report
