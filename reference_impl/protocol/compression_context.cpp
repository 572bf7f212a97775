// The contexts of a connection with permessage-deflate (RFC 7692 7.2).
#include <algorithm>
#include <iterator>
#include <utility>

#include "reference_impl/protocol/permessage_deflate.hpp"

namespace wsproof::reference {
namespace {

int own_bits(wire::Role role, DeflateAgreement const& agreement, Faults const& faults) {
    if (role == wire::Role::client) return agreement.client_max_window_bits;
    if (faults.has(Fault::ignores_server_window_bits)) return 15;
    if (faults.has(Fault::uses_one_window_bit_more))
        return std::min(agreement.server_max_window_bits + 1, 15);
    return agreement.server_max_window_bits;
}

int peers_bits(wire::Role role, DeflateAgreement const& agreement, Faults const& faults) {
    if (faults.has(Fault::inflates_with_a_small_window)) return 9;
    return role == wire::Role::client ? agreement.server_max_window_bits
                                      : agreement.client_max_window_bits;
}

}  // namespace

PermessageDeflate::PermessageDeflate(wire::Role role, DeflateAgreement const& agreement, int level,
                                     Faults const& faults)
    : keeps_payload_{faults.has(Fault::refuses_final_blocks) ||
                     faults.has(Fault::stops_at_final_blocks) ||
                     faults.has(Fault::loses_context_at_final_blocks) ||
                     faults.has(Fault::refuses_stored_blocks) ||
                     faults.has(Fault::refuses_dynamic_blocks) ||
                     faults.has(Fault::refuses_the_longest_distance)},
      keeps_own_context_{role == wire::Role::server ? !agreement.server_no_context_takeover
                                                    : !agreement.client_no_context_takeover},
      keeps_peers_context_{role == wire::Role::server ? !agreement.client_no_context_takeover
                                                      : !agreement.server_no_context_takeover},
      faults_{faults},
      own_bits_{own_bits(role, agreement, faults)},
      level_{level},
      peers_bits_{peers_bits(role, agreement, faults)} {
    if (faults.has(Fault::keeps_context_despite_no_takeover)) keeps_own_context_ = true;
    if (faults.has(Fault::resets_context_despite_takeover)) keeps_peers_context_ = false;
}

namespace {

template <typename Predicate>
wire::ByteView shortest_with(wire::ByteView payload, Predicate holds) {
    for (std::size_t size = 1; size < payload.size(); ++size)
        if (holds(wire::walk_blocks(payload.first(size)))) return payload.first(size);
    return payload;
}

}  // namespace

wire::Bytes PermessageDeflate::compress(wire::ByteView message) {
    if (!deflater_) deflater_.emplace(own_bits_, level_);
    auto payload = deflater_->compress(message);
    if (!keeps_own_context_) deflater_->reset();
    if (faults_.has(Fault::sends_zlib_header)) {
        constexpr std::byte zlib[]{std::byte{0x78}, std::byte{0x9C}};
        payload.insert(payload.begin(), std::begin(zlib), std::end(zlib));
    }
    return payload;
}

wire::Inflater& PermessageDeflate::inflater() {
    if (!inflater_) inflater_.emplace(peers_bits_);
    return *inflater_;
}

wire::InflateStatus PermessageDeflate::inflate(wire::ByteView piece, wire::Bytes& to,
                                               std::size_t limit) {
    if (!keeps_payload_) return inflater().feed(piece, to, limit);
    if (kept_.size() < limit) wire::append(kept_, piece);
    return wire::InflateStatus::ok;
}

wire::InflateStatus PermessageDeflate::finish(wire::Bytes& to, std::size_t limit) {
    if (keeps_payload_) return inflate_kept(to, limit);
    auto const result = inflater().finish(to, limit);
    if (!keeps_peers_context_) inflater().reset();
    return result;
}

/// The mistakes that mutants make with blocks: zlib stops at a block with BFINAL, and whoever calls
/// it once per message never sees what follows.
wire::InflateStatus PermessageDeflate::inflate_kept(wire::Bytes& to, std::size_t limit) {
    auto const payload = std::exchange(kept_, {});
    auto const walk = wire::walk_blocks(payload);
    if (refuses(walk)) return wire::InflateStatus::corrupt;
    wire::ByteView read{payload};
    if (faults_.has(Fault::stops_at_final_blocks) && walk.final_blocks > 0)
        read = shortest_with(read, [](auto const& w) { return w.final_blocks > 0; });
    auto result = inflater().feed(read, to, limit);
    bool const whole = read.size() == payload.size();
    if (whole && result == wire::InflateStatus::ok) result = inflater().finish(to, limit);
    bool const ended = faults_.has(Fault::loses_context_at_final_blocks) && walk.final_blocks > 0;
    if (!keeps_peers_context_ || ended) inflater().reset();
    return result;
}

bool PermessageDeflate::refuses(wire::BlockWalk const& walk) const {
    if (faults_.has(Fault::refuses_final_blocks)) return walk.final_blocks > 0;
    if (faults_.has(Fault::refuses_stored_blocks)) return walk.stored > 0;
    if (faults_.has(Fault::refuses_dynamic_blocks)) return walk.dynamic > 0;
    auto const window = std::uint32_t{1} << static_cast<unsigned>(peers_bits_);
    return faults_.has(Fault::refuses_the_longest_distance) && walk.longest_distance == window;
}

}  // namespace wsproof::reference
