// The case file behind a result, where this program knows it.
#pragma once

#include <optional>
#include <string>

#include "harness/script/catalogue.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

class CaseSources {
public:
    /// The case with its choices put in, as `replay` reads it; empty unless its digest is the one
    /// that the report names, for another version of the case would show something else.
    std::string of(CaseInfo const& info);

private:
    std::optional<script::Catalogue> catalogue_ =
        std::nullopt;  ///< read when it is first asked for
};

}  // namespace wsproof::report
