#include "reports/html/section_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wsproof::report {
namespace {

using SectionName = std::pair<std::string_view, std::string_view>;

constexpr std::array rfc_6455{
    SectionName{"1.3", "Opening Handshake"},
    SectionName{"1.4", "Closing Handshake"},
    SectionName{"1.6", "Security Model"},
    SectionName{"1.7", "Relationship to TCP and HTTP"},
    SectionName{"1.9", "Subprotocols Using the WebSocket Protocol"},
    SectionName{"2", "Conformance Requirements"},
    SectionName{"3", "WebSocket URIs"},
    SectionName{"4.1", "Client Requirements"},
    SectionName{"4.2.1", "Reading the Client's Opening Handshake"},
    SectionName{"4.2.2", "Sending the Server's Opening Handshake"},
    SectionName{"4.3", "Collected ABNF for New Header Fields Used in Handshake"},
    SectionName{"4.4", "Supporting Multiple Versions of WebSocket Protocol"},
    SectionName{"5.1", "Data Framing: Overview"},
    SectionName{"5.2", "Base Framing Protocol"},
    SectionName{"5.3", "Client-to-Server Masking"},
    SectionName{"5.4", "Fragmentation"},
    SectionName{"5.5", "Control Frames"},
    SectionName{"5.5.1", "Close"},
    SectionName{"5.5.2", "Ping"},
    SectionName{"5.5.3", "Pong"},
    SectionName{"5.6", "Data Frames"},
    SectionName{"6.1", "Sending Data"},
    SectionName{"6.2", "Receiving Data"},
    SectionName{"7.1.1", "Close the WebSocket Connection"},
    SectionName{"7.1.5", "The WebSocket Connection Close Code"},
    SectionName{"7.1.7", "Fail the WebSocket Connection"},
    SectionName{"7.2.1", "Client-Initiated Closure"},
    SectionName{"7.2.3", "Recovering from Abnormal Closure"},
    SectionName{"7.3", "Normal Closure of Connections"},
    SectionName{"7.4.1", "Defined Status Codes"},
    SectionName{"7.4.2", "Reserved Status Code Ranges"},
    SectionName{"8.1", "Handling of Errors in UTF-8-Encoded Data"},
    SectionName{"9", "Extensions"},
    SectionName{"9.1", "Negotiating Extensions"},
    SectionName{"10.1", "Non-Browser Clients"},
    SectionName{"10.2", "Origin Considerations"},
    SectionName{"10.3", "Attacks On Infrastructure (Masking)"},
    SectionName{"10.4", "Implementation-Specific Limits"},
    SectionName{"10.5", "WebSocket Client Authentication"},
    SectionName{"10.6", "Connection Confidentiality and Integrity"},
    SectionName{"10.7", "Handling of Invalid Data"},
    SectionName{"11.1.1", "Registration of \"ws\" Scheme"},
    SectionName{"11.3.1", "Sec-WebSocket-Key"},
    SectionName{"11.3.4", "Sec-WebSocket-Protocol"},
    SectionName{"11.3.5", "Sec-WebSocket-Version"},
};

constexpr std::array rfc_7692{
    SectionName{"4", "WebSocket Per-Message Compression Extensions"},
    SectionName{"5", "Extension Negotiation"},
    SectionName{"5.1", "General Negotiation Flow"},
    SectionName{"6", "Framing"},
    SectionName{"6.1", "Compression"},
    SectionName{"6.2", "Decompression"},
    SectionName{"7", "The \"permessage-deflate\" Extension"},
    SectionName{"7.1", "Extension Parameters"},
    SectionName{"7.1.1.1", "The \"server_no_context_takeover\" Extension Parameter"},
    SectionName{"7.1.1.2", "The \"client_no_context_takeover\" Extension Parameter"},
    SectionName{"7.1.2.1", "The \"server_max_window_bits\" Extension Parameter"},
    SectionName{"7.1.2.2", "The \"client_max_window_bits\" Extension Parameter"},
    SectionName{"7.2.1", "Compression"},
    SectionName{"7.2.2", "Decompression"},
    SectionName{"7.3", "Implementation Notes"},
    SectionName{"8", "Security Considerations"},
};

template <std::size_t size>
std::string_view name_in(std::array<SectionName, size> const& names, std::string_view number) {
    auto const* const found = std::ranges::find(names, number, &SectionName::first);
    return found == names.end() ? std::string_view{} : found->second;
}

}  // namespace

std::string_view section_name(std::string_view document, std::string_view number) {
    if (document == "RFC 6455") return name_in(rfc_6455, number);
    if (document == "RFC 7692") return name_in(rfc_7692, number);
    return {};
}

}  // namespace wsproof::report
