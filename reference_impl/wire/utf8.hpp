// Incremental UTF-8 validation (RFC 3629, as RFC 6455 8.1 asks for).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::wire {

/// Reads a text in pieces and names the first byte after which no continuation could make it valid.
class Utf8Validator {
public:
    /// False at the first impossible byte; later calls stay false.
    bool feed(ByteView bytes) noexcept;

    /// True when everything so far is valid and no character is unfinished.
    bool complete() const noexcept { return state_ == 0; }

    /// Position of the impossible byte, counted from the start of the text; nothing while all is
    /// well.
    std::optional<std::uint64_t> error_position() const noexcept { return error_position_; }

    void reset() noexcept { *this = Utf8Validator{}; }

private:
    std::uint32_t state_ = 0;
    std::uint64_t position_ = 0;
    std::optional<std::uint64_t> error_position_ = std::nullopt;
};

/// A whole text at once.
bool is_valid_utf8(ByteView bytes) noexcept;

}  // namespace wsproof::wire
