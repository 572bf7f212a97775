// A file of packets (draft-ietf-opsawg-pcapng): one section, one interface, raw IP, microseconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::report {

class PcapFile {
public:
    explicit PcapFile(std::string_view written_by);

    /// `whole`: how long the packet was, of which `bytes` are the beginning.
    void add(std::chrono::microseconds since_1970, wire::ByteView bytes, std::size_t whole,
             std::string_view comment);
    std::string take() { return std::move(text_); }

private:
    void block(std::uint32_t type, std::string const& body);

    std::string text_ = {};
};

}  // namespace wsproof::report
