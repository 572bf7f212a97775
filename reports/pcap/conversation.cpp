#include "reports/pcap/conversation.hpp"

#include <algorithm>

namespace wsproof::report {
namespace {

using std::chrono::microseconds;

// RFC 9293 3.1.
constexpr std::uint8_t fin_flag = 0x01;
constexpr std::uint8_t syn_flag = 0x02;
constexpr std::uint8_t reset_flag = 0x04;
constexpr std::uint8_t push_flag = 0x08;
constexpr std::uint8_t ack_flag = 0x10;

constexpr std::size_t longest_segment = 1460;
constexpr std::size_t longest_gap = 65'000;  // so many octets may be missing from one packet
constexpr std::size_t most_gaps = 16;  // packets; beyond, a reader sees that octets are missing
constexpr std::size_t ip_header = 20;
constexpr std::size_t tcp_header = 20;
constexpr std::uint8_t tcp_protocol = 6;

constexpr std::uint32_t documentation = 0xC0000200;  // 192.0.2.0/24 (RFC 5737)
constexpr std::uint32_t first_port = 10'000;
constexpr std::uint32_t ports = 50'000;

/// Network byte order.
void append(wire::Bytes& to, std::uint32_t value, std::size_t octets) {
    for (auto n = octets; n-- > 0;) to.push_back(static_cast<std::byte>(value >> (8 * n)));
}

/// RFC 1071: the ones' complement of the sum of all pairs of octets.
std::uint16_t checksum(wire::ByteView bytes) {
    std::uint32_t sum = 0;
    for (std::size_t n = 0; n < bytes.size(); ++n)
        sum += std::to_integer<std::uint32_t>(bytes[n]) << (n % 2 == 0 ? 8U : 0U);
    while (sum > 0xFFFF) sum = (sum & 0xFFFFU) + (sum >> 16U);
    return static_cast<std::uint16_t>(~sum);
}

void set(wire::Bytes& bytes, std::size_t at, std::uint16_t value) {
    bytes[at] = static_cast<std::byte>(value >> 8U);
    bytes[at + 1] = static_cast<std::byte>(value & 0xFFU);
}

wire::Bytes ip_header_of(std::uint32_t from, std::uint32_t to, std::size_t length) {
    wire::Bytes header;
    append(header, 0x4500, 2);  // version 4, five words
    append(header, static_cast<std::uint32_t>(length), 2);
    append(header, 0x00004000, 4);                           // do not fragment
    append(header, 0x40000000U | (tcp_protocol << 16U), 4);  // time to live 64
    append(header, from, 4);
    append(header, to, 4);
    set(header, 10, checksum(header));
    return header;
}

}  // namespace

TcpConversation::TcpConversation(PcapFile& file, std::uint32_t number)
    : file_(file),
      client_{.address = documentation + 1 + number / ports % 250,
              .port = static_cast<std::uint16_t>(first_port + number % ports),
              .next = 1000},
      server_{.address = documentation + 254, .port = 80, .next = 5000} {}

void TcpConversation::open(microseconds time, std::string const& comment) {
    segment(time, Side::client, {.flags = syn_flag}, comment);
    segment(time, Side::server, {.flags = syn_flag | ack_flag}, comment);
    segment(time, Side::client, {.flags = ack_flag}, comment);
}

void TcpConversation::data(microseconds time, Side from, wire::ByteView bytes,
                           std::uint64_t omitted, std::string const& comment) {
    auto const front = omitted == 0 ? bytes.size() : (bytes.size() + 1) / 2;
    auto const whole = [&](wire::ByteView part) {
        for (std::size_t at = 0; at < part.size(); at += longest_segment) {
            auto const payload = part.subspan(at, std::min(longest_segment, part.size() - at));
            segment(time, from, {push_flag | ack_flag, payload, payload.size()}, comment);
        }
    };
    whole(bytes.first(front));
    auto left = omitted;
    for (std::size_t n = 0; n < most_gaps && left != 0; ++n) {
        auto const length = static_cast<std::size_t>(std::min<std::uint64_t>(longest_gap, left));
        segment(time, from, {ack_flag, {}, length}, comment);
        left -= length;
    }
    end(from).next += static_cast<std::uint32_t>(left);
    whole(bytes.subspan(front));
}

void TcpConversation::fin(microseconds time, Side from, std::string const& comment) {
    if (over_ || end(from).ended) return;
    segment(time, from, {.flags = fin_flag | ack_flag}, comment);
    end(from).ended = true;
    segment(time, from == Side::client ? Side::server : Side::client, {.flags = ack_flag}, comment);
}

void TcpConversation::reset(microseconds time, Side from, std::string const& comment) {
    if (over_) return;
    segment(time, from, {.flags = reset_flag | ack_flag}, comment);
    over_ = true;
}

void TcpConversation::close(microseconds time, std::string const& comment) {
    fin(time, Side::client, comment);
    fin(time, Side::server, comment);
}

void TcpConversation::segment(microseconds time, Side from, Segment const& segment,
                              std::string const& comment) {
    auto& sender = end(from);
    auto const& receiver = end(from == Side::client ? Side::server : Side::client);
    auto const bytes = packet(sender, receiver, segment);
    file_.add(time, bytes, ip_header + tcp_header + segment.length, comment);
    bool const takes_one = (segment.flags & (syn_flag | fin_flag)) != 0;
    sender.next += static_cast<std::uint32_t>(segment.length) + (takes_one ? 1 : 0);
}

wire::Bytes TcpConversation::packet(End const& from, End const& to, Segment const& segment) const {
    auto const length = tcp_header + segment.length;
    wire::Bytes tcp;
    append(tcp, from.port, 2);
    append(tcp, to.port, 2);
    append(tcp, from.next, 4);
    append(tcp, (segment.flags & ack_flag) != 0 ? to.next : 0, 4);
    append(tcp, 0x5000U | segment.flags, 2);  // five words
    append(tcp, 0xFFFF, 2);                   // the window
    append(tcp, 0, 4);                        // checksum, no urgent data
    wire::append(tcp, segment.payload);
    if (segment.payload.size() == segment.length) {  // of what is not there is no sum
        wire::Bytes summed;
        append(summed, from.address, 4);
        append(summed, to.address, 4);
        append(summed, tcp_protocol, 2);
        append(summed, static_cast<std::uint32_t>(length), 2);
        wire::append(summed, tcp);
        set(tcp, 16, checksum(summed));
    }
    auto bytes = ip_header_of(from.address, to.address, ip_header + length);
    wire::append(bytes, tcp);
    return bytes;
}

}  // namespace wsproof::report
