// Properties that hold for every input: how it is cut changes nothing, garbage does no harm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;

/// Legal and illegal streams, put together from a seed.
class Streams {
public:
    explicit Streams(std::uint64_t seed) : random_{seed} {}

    unsigned below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }
    bool rarely() { return below(16) == 0; }

    wire::Bytes bytes(std::size_t size) {
        wire::Bytes data(size);
        for (auto& byte : data) byte = std::byte(below(256));
        return data;
    }

    wire::Bytes frame(wire::Role sender) {
        constexpr std::array opcodes{0x0U, 0x1U, 0x2U, 0x8U, 0x9U, 0xAU};
        constexpr std::array sizes{0U, 1U, 5U, 125U, 126U, 300U};
        wire::FrameHeader header;
        auto const opcode = rarely() ? below(16) : opcodes[below(rarely() ? 6 : 3)];
        header.opcode = static_cast<wire::Opcode>(opcode);
        header.fin = below(3) != 0;
        header.rsv1 = below(4) == 0;
        header.rsv2 = rarely() && rarely();
        auto payload = payload_of(header, sizes[below(sizes.size())]);
        header.payload_length = payload.size();
        header.length_form = wire::minimal_form(payload.size());
        if (rarely() && rarely()) header.length_form = wire::LengthForm::bits_64;
        if ((sender == wire::Role::client) != (rarely() && rarely()))
            header.masking_key = wire::MaskingKey{std::byte(below(256)), std::byte{1}};
        return wire::encode_frame(header, payload);
    }

    wire::Bytes stream(wire::Role sender) {
        wire::Bytes all;
        for (auto count = below(12); count > 0; --count) wire::append(all, frame(sender));
        if (rarely()) wire::append(all, bytes(below(64)));
        for (auto count = below(4); rarely() && count > 0 && !all.empty(); --count)
            all[below(static_cast<unsigned>(all.size()))] = std::byte(below(256));
        return all;
    }

private:
    wire::Bytes payload_of(wire::FrameHeader const& header, std::size_t size) {
        if (is_control(header.opcode)) size = std::min<std::size_t>(size, rarely() ? 126 : 125);
        if (header.opcode == wire::Opcode::close)
            return close_frame(rarely() ? below(65536) : 1000U + below(16)).payload;
        if (header.rsv1) return rarely() ? bytes(size) : hex("f248cdc9c90700");
        if (rarely()) return bytes(size);
        wire::Bytes text;
        while (text.size() < size)
            wire::append(text, wire::as_bytes("\xCE\xBA"
                                              "a\xE2\x82\xAC"));
        text.resize(size);
        return text;
    }

    std::mt19937_64 random_;
};

Outcome played(wire::Role role, std::string_view extensions, wire::ByteView bytes,
               std::size_t piece) {
    auto endpoint = opened(role, {.max_message_size = 1000}, {}, extensions);
    auto outcome = feed(endpoint, bytes, piece);
    endpoint.receive_end();
    for (auto const& event : endpoint.take_events()) outcome.events.push_back(describe(event));
    wire::append(outcome.output, endpoint.take_output());
    return outcome;
}

TEST(Delivery, ChangesNothing) {
    std::size_t failed = 0;
    std::size_t with_messages = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        auto const role = seed % 3 == 0 ? wire::Role::client : wire::Role::server;
        std::string_view const extensions = seed % 2 == 0 ? "permessage-deflate" : "";
        auto const bytes = Streams{seed}.stream(wire::other(role));
        auto const whole = played(role, extensions, bytes, 0);
        for (std::size_t const piece : {1U, 2U, 3U, 7U}) {
            auto const cut = played(role, extensions, bytes, piece);
            // Echoes that a failure overtakes in one read have left before it in two.
            ASSERT_EQ(cut.events, whole.events) << seed << " " << piece;
            ASSERT_EQ(cut.transport_closes, whole.transport_closes) << seed;
            auto const is_failure = [](auto const& e) { return e.starts_with("failed"); };
            if (std::none_of(whole.events.begin(), whole.events.end(), is_failure)) {
                ASSERT_EQ(frames_in(cut.output).size(), frames_in(whole.output).size()) << seed;
            }
        }
        for (auto const& event : whole.events) {
            failed += event.starts_with("failed") ? 1U : 0U;
            with_messages += event.starts_with("text") ? 1U : 0U;
        }
    }
    EXPECT_GT(failed, 250U);
    EXPECT_GT(with_messages, 250U);
}

/// Output after its first Close, apart from that Close.
void expect_silence_after_close(wire::Bytes const& output, std::uint64_t seed) {
    auto const frames = frames_in(output);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (frames[i].opcode != wire::Opcode::close) continue;
        EXPECT_EQ(i + 1, frames.size()) << seed;
        auto const code = close_code_in(output);
        EXPECT_TRUE(code == 0 || wire::may_be_sent(static_cast<wire::StatusCode>(code))) << seed;
    }
}

TEST(Delivery, OfGarbageDoesNoHarm) {
    for (std::uint64_t seed = 0; seed < 16000; ++seed) {
        Streams streams{seed + 1000000};
        auto const role = seed % 3 == 0 ? wire::Role::client : wire::Role::server;
        Endpoint endpoint{role, {.max_message_size = 4096, .max_head_size = 512}};
        bool const opens = seed % 8 != 0;
        if (opens)
            endpoint = opened(role, {.max_message_size = 4096}, {},
                              seed % 2 == 0 ? "permessage-deflate" : "");
        endpoint.take_output();
        wire::Bytes output;
        for (int reads = 0; reads < 3; ++reads) {
            auto const bytes = streams.rarely() ? streams.bytes(streams.below(200))
                                                : streams.stream(wire::other(role));
            wire::append(output, feed(endpoint, bytes, 1 + streams.below(100)).output);
        }
        endpoint.receive_end();
        wire::append(output, endpoint.take_output());
        if (opens) expect_silence_after_close(output, seed);
        EXPECT_EQ(endpoint.state(), State::closed);
        EXPECT_TRUE(endpoint.transport_should_close());
    }
}

TEST(Delivery, OfGarbageToMutantsDoesNoHarmEither) {
    for (std::size_t fault = 0; fault < fault_count; ++fault)
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            Streams streams{seed + 1000 * fault};
            auto const role = seed % 3 == 0 ? wire::Role::client : wire::Role::server;
            Endpoint endpoint{role, {.max_message_size = 4096}, Faults{static_cast<Fault>(fault)}};
            endpoint.receive(
                wire::as_bytes(request({{"Sec-WebSocket-Extensions", "permessage-deflate"}})));
            std::size_t sent = 0;
            for (int reads = 0; reads < 3; ++reads) {
                auto const bytes = streams.stream(wire::other(role));
                sent += feed(endpoint, bytes, 1 + streams.below(100)).output.size();
            }
            endpoint.receive_end();
            EXPECT_LT(sent, 100000U) << name_of(static_cast<Fault>(fault));
        }
}

TEST(Delivery, OfBrokenRequestsDoesNoHarm) {
    for (std::uint64_t seed = 0; seed < 10000; ++seed) {
        Streams streams{seed};
        auto bytes = wire::to_bytes(
            request({{"Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=9"},
                     {"Sec-WebSocket-Protocol", "a, b"}}));
        for (auto changes = 1 + streams.below(3); changes > 0; --changes)
            bytes[streams.below(static_cast<unsigned>(bytes.size()))] =
                std::byte(streams.rarely() ? streams.below(256) : 32 + streams.below(95));
        Endpoint whole{wire::Role::server};
        Endpoint cut{wire::Role::server};
        auto const expected = feed(whole, bytes);
        ASSERT_EQ(feed(cut, bytes, 1 + streams.below(9)), expected) << wire::to_text(bytes);
        if (!expected.output.empty()) {
            EXPECT_TRUE(wire::as_text(expected.output).starts_with("HTTP/1.1 "));
        }
    }
}

TEST(Delivery, OfAMessageWithoutEndKeepsMemoryBounded) {
    auto endpoint = server({.max_message_size = 10000});
    auto frame = masked(first(binary(std::string(100, 'x'))));
    feed(endpoint, frame);
    frame = masked(first(continuation(std::string(100, 'x'))));
    unsigned fragments = 1;
    while (!endpoint.transport_should_close() && fragments < 1000) {
        feed(endpoint, frame);
        ++fragments;
    }
    EXPECT_EQ(fragments, 101U);
}

}  // namespace
}  // namespace wsproof::reference
