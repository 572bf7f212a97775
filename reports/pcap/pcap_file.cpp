#include "reports/pcap/pcap_file.hpp"

#include <algorithm>

namespace wsproof::report {
namespace {

// Types of blocks (4) and options (3.5).
constexpr std::uint32_t section_header = 0x0A0D0D0A;
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t enhanced_packet = 6;
constexpr std::uint16_t comment_option = 1;
constexpr std::uint16_t application_option = 4;  // of the section
constexpr std::uint16_t name_option = 2;         // of the interface
constexpr std::uint16_t raw_ip = 101;            // LINKTYPE_RAW

/// Little endian, as the section says.
void put(std::string& to, std::uint64_t value, std::size_t octets) {
    for (std::size_t n = 0; n < octets; ++n) to += static_cast<char>(value >> (8 * n));
}

void put_padded(std::string& to, std::string_view bytes) {
    to += bytes;
    to.append((4 - bytes.size() % 4) % 4, '\0');
}

void put_option(std::string& to, std::uint16_t code, std::string_view value) {
    constexpr std::size_t longest = 0xFFFF;
    value = value.substr(0, longest);
    put(to, code, 2);
    put(to, value.size(), 2);
    put_padded(to, value);
    put(to, 0, 4);  // the end of the options
}

}  // namespace

PcapFile::PcapFile(std::string_view written_by) {
    std::string header;
    put(header, 0x1A2B3C4D, 4);  // the order of the octets
    put(header, 1, 2);           // version 1.0
    put(header, 0, 2);
    put(header, ~std::uint64_t{0}, 8);  // of unknown length
    put_option(header, application_option, written_by);
    block(section_header, header);

    std::string interface;
    put(interface, raw_ip, 2);
    put(interface, 0, 2);
    put(interface, 0, 4);  // no limit
    put_option(interface, name_option, "wsproof");
    block(interface_description, interface);
}

void PcapFile::add(std::chrono::microseconds since_1970, wire::ByteView bytes, std::size_t whole,
                   std::string_view comment) {
    auto const time = static_cast<std::uint64_t>(since_1970.count());
    std::string packet;
    put(packet, 0, 4);  // the interface
    put(packet, time >> 32U, 4);
    put(packet, time & 0xFFFFFFFFU, 4);
    put(packet, bytes.size(), 4);
    put(packet, std::max(bytes.size(), whole), 4);
    put_padded(packet, wire::as_text(bytes));
    put_option(packet, comment_option, comment);
    block(enhanced_packet, packet);
}

void PcapFile::block(std::uint32_t type, std::string const& body) {
    auto const length = body.size() + 12;  // the type, and the length twice
    put(text_, type, 4);
    put(text_, length, 4);
    text_ += body;
    put(text_, length, 4);
}

}  // namespace wsproof::report
