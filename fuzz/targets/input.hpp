// An input taken apart from the front: choices first, a byte each, then what they are about.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::fuzz {

class Input {
public:
    explicit Input(wire::ByteView data) : data_(data) {}

    /// 0 at the end, so that a short input is one with fewer choices.
    unsigned byte() {
        if (data_.empty()) return 0;
        auto const first = std::to_integer<unsigned>(data_.front());
        data_ = data_.subspan(1);
        return first;
    }
    /// At most so many.
    wire::ByteView take(std::size_t size) {
        auto const front = data_.first(std::min(size, data_.size()));
        data_ = data_.subspan(front.size());
        return front;
    }
    wire::ByteView rest() const { return data_; }
    std::string_view text() const { return wire::as_text(data_); }
    bool empty() const { return data_.empty(); }

private:
    wire::ByteView data_;
};

/// The bits that a byte of choices is made of.
constexpr bool has_bit(unsigned choices, unsigned bit) {
    return (choices >> bit & 1U) != 0;
}

}  // namespace wsproof::fuzz
