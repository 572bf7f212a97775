// permessage-deflate (RFC 7692 7): negotiation for both roles, and the two contexts of a
// connection.
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "reference_impl/wire/extensions.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::reference {

inline constexpr std::string_view permessage_deflate_name = "permessage-deflate";

/// What both sides have agreed on (7.1).
struct DeflateAgreement {
    bool server_no_context_takeover = false;
    bool client_no_context_takeover = false;
    int server_max_window_bits = 15;
    int client_max_window_bits = 15;
};

struct DeflateAnswer {
    DeflateAgreement agreement = {};
    wire::Extension element = {};  ///< of the response
};

/// Server: the first offer that can be accepted, and what to answer (5, 7.1).
std::optional<DeflateAnswer> accept_offer(std::vector<wire::Extension> offers,
                                          DeflateOptions const& options, Faults const& faults);

/// Client: what to offer.
wire::Extension make_offer(DeflateOptions const& options);

/// Client: what a response agrees to; nothing when the response is not valid for that offer (7).
std::optional<DeflateAgreement> read_answer(wire::Extension const& element,
                                            DeflateOptions const& options, Faults const& faults);

/// The compression context of one direction and the decompression context of the other.
class PermessageDeflate {
public:
    PermessageDeflate(wire::Role role, DeflateAgreement const& agreement, int level,
                      Faults const& faults);

    /// The payload data of one message (7.2.1).
    wire::Bytes compress(wire::ByteView message);

    /// A piece of a message; see wire::Inflater.
    wire::InflateStatus inflate(wire::ByteView piece, wire::Bytes& to, std::size_t limit);
    /// The end of a message: the tail is put back (7.2.2).
    wire::InflateStatus finish(wire::Bytes& to, std::size_t limit);
    /// Empties the window of what the peer has sent.
    void forget() { inflater().reset(); }

private:
    wire::Inflater& inflater();
    wire::InflateStatus inflate_kept(wire::Bytes& to, std::size_t limit);
    bool refuses(wire::BlockWalk const& walk) const;
    bool keeps_payload_;  ///< only mutants look at whole payloads
    wire::Bytes kept_ = {};
    bool keeps_own_context_;
    bool keeps_peers_context_;
    Faults faults_;
    // Made when first needed: most connections are idle, and a context takes 300 KiB.
    int own_bits_;
    int level_;
    int peers_bits_;
    std::optional<wire::Deflater> deflater_ = std::nullopt;
    std::optional<wire::Inflater> inflater_ = std::nullopt;
};

}  // namespace wsproof::reference
