#include "fuzz/reference_in_place.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "reference_impl/protocol/rules.hpp"
#include "reference_impl/wire/block_walker.hpp"

namespace wsproof::fuzz {
namespace {

using reference::Fault;
using script::FrameOutput;

/// The row of the tables that says so; nothing for what no table says.
std::optional<Fault> fault_behind(std::string_view says) {
    for (auto const& rule : reference::header_rules())
        if (rule.violation.says == says) return rule.unless;
    for (auto const& rule : reference::close_rules())
        if (rule.violation.says == says) return rule.unless;
    for (auto const& rule : reference::message_rules())
        if (rule.violation.says == says) return rule.unless;
    return std::nullopt;
}

/// Of a frame that lacks its end nobody can tell when somebody looks at it.
bool is_whole(wire::ByteView bytes) {
    auto const decoded = wire::decode_header(bytes);
    return decoded && decoded->header.payload_length == bytes.size() - decoded->size;
}

/// RFC 1951 3.2.3: BTYPE 11 is an error.
bool begins_with_reserved_block(wire::ByteView data) {
    return !data.empty() && (std::to_integer<unsigned>(data.front()) & 0x6U) == 0x6U;
}

bool is_corrupt(wire::ByteView data, bool all_there) {
    wire::BlockWalker walker;
    walker.feed(data);
    if (all_there) walker.feed(wire::removed_tail);
    return walker.walk().corrupt;
}

bool is_about_text(Told const& told) {
    return told.failure && (told.failure->fault == Fault::accepts_invalid_utf8 ||
                            told.failure->fault == Fault::accepts_unfinished_utf8);
}

bool is_about_the_length(Told const& told) {
    return told.failure && told.failure->fault == Fault::accepts_64_bit_msb;
}

reference::Options options(std::string const& extension) {
    reference::Options options;
    options.deflate.enabled = !extension.empty();
    return options;
}

std::uint64_t size_class(std::size_t size) {
    constexpr std::array<std::size_t, 8> borders{0, 1, 2, 124, 125, 126, 65535, 65536};
    return static_cast<std::uint64_t>(std::ranges::upper_bound(borders, size) - borders.begin());
}

}  // namespace

ReferenceInPlace::ReferenceInPlace(std::string const& extension)
    : endpoint_(reference::Endpoint::opened(wire::Role::server, options(extension))),
      deflate_(!extension.empty()) {}

Told ReferenceInPlace::feed(FrameOutput const& frame) {
    auto const bytes = play::encode(frame, encoding_, random_);
    endpoint_.receive(bytes);
    Told told;
    for (auto& event : endpoint_.take_events()) take(event, told);
    if (!is_whole(bytes) && !is_about_the_length(told)) told.unclear = true;
    endpoint_.take_output();
    if (!is_clear_deflate(frame, told)) told.unclear = true;
    note_message(frame, told);
    return told;
}

/// Of compressed data that end too early, or go wrong late, inflaters make what they like
/// (docs/verdicts.md): they are clear where they are whole, or wrong from the first block on.
bool ReferenceInPlace::is_clear_deflate(FrameOutput const& frame, Told const& told) {
    if (wire::is_control(frame.opcode)) return true;
    if (frame.opcode != wire::Opcode::continuation) {
        is_compressed_ = deflate_ && frame.rsv1;
        compressed_.clear();
    }
    if (!is_compressed_) return true;
    wire::append(compressed_, payload(frame));
    if (told.failure && told.failure->fault == Fault::accepts_corrupt_deflate)
        return begins_with_reserved_block(compressed_);
    // Whoever inflates all of it first finds the one fault, whoever reads meanwhile the other.
    if (is_about_text(told)) return !is_corrupt(compressed_, frame.fin);
    if (!frame.fin || told.failure) return true;
    // Data that end with a block instead of within the header of an empty one (RFC 7692 7.2.1)
    // stop, with the tail behind them, within a block as well: some inflaters stumble in the next
    // message.
    wire::BlockWalker walker;
    walker.feed(compressed_);
    auto const size = walker.walk().inflated_size;
    walker.feed(wire::removed_tail);
    walker.finish();
    // Nor is that clear whose last block takes the tail for its data.
    bool const is_whole = !walker.walk().corrupt && walker.walk().inflated_size == size;
    // Without any data zlib waits for the rest of a block (deflate/no-payload-with-rsv1).
    return !compressed_.empty() && is_whole;
}

void ReferenceInPlace::take(reference::Event& event, Told& told) {
    if (auto* const received = std::get_if<reference::event::Received>(&event)) {
        auto const is_text = received->message.kind == reference::MessageKind::text;
        endpoint_.send(received->message);  // the application echoes
        told.messages.push_back({is_text ? wire::Opcode::text : wire::Opcode::binary,
                                 std::move(received->message.data)});
    } else if (auto* const pinged = std::get_if<reference::event::Pinged>(&event)) {
        told.pings.push_back(std::move(pinged->data));
    } else if (auto const* close = std::get_if<reference::event::CloseReceived>(&event)) {
        told.close = true;
        told.close_code = close->code;
    } else if (auto const* failed = std::get_if<reference::event::Failed>(&event)) {
        auto const fault = fault_behind(failed->reason);
        // How much somebody takes is its own affair (10.4).
        told.unclear = !fault || *fault == Fault::accepts_too_big_messages;
        if (!told.unclear) told.failure = Told::Failure{*fault, failed->code, failed->reason};
    }
}

void ReferenceInPlace::note_message(FrameOutput const& frame, Told const& told) {
    if (told.is_end() || wire::is_control(frame.opcode)) return;
    if (frame.opcode != wire::Opcode::continuation) under_way_ = frame.opcode;
    if (frame.fin) under_way_ = wire::Opcode::continuation;
}

std::uint64_t packed(FrameOutput const& frame, std::size_t size, wire::Opcode under_way,
                     bool deflate, Told const& told) {
    std::uint64_t bits = 0;
    auto const put = [&](std::uint64_t value, unsigned width) { bits = bits << width | value; };
    put(deflate, 1);
    put(static_cast<std::uint64_t>(under_way), 4);
    put(static_cast<std::uint64_t>(frame.opcode), 4);
    put(frame.fin, 1);
    put(frame.rsv1, 1);
    put(frame.rsv2, 1);
    put(frame.rsv3, 1);
    put(frame.mask == FrameOutput::Mask::none, 1);
    put(frame.length_bits ? 1 + static_cast<std::uint64_t>(*frame.length_bits) : 0, 2);
    put(frame.declares.has_value(), 1);
    put(size_class(size), 4);
    put(std::min<std::size_t>(told.messages.size(), 1), 1);
    put(std::min<std::size_t>(told.pings.size(), 1), 1);
    put(told.close, 1);
    put(told.close_code.value_or(0), 16);
    put(told.failure ? 1 + static_cast<std::uint64_t>(told.failure->fault) : 0, 10);
    return bits;
}

}  // namespace wsproof::fuzz
