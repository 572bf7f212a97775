// One TCP conversation over IPv4 (RFC 9293, RFC 791), made up packet by packet.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "reports/pcap/pcap_file.hpp"

namespace wsproof::report {

enum class Side : std::uint8_t { client, server };

class TcpConversation {
public:
    /// Every conversation of a file has its number, which its addresses are made of.
    TcpConversation(PcapFile& file, std::uint32_t number);

    void open(std::chrono::microseconds time, std::string const& comment);
    /// In segments. `omitted` octets of the middle are there as packets without them.
    void data(std::chrono::microseconds time, Side from, wire::ByteView bytes,
              std::uint64_t omitted, std::string const& comment);
    void fin(std::chrono::microseconds time, Side from, std::string const& comment);
    void reset(std::chrono::microseconds time, Side from, std::string const& comment);
    /// Whoever has not ended their side does now.
    void close(std::chrono::microseconds time, std::string const& comment);

private:
    struct End {
        std::uint32_t address = 0;
        std::uint16_t port = 0;
        std::uint32_t next = 0;  ///< sequence number of the next octet
        bool ended = false;
    };
    struct Segment {
        std::uint8_t flags = 0;
        wire::ByteView payload = {};
        std::size_t length = 0;  ///< of the payload, of which some may be left out
    };

    End& end(Side side) { return side == Side::client ? client_ : server_; }
    void segment(std::chrono::microseconds time, Side from, Segment const& segment,
                 std::string const& comment);
    wire::Bytes packet(End const& from, End const& to, Segment const& segment) const;

    PcapFile& file_;
    End client_;
    End server_;
    bool over_ = false;  ///< reset
};

}  // namespace wsproof::report
