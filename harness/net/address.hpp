// Where a target lives: the addresses of its name, and a connection to one of them.
#pragma once

#include <sys/socket.h>

#include <string>
#include <vector>

#include "harness/net/socket.hpp"
#include "harness/net/target.hpp"

namespace wsproof::net {

struct Address {
    sockaddr_storage storage = {};
    socklen_t size = 0;
    std::string words = {};  ///< "127.0.0.1:9001", "[::1]:9001", "unix socket /run/x"
};

/// Throws play::Unreachable when the name has no address.
std::vector<Address> resolve(Url const& url, Family family);

/// Throws std::runtime_error when the path is too long for a socket.
Address unix_address(std::string const& path);

/// Throws play::Unreachable with what went wrong and the cure.
Socket connect_to(Address const& address, play::Deadline deadline);

}  // namespace wsproof::net
