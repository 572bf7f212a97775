// Opcodes (RFC 6455 5.2, 11.8).
#pragma once

#include <cstdint>
#include <string_view>

namespace wsproof::wire {

enum class Opcode : std::uint8_t {
    continuation = 0x0,
    text = 0x1,
    binary = 0x2,
    // 0x3 to 0x7 are reserved for further data frames
    close = 0x8,
    ping = 0x9,
    pong = 0xA,
    // 0xB to 0xF are reserved for further control frames
};

/// True for opcodes of control frames, defined or reserved: the most significant bit decides (5.5).
constexpr bool is_control(Opcode opcode) noexcept {
    return (static_cast<std::uint8_t>(opcode) & 0x8U) != 0;
}

constexpr bool is_defined(Opcode opcode) noexcept {
    auto const value = static_cast<std::uint8_t>(opcode);
    return value <= 0x2 || (value >= 0x8 && value <= 0xA);
}

/// The RFC's name of a defined opcode; "reserved" for the others.
constexpr std::string_view name_of(Opcode opcode) noexcept {
    switch (opcode) {
        case Opcode::continuation:
            return "continuation";
        case Opcode::text:
            return "text";
        case Opcode::binary:
            return "binary";
        case Opcode::close:
            return "close";
        case Opcode::ping:
            return "ping";
        case Opcode::pong:
            return "pong";
    }
    return "reserved";
}

}  // namespace wsproof::wire
