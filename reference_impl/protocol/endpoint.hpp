// One side of one WebSocket connection (RFC 6455, RFC 7692): bytes in, events and bytes out.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/close_status.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/opcode.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::reference {

/// The states of RFC 6455 4.1, 7.1.3 and 7.1.4.
enum class State : std::uint8_t { connecting, open, closing, closed };

/// permessage-deflate as this endpoint wants it (RFC 7692 7.1).
struct DeflateOptions {
    bool enabled = true;
    bool server_no_context_takeover = false;
    bool client_no_context_takeover = false;
    int server_max_window_bits = 15;  ///< 8 to 15
    int client_max_window_bits = 15;  ///< 8 to 15
    int level = 6;                    ///< zlib's, 1 to 9
};

/// Whom a server lets in by Origin (RFC 6455 10.2).
struct OriginPolicy {
    std::vector<std::string> allowed = {};  ///< serialised origins; empty: every origin
    bool require = false;                   ///< refuse requests without Origin
};

/// Tickets that a server has issued and not seen again; for all of its connections.
class TicketBook {
public:
    std::string issue();
    /// True once for each, for a mutant that keeps them again and again.
    bool redeem(std::string_view ticket, bool keep = false);

private:
    std::mutex mutex_ = {};
    std::size_t issued_ = 0;
    std::set<std::string, std::less<>> open_ = {};
};

/// Whom a server lets in by a token (RFC 6455 10.5).
struct Authentication {
    enum class Scheme : std::uint8_t { none, query, cookie, header, subprotocol, first_message };
    Scheme scheme = Scheme::none;
    std::string token = {};
    std::string expired_token = {};
    std::shared_ptr<TicketBook> tickets = {};  ///< in place of the token, each good for once
    std::string name = "token";                ///< of the parameter or of the cookie
    std::string message = "{token}";           ///< the first message
    std::chrono::milliseconds patience{5000};  ///< with who has not sent the first message
    std::string login_resource = {};           ///< sets the cookie; empty: there is none
};

struct Options {
    std::vector<std::string> subprotocols =
        {};  ///< server: spoken, in order of preference; client: offered
    DeflateOptions deflate = {};
    OriginPolicy origin_policy = {};                   ///< server
    Authentication authentication = {};                ///< server
    std::string host = "localhost";                    ///< client: value of Host
    std::string resource_name = "/";                   ///< client: what to ask for
    std::vector<std::string> resources = {};           ///< server: targets that exist; empty: all
    bool secure = false;                               ///< server: the transport is TLS
    std::vector<wire::HeaderField> extra_fields = {};  ///< added to the request or to the 101
    std::size_t max_message_size = 64U << 20U;         ///< bytes after inflation; beyond: 1009
    std::size_t max_fragments = 0;                     ///< of one message; beyond: 1009; 0: no end
    std::size_t max_head_size = 32U << 10U;            ///< bytes of the peer's HTTP head
    std::uint64_t seed = 0;                            ///< nonce and masking keys derive from it
};

enum class MessageKind : std::uint8_t { text, binary };

struct Message {
    MessageKind kind = MessageKind::text;
    wire::Bytes data = {};
};

namespace event {
struct Opened {
    wire::HttpHead head = {};  ///< of the peer
    std::optional<std::string> subprotocol = std::nullopt;
    bool permessage_deflate = false;
};
struct Refused {          ///< the opening handshake came to nothing
    unsigned status = 0;  ///< sent or received; 0: none
    std::string reason = {};
};
struct Received {
    Message message = {};
};
struct Pinged {
    wire::Bytes data = {};
};
struct Ponged {
    wire::Bytes data = {};
};
struct CloseReceived {
    std::optional<wire::StatusCode> code = std::nullopt;  ///< nothing: no body
    std::string reason = {};
};
struct Failed {  ///< _Fail the WebSocket Connection_ (7.1.7)
    wire::StatusCode code = 0;
    std::string reason = {};  ///< the rule that was broken, in words
};
struct Closed {
    bool clean = false;
};  ///< 7.1.4
}  // namespace event

using Event = std::variant<event::Opened, event::Refused, event::Received, event::Pinged,
                           event::Ponged, event::CloseReceived, event::Failed, event::Closed>;

/// No I/O, no clock, no threads. Whoever owns it moves bytes between `receive`, `take_output` and
/// the transport, closes the transport when `transport_should_close` says so, and reports its end.
class Endpoint {
public:
    explicit Endpoint(wire::Role role, Options options = {}, Faults faults = {});
    /// One behind an opening handshake that somebody else has done. permessage-deflate, if enabled,
    /// is agreed on as the options have it.
    static Endpoint opened(wire::Role role, Options options = {}, Faults faults = {});
    ~Endpoint();
    Endpoint(Endpoint&&) noexcept;
    Endpoint& operator=(Endpoint&&) noexcept;

    void receive(std::span<std::byte const> bytes);  ///< from the transport, in pieces of any size
    void receive_end();                              ///< the transport is at its end

    /// A Close that came behind messages is answered once these have been taken, so that the
    /// application can still answer them: take events and send before taking output (5.5.1).
    std::vector<Event> take_events();  ///< what the application should know, in order
    wire::Bytes take_output();         ///< what the transport should write
    bool has_output() const;

    /// True once nothing more is to be written and the transport should be closed from this side:
    /// for a server after the closing handshake, for both after failing (7.1.1, 7.1.7).
    bool transport_should_close() const;

    void send(Message const& message);  ///< ignored unless the state is open; text is UTF-8
    void ping(std::span<std::byte const> data);  ///< at most 125 bytes
    void pong(std::span<std::byte const> data);  ///< unsolicited, at most 125 bytes
    void close(wire::StatusCode code,
               std::string_view reason = {});  ///< starts the closing handshake
    /// The server is stopping (going_away.cpp): first sweep, Close 1001; who has not opened yet is
    /// let go.
    void go_away();
    /// Second sweep: whoever is left by now loses the transport.
    void terminate();
    State state() const;

    /// How much time may pass before `time_passed` has to be told; nothing: any.
    std::optional<std::chrono::milliseconds> next_deadline() const;
    void time_passed(std::chrono::milliseconds time);

private:
    struct Impl;
    explicit Endpoint(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wsproof::reference
