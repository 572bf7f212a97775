#include "harness/play/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "harness/play/words.hpp"
#include "reference_impl/wire/masking.hpp"

namespace wsproof::play {
namespace {

constexpr std::size_t kept_of_a_body = 4096;

std::optional<std::uint64_t> number_in(std::string_view text, int base) {
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end == text.data()) return std::nullopt;
    return value;
}

void keep(wire::Bytes& body, wire::ByteView piece) {
    auto const room = kept_of_a_body - std::min(kept_of_a_body, body.size());
    wire::append(body, piece.first(std::min(room, piece.size())));
}

}  // namespace

void Reader::feed(wire::ByteView bytes) {
    if (dead_) return;
    raw_ = {};
    if (taken_ != 0) {
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken_));
        taken_ = 0;
    }
    wire::append(buffer_, bytes);
    // A head is read from its start each time: only a line end can make it complete.
    head_may_be_complete_ = head_may_be_complete_ || buffer_.size() < 32 ||
                            buffer_.size() > wire::default_head_limit ||
                            std::ranges::find(bytes, std::byte{'\n'}) != bytes.end();
}

std::optional<Reader::Item> Reader::next() {
    raw_ = {};
    if (dead_ || unfinished() == 0) return std::nullopt;
    if (framing_ != Framing::none || mode_ == Mode::body_to_the_end) return next_body();
    return mode_ == Mode::frames ? next_frame() : next_head();
}

std::optional<Reader::Item> Reader::next_head() {
    if (!head_may_be_complete_) return std::nullopt;
    auto result = wire::parse_head(rest());
    switch (result.state) {
        case wire::HeadState::incomplete:
            head_may_be_complete_ = false;
            return std::nullopt;
        case wire::HeadState::complete:
            take(result.size);
            return std::move(result.head);
        case wire::HeadState::too_long:
            return give_up(fmt::format("an HTTP head of more than {} bytes",
                                       grouped(wire::default_head_limit)));
        case wire::HeadState::not_http:
            break;
    }
    auto const shown = rest().first(std::min<std::size_t>(unfinished(), 64));
    return give_up("something that is no HTTP head: " + payload_in_words(shown));
}

std::optional<Reader::Item> Reader::next_frame() {
    auto const decoded = wire::decode_header(rest());
    if (!decoded) return std::nullopt;
    auto const& header = decoded->header;
    if (header.payload_length > longest_frame) {
        return give_up(fmt::format("a {} frame that declares {} bytes, more than wsproof reads",
                                   wire::name_of(header.opcode), grouped(header.payload_length)));
    }
    auto const size = decoded->size + static_cast<std::size_t>(header.payload_length);
    if (unfinished() < size) {
        buffer_.reserve(taken_ + size);
        return std::nullopt;
    }
    auto const payload = rest().subspan(decoded->size, size - decoded->size);
    Frame frame{header, wire::Bytes(payload.begin(), payload.end())};
    if (header.masking_key) wire::mask(frame.payload, *header.masking_key);
    take(size);
    return frame;
}

void Reader::release() noexcept {
    constexpr std::size_t worth_it = 1U << 20U;
    if (unfinished() != 0 || buffer_.capacity() < worth_it) return;
    raw_ = {};
    wire::Bytes{}.swap(buffer_);
    taken_ = 0;
}

void Reader::read_body(wire::HttpHead const& head) {
    auto const codings = head.elements_of("Transfer-Encoding");
    auto const length = head.value_of("Content-Length");
    last_chunk_ = false;
    body_left_ = 0;
    if (!codings.empty()) {
        framing_ = Framing::chunked;
        if (!wire::equals_ignoring_case(codings.back(), "chunked")) read_as(Mode::body_to_the_end);
    } else if (auto const bytes = length ? number_in(*length, 10) : std::nullopt) {
        framing_ = *bytes == 0 ? Framing::none : Framing::length;
        body_left_ = *bytes;
    } else {
        read_as(Mode::body_to_the_end);
    }
    if (mode_ == Mode::body_to_the_end) framing_ = Framing::none;
}

std::optional<Reader::Item> Reader::next_body() {
    if (framing_ == Framing::chunked) {
        if (!take_chunks(body_)) return std::nullopt;
    } else {
        auto const all = framing_ == Framing::none;
        auto const size =
            all ? unfinished()
                : static_cast<std::size_t>(std::min<std::uint64_t>(unfinished(), body_left_));
        keep(body_, rest().first(size));
        body_left_ -= all ? 0 : size;
        take(size);
        if (!all && body_left_ != 0) return std::nullopt;
    }
    framing_ = Framing::none;
    raw_ = {};
    return Body{std::exchange(body_, {})};
}

/// Takes chunk after chunk (RFC 9112 7.1); true when the last one and the trailers are past.
bool Reader::take_chunks(wire::Bytes& body) {
    while (unfinished() != 0) {
        if (body_left_ != 0) {
            auto const size =
                static_cast<std::size_t>(std::min<std::uint64_t>(unfinished(), body_left_));
            keep(body, rest().first(size));
            body_left_ -= size;
            take(size);
            continue;
        }
        auto const text = wire::as_text(rest());
        auto const end = text.find('\n');
        if (end == std::string_view::npos) return false;
        auto const line =
            wire::trim(text.substr(0, end == 0 || text[end - 1] != '\r' ? end : end - 1));
        auto const size = number_in(line, 16);
        auto const blank = line.empty();
        take(end + 1);
        if (last_chunk_ && blank) return true;
        if (last_chunk_ || blank) continue;  // a trailer; the line end behind a chunk
        last_chunk_ = !size || *size == 0;
        body_left_ = size.value_or(0);
    }
    return false;
}

void Reader::take(std::size_t size) noexcept {
    raw_ = rest().first(size);
    taken_ += size;
    head_may_be_complete_ = true;
}

Reader::Item Reader::give_up(std::string words) {
    take(unfinished());
    dead_ = true;
    return Unreadable{std::move(words)};
}

}  // namespace wsproof::play
