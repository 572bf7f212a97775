// Plays one variant against a peer and judges it (docs/architecture.md, docs/verdicts.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/play/peer.hpp"
#include "harness/play/transcript.hpp"
#include "harness/play/verdict.hpp"
#include "harness/script/case.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::play {

/// How bytes are cut into writes: a dimension of the run, not of the case.
enum class Delivery : std::uint8_t {
    whole,      ///< each `send` is one write
    bytewise,   ///< each byte is one write (beyond the first 4 KiB of a step: pieces of 1 KiB)
    coalesced,  ///< consecutive sends leave in one write, as late as possible
};

/// How many messages of an `exchange` are sent: enough for what it is about, or all.
enum class Depth : std::uint8_t {
    brief,   ///< the window of 32 KiB is crossed once, by at most 128 messages: for the self-test
    normal,  ///< it is crossed four times, by 16 to 256 messages
    full,    ///< all of them
};

/// How a run tells its target to stop, and learns that it has (the verbs `shutdown` and `gone`).
struct Stopping {
    /// Tells it; words: why it could not be told. Empty: it is not known how.
    std::function<std::optional<std::string>()> tell = {};
    /// How its process has ended, once it has.
    std::function<std::optional<std::string>()> exit_words = {};
    bool sees_process = false;  ///< else only its port can be looked at
    /// Told by a command, of which nobody knows whether it reaches the target.
    bool by_command = false;
    std::chrono::milliseconds grace{10000};  ///< between its two sweeps, as its owner says
};

/// What calibration and the command line know of the target; the same for every case of a run.
struct Setting {
    wire::Role target_role = wire::Role::server;
    std::string host = "localhost";  ///< value of Host
    std::string resource_name = "/";
    std::string origin = {};  ///< sent when not empty, and `${target.origin}`
    /// Origins that the target lets in, as its owner says; a "*" stands for a part of a host
    /// (wire::matches_origin). A variant that sends one of them as a foreign one is skipped.
    std::vector<std::string> allowed_origins = {};
    /// Somebody has said, or the target's credentials say, that it ought to look at Origin. If not,
    /// what it lets in is worth a note.
    bool origin_check_expected = true;
    std::vector<wire::HeaderField> headers = {};  ///< added to every request: cookies, credentials
    std::vector<std::string> subprotocols = {};   ///< offered in every `open` when not empty
    std::vector<std::string> opening_messages = {};  ///< texts sent after every `open`
    std::string offered_token = {};  ///< goes along as a subprotocol, behind the others
    std::string canary_send = {};    ///< a message that an authenticated session alone answers
    std::string canary_expect = {};  ///< with this one
    std::chrono::milliseconds auth_timeout{0};  ///< what who does not authenticate has; 0: unknown
    std::string session_cookie = {};            ///< its name; empty: any cookie
    std::vector<std::string> secrets = {};      ///< never to be told
    Connect in_the_clear = {};  ///< reaches a secure port without TLS; empty: as all others
    Stopping stopping = {};
    Connect login = {};                             ///< reaches the login URL; empty: as all others
    std::map<std::string, std::string> words = {};  ///< values of `${target.…}`
    bool answers_pings = true;                      ///< else `alive` uses an echo
    bool echoes_text = true;
    bool echoes_binary = true;
    bool talks_unasked =
        false;            ///< sends messages of its own: those that match nothing are passed over
    bool strict = false;  ///< outcomes graded strict fail
    Delivery delivery = Delivery::whole;
    Depth depth = Depth::normal;
    double time_scale = 1.0;  ///< multiplies every `within` and `gap`
    std::chrono::milliseconds close_time{
        1000};  ///< a closing server ends TCP within this: beyond, lenient
    std::chrono::milliseconds case_time{10000};  ///< no case lasts longer, whatever its steps say
    std::uint64_t run_seed = 0;
    std::size_t transcript_bound = 1U << 20U;  ///< bytes kept of one case
    std::size_t entry_bound = 4096;            ///< bytes kept of one entry
};

/// A standing rule was broken, in whatever case.
struct Breach {
    std::string rule = {};
    std::string reason = {};
};

struct CloseRecord {
    std::optional<std::uint16_t> sent = std::nullopt;
    std::optional<std::uint16_t> received = std::nullopt;
    enum class Tcp : std::uint8_t { open, fin, rst, refused } tcp = Tcp::open;
};

/// What became of an opening handshake that a case is about.
enum class Admission : std::uint8_t {
    none,            ///< no case of that kind, or nothing came
    let_in,          ///< 101
    closed_at_once,  ///< 101, and the end before anything was answered
    refused,         ///< by an HTTP response
    dropped,         ///< by the end of the transport
};

struct Result {
    std::string variant = {};
    Verdict verdict = Verdict::broken;
    Ending ending = Ending::none;
    std::string reason = {};                 ///< one sentence: why this verdict
    std::vector<std::string> expected = {};  ///< in words, at the step that decided
    std::string actual = {};                 ///< in words
    std::string signature = {};  ///< short stable cause: "framing/unmasked-frame: pong 'Hello'"
    std::vector<std::string> notes = {};
    std::vector<Breach> breaches = {};
    CloseRecord close = {};
    Admission admission = Admission::none;
    std::optional<unsigned> status = std::nullopt;  ///< of the HTTP response behind `admission`
    std::optional<std::string> skip_reason =
        std::nullopt;          ///< from the closed list of docs/verdicts.md
    bool unreachable = false;  ///< no connection could be made
    /// Why the target could not be told to stop; empty: it was, or nobody wanted it to.
    std::string not_told = {};
    script::Place decided_at = {};
    std::chrono::microseconds duration{0};
    unsigned attempts = 1;                       ///< plays that it stands for
    bool flaky = false;                          ///< their verdicts differed
    std::map<std::string, double> metrics = {};  ///< what `measure` found, by name
    Transcript transcript = {};
};

/// Plays the steps in order and judges. Never throws; a case that breaks an assumption of the
/// harness comes back `broken`.
Result play(script::Variant const& variant, Setting const& setting, Connect const& connect);

/// The seed of a case, from that of the run and its id: whatever runs beside it changes nothing.
std::uint64_t case_seed(std::uint64_t run_seed, std::string_view variant_id) noexcept;

}  // namespace wsproof::play
