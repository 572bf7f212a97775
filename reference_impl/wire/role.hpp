// Who is who in a connection (RFC 6455 1.5, 2).
#pragma once

#include <cstdint>

namespace wsproof::wire {

enum class Role : std::uint8_t { client, server };

constexpr Role other(Role role) noexcept {
    return role == Role::client ? Role::server : Role::client;
}

}  // namespace wsproof::wire
