// The grammar of `-s`: which variants a run plays (docs/cli.md).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/catalogue.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::run {

/// An expression matches nothing or cannot be read; the words suggest the nearest name.
class SelectError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What expressions choose from.
enum class Breadth : std::uint8_t {
    smoke,     ///< one variant of every case at level must that can run beside others
    ordinary,  ///< everything but limits and slow cases
    full,      ///< everything
};

/// Whose cases, out of which set.
struct Choice {
    std::optional<wire::Role> role = std::nullopt;  ///< of the target; nothing: of either
    Breadth breadth = Breadth::full;
    /// Nothing in the breadth tells the target to stop: that has to be asked for by name.
    bool spares_target = false;
};

/// Expressions: an id or glob ("closing/*", "framing/unmasked-frame#ping"), a tag ("@must",
/// "@deflate"), "rfc:5.5.1", "autobahn:7.9.*"; a leading "!" removes. They are applied from the
/// left to the right. The choice begins empty, but with everything in the breadth if there is no
/// expression or the first one removes. An expression that finds nothing in the breadth chooses
/// from all cases: who names a slow case means it.
std::vector<script::Variant const*> select(script::Catalogue const& catalogue, Choice const& choice,
                                           std::span<std::string const> expressions);
std::vector<script::Variant const*> select(script::Catalogue const& catalogue,
                                           wire::Role target_role,
                                           std::span<std::string const> expressions);

/// The N-th of so many parts of a run. All variants of a case are in one part, and cases that are
/// added move no others.
struct Shard {
    unsigned number = 1;  ///< from 1
    unsigned of = 1;
    bool has(std::string_view case_id) const;
    auto operator<=>(Shard const&) const = default;
};

/// "2/4"; nothing when it is no shard.
std::optional<Shard> parse_shard(std::string_view text);
std::string in_words(Shard shard);

}  // namespace wsproof::run
