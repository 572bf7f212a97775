// A case as plain data (docs/case-language.md): made by the loader, played by the player, never by
// hand.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harness/script/limit.hpp"
#include "harness/script/payload.hpp"
#include "reference_impl/wire/close_status.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::script {

using namespace std::chrono_literals;

/// Where something stands in the case files.
struct Place {
    std::string file = {};  ///< "cases/framing/unmasked-frame.jsonc"
    std::size_t line = 0;   ///< from 1; 0: unknown
    bool operator==(Place const&) const = default;
};

// ---- outputs: what the harness sends ---------------------------------------------------------

/// One frame, exactly; whatever is not set follows from the role and the RFC.
struct FrameOutput {
    wire::Opcode opcode = wire::Opcode::text;
    Payload payload = {};
    bool fin = true;
    bool rsv1 = false;
    bool rsv2 = false;
    bool rsv3 = false;
    enum class Mask : std::uint8_t { by_role, none, key } mask = Mask::by_role;
    wire::MaskingKey masking_key = {};  ///< for Mask::key
    std::optional<wire::LengthForm> length_bits = std::nullopt;
    std::optional<std::uint64_t> declares =
        std::nullopt;  ///< payload length to declare instead of the true one
    std::optional<std::size_t> cut = std::nullopt;  ///< send only this many bytes of the frame
    /// A longer payload goes out in frames of this many bytes each, the last one shorter and, when
    /// the size is a multiple, empty; 0: one frame, whatever its size.
    std::size_t fragments = 0;
    bool operator==(FrameOutput const&) const = default;
};

/// A change to a field of a correct head: a value, several lines, or (empty) no such field.
struct FieldDelta {
    std::string name = {};
    std::vector<std::string> values = {};
    bool operator==(FieldDelta const&) const = default;
};

/// A request that differs from a correct one in what is set here.
struct RequestOutput {
    std::optional<std::string> method = std::nullopt;
    std::optional<std::string> target = std::nullopt;
    std::optional<std::string> version = std::nullopt;  ///< "HTTP/1.0"
    std::vector<FieldDelta> headers = {};
    bool operator==(RequestOutput const&) const = default;
};

/// A response that differs from a correct 101.
struct ResponseOutput {
    std::optional<unsigned> status = std::nullopt;
    std::optional<std::string> phrase = std::nullopt;
    std::vector<FieldDelta> headers = {};
    bool operator==(ResponseOutput const&) const = default;
};

struct BytesOutput {
    Payload bytes = {};
    bool operator==(BytesOutput const&) const = default;
};
/// Half-close: FIN.
struct EofOutput {
    bool operator==(EofOutput const&) const = default;
};
/// RST.
struct ResetOutput {
    bool operator==(ResetOutput const&) const = default;
};
/// From here on nothing is read, not even while something is written, until a step expects it.
struct DeafOutput {
    bool operator==(DeafOutput const&) const = default;
};

using Output = std::variant<FrameOutput, RequestOutput, ResponseOutput, BytesOutput, EofOutput,
                            ResetOutput, DeafOutput>;

// ---- patterns: what the peer may do ----------------------------------------------------------

/// A whole message, however fragmented or compressed.
struct MessagePattern {
    wire::Opcode opcode = wire::Opcode::text;
    Payload payload = {};
    bool operator==(MessagePattern const&) const = default;
};

/// One frame as it came; what is not set may be anything.
struct FramePattern {
    std::optional<wire::Opcode> opcode = std::nullopt;
    std::optional<bool> fin = std::nullopt;
    std::optional<bool> rsv1 = std::nullopt;
    std::optional<bool> rsv2 = std::nullopt;
    std::optional<bool> rsv3 = std::nullopt;
    std::optional<Payload> payload = std::nullopt;
    bool operator==(FramePattern const&) const = default;
};

/// A ping or a pong.
struct ControlPattern {
    wire::Opcode opcode = wire::Opcode::pong;
    Payload payload = {};
    bool operator==(ControlPattern const&) const = default;
};

/// A code that may stand in a Close frame; nothing: no body.
using MaybeCode = std::optional<wire::StatusCode>;

/// A Close frame with one of the codes; no codes at all: any Close frame. The end of the transport
/// is not part of it.
struct ClosePattern {
    std::vector<MaybeCode> codes = {};
    std::optional<Payload> reason = std::nullopt;
    bool operator==(ClosePattern const&) const = default;
};

/// What a header field of a response has to be.
struct FieldPattern {
    std::string name = {};
    enum class Kind : std::uint8_t {
        absent,
        equals,
        has_token,
        present,
        every
    } kind = Kind::present;
    std::string value = {};
    bool operator==(FieldPattern const&) const = default;
};

struct ResponsePattern {
    std::vector<unsigned> statuses = {};                  ///< any of; empty with no class: any
    std::optional<unsigned> status_class = std::nullopt;  ///< 4 for "4xx"
    std::vector<FieldPattern> headers = {};
    bool operator==(ResponsePattern const&) const = default;
};

/// Patterns that are a word.
enum class Word : std::uint8_t {
    accepted,  ///< the opening handshake as a whole: a correct 101
    refused,   ///< a final response that is not 101, or the transport ends without one
    request,   ///< a correct request (when the harness is the server)
    closed,    ///< _Close the WebSocket Connection_: the transport ends, with or without a Close
               ///< frame before
    eof,       ///< the transport ends by FIN, and nothing came before
    reset,     ///< the transport ends by RST, and nothing came before
    silence,   ///< nothing comes for the time of `within`
    closed_at_once,  ///< a correct 101, then a Close frame or the end of the transport, and no pong
};

/// The peer _Fails the WebSocket Connection_ (7.1.7): a Close frame with one of the codes, then the
/// end of the transport. Another code or no Close frame is lenient.
struct FailedPattern {
    std::vector<wire::StatusCode> codes = {};
    bool operator==(FailedPattern const&) const = default;
};

/// Something of the peer's in which the text stands: a head, the content of a response, a message,
/// the reason of a Close frame.
struct RepeatsPattern {
    Payload text = {};
    bool operator==(RepeatsPattern const&) const = default;
};

struct AllPattern;  ///< all of them, in any order

using Pattern = std::variant<MessagePattern, FramePattern, ControlPattern, ClosePattern,
                             ResponsePattern, Word, FailedPattern, RepeatsPattern, AllPattern>;

struct AllPattern {
    std::vector<Pattern> patterns = {};
    bool operator==(AllPattern const&) const = default;
};

enum class Grade : std::uint8_t {
    pass,
    lenient,
    strict,  ///< lenient; with --strict a failure
    note,    ///< the RFC leaves it open
    fail,    ///< known to be wrong: listed so that the report can say in words what happened
};

struct Outcome {
    Pattern pattern = Word::silence;
    Grade grade = Grade::pass;
    std::string note = {};
    bool operator==(Outcome const&) const = default;
};

// ---- steps -----------------------------------------------------------------------------------

/// The opening handshake as set-up, never judged.
struct Open {
    std::vector<FieldDelta> headers = {};
    std::optional<std::string> target = std::nullopt;
    std::string extension =
        {};  ///< offered as a client, accepted as a server: "permessage-deflate; …"
    std::string subprotocol = {};
    bool operator==(Open const&) const = default;
};
struct Send {
    std::vector<Output> outputs = {};
    std::size_t chop = 0;              ///< bytes per write; 0: one write
    std::chrono::milliseconds gap{0};  ///< pause between these writes
    bool operator==(Send const&) const = default;
};
/// Sent again and again while a step waits.
struct Meanwhile {
    Output output = EofOutput{};
    std::chrono::milliseconds every{0};
    bool operator==(Meanwhile const&) const = default;
};
struct Expect {
    std::vector<Outcome> any_of = {};
    std::optional<Meanwhile> meanwhile = std::nullopt;
    bool to_auth_timeout = false;  ///< within the time that the owner of the target gives
    bool operator==(Expect const&) const = default;
};
struct Alive {
    bool operator==(Alive const&) const = default;
};
/// Message after message, each sent when the echo of the one before has come; one thing, not a
/// loop: nothing in it depends on what the peer does.
struct Exchange {
    wire::Opcode opcode = wire::Opcode::text;
    Payload payload = {};       ///< of `data`: the next slice with every message
    std::size_t times = 1;      ///< at most; how many are sent is the run's depth
    bool compressed = false;    ///< each message on its own, without context takeover
    std::size_t fragments = 0;  ///< as in FrameOutput
    bool operator==(Exchange const&) const = default;
};
struct Wait {
    std::chrono::milliseconds time{0};
    bool operator==(Wait const&) const = default;
};

/// A number instead of a verdict: how much the peer takes before it refuses. The player makes the
/// connections that it takes to find out.
struct Measure {
    Limit limit = Limit::frame_size;
    std::uint64_t least = 1;   ///< where the search begins
    std::uint64_t most = 1;    ///< where it ends: no more is tried
    std::uint64_t enough = 0;  ///< a smaller number gets a note
    bool operator==(Measure const&) const = default;
};

/// The target is told to stop, by the command or the signal that the run was given.
struct Shutdown {
    bool operator==(Shutdown const&) const = default;
};
/// The target has ended: its process, or whatever listened on its port.
struct Gone {
    bool operator==(Gone const&) const = default;
};

struct Step {
    std::variant<Open, Send, Expect, Exchange, Alive, Wait, Measure, Shutdown, Gone> action =
        Alive{};
    std::chrono::milliseconds within{2000};  ///< scaled by the run
    /// In place of `within`: so many per cent of the grace that the target has to stop in; 0: not.
    unsigned of_grace = 0;
    std::size_t on = 0;  ///< which connection
    Place at = {};
    bool operator==(Step const&) const = default;
};

/// True for steps that put something of the case on the wire: what comes before is set-up.
inline bool sends(Step const& step) {
    return std::holds_alternative<Send>(step.action) ||
           std::holds_alternative<Exchange>(step.action) ||
           std::holds_alternative<Measure>(step.action) ||
           std::holds_alternative<Shutdown>(step.action);
}

// ---- cases, rules, faults --------------------------------------------------------------------

enum class Level : std::uint8_t { must, should, may };
enum class Binds : std::uint8_t { server, client, endpoint };

struct Rule {
    std::string id = {};  ///< "6455/5.1/server-closes-on-unmasked"
    Binds binds = Binds::endpoint;
    Level level = Level::must;
    std::vector<std::string> statements = {};  ///< ids in the table of normative statements
    std::string text = {};
    std::string untested = {};     ///< why no case stands for it; empty: there are cases
    std::string document() const;  ///< "RFC 6455", from the id; "acme" of a rule "acme/1/words"
    std::string section() const;   ///< "5.1", from the id
};

/// A normative statement of an RFC, in our own words.
struct Statement {
    std::string id = {};  ///< "6455-5.1-02"
    Level level = Level::must;
    std::string binds = {};  ///< "server", "intermediary" …
    enum class SeenAt : std::uint8_t { server, client, either, nobody } seen_at = SeenAt::nobody;
    std::string text = {};
    std::string why_not = {};      ///< why it cannot be seen from outside; with SeenAt::nobody
    std::string document() const;  ///< "RFC 6455", from the id
    std::string section() const;   ///< "5.1", from the id
};

struct FaultInfo {
    std::string id = {};
    std::string does = {};      ///< what such a peer does wrong
    std::string effect = {};    ///< what follows from it
    std::string fix = {};       ///< how it is usually mended; may be empty
    bool own = false;           ///< a user's: the reference need not have it
    Grade grade = Grade::fail;  ///< what it costs: a failure, or only leniency or a note
};

struct Found {
    std::string by = {};
    std::string detail = {};
    bool operator==(Found const&) const = default;
};

/// One variant of a case, ready to play. A case without `each` has one variant, with the id of the
/// case.
struct Variant {
    std::string id = {};       ///< "framing/unmasked-frame#ping"
    std::string case_id = {};  ///< "framing/unmasked-frame": path and file name below cases/
    std::string says = {};
    std::string rule = {};
    std::vector<std::string> needs = {};
    std::string twin = {};  ///< id of a case or variant; empty: none
    std::vector<std::string> faults = {};
    std::vector<std::string> aliases = {};
    std::vector<std::string> tags = {};
    bool exclusive = false;
    bool own = false;           ///< a user's, beside the built-in ones
    bool in_the_clear = false;  ///< without TLS, whatever the target speaks
    bool at_login = false;      ///< its connections go to the login URL of the target
    std::optional<Found> found = std::nullopt;
    std::vector<std::pair<std::string, std::string>> choice = {};  ///< name and label, from `each`
    std::vector<Step> steps = {};
    Place at = {};
    bool operator==(Variant const&) const = default;

    /// It costs the target its life: it is played only where somebody has asked for that.
    bool stops_target() const;
    bool has_need(std::string_view need) const;
};

}  // namespace wsproof::script
