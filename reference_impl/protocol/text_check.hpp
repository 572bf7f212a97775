// Whether a text is UTF-8, as the endpoint judges it: like RFC 3629, or with a planted gap.
#pragma once

#include <cstddef>
#include <cstdint>

#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::reference {

/// Reads UTF-8 by the bits alone and checks what a character may not be in separate steps, so that
/// each of them can be left out.
class GappyUtf8 {
public:
    explicit GappyUtf8(Faults const& faults) : faults_{faults} {}
    bool feed(wire::ByteView bytes);
    bool complete() const { return possible_ && pending_ == 0; }

private:
    bool begin_character(unsigned byte);
    bool may_be(std::uint32_t character) const;

    Faults faults_;
    std::uint32_t character_ = 0;
    unsigned size_ = 0;     ///< bytes of the character
    unsigned pending_ = 0;  ///< of those, still to come
    bool possible_ = true;
};

class TextCheck {
public:
    explicit TextCheck(Faults const& faults);

    bool feed(wire::ByteView bytes) {
        if (faults_.has(Fault::checks_only_the_beginning_of_texts)) bytes = beginning(bytes);
        possible_ = has_gap_ ? gappy_.feed(bytes) : strict_.feed(bytes);
        return possible_;
    }
    bool possible() const { return possible_; }
    bool complete() const { return has_gap_ ? gappy_.complete() : strict_.complete(); }
    void reset();

private:
    wire::ByteView beginning(wire::ByteView bytes);

    Faults faults_;
    bool has_gap_;
    bool possible_ = true;
    std::size_t fed_ = 0;  ///< only a mutant asks
    wire::Utf8Validator strict_;
    GappyUtf8 gappy_;
};

}  // namespace wsproof::reference
