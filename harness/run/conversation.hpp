// A small correct client over a Peer, enough of RFC 6455 to ask a target what it does: calibration
// measures with it, before any case is played.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "harness/play/player.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::run {

/// What came back for a correct opening handshake.
struct OpeningAnswer {
    enum class Kind : std::uint8_t {
        response,  ///< an HTTP response; `status` and `head` tell which
        not_http,  ///< bytes of something else; `first_bytes` has the start of them
        ended,     ///< the transport ended without a response
        silence,   ///< nothing came in time
    } kind = Kind::silence;
    unsigned status = 0;
    bool correct = false;  ///< a 101 that passes the client's checks of RFC 6455 4.1
    wire::HttpHead head = {};
    wire::Bytes first_bytes = {};
    std::chrono::microseconds time{0};
};

/// What the target says once the connection is open.
struct Heard {
    enum class Kind : std::uint8_t { text, binary, pong, close, ended, silence };
    Kind kind = Kind::silence;
    wire::Bytes data = {};
    std::optional<std::uint16_t> close_code = std::nullopt;
};

class Conversation {
public:
    /// Connects; throws play::Unreachable.
    Conversation(play::Setting const& setting, play::Connect const& connect, std::uint64_t seed);
    ~Conversation();
    Conversation(Conversation const&) = delete;
    Conversation& operator=(Conversation const&) = delete;

    OpeningAnswer open(std::string_view extension, std::chrono::milliseconds within);
    void send(wire::Opcode opcode, std::string_view payload);
    /// The next message, pong or Close frame; pings are answered on the way.
    Heard hear(play::Deadline deadline);
    bool ended() const { return ended_; }
    play::Clock::time_point now() const;
    /// Text that was not sent before.
    std::string token();

private:
    std::optional<Heard> take_frame();
    std::optional<Heard> digest(wire::FrameHeader const& header, wire::Bytes payload);
    bool read_more(play::Deadline deadline);  ///< false: time is over or the transport has ended

    play::Setting const& setting_;
    std::unique_ptr<play::Peer> peer_;
    std::uint64_t random_;
    wire::Bytes buffer_ = {};
    wire::Bytes message_ = {};
    wire::Opcode message_opcode_ = wire::Opcode::text;
    bool ended_ = false;
};

}  // namespace wsproof::run
