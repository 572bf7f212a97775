// One connection of a case: bytes out, typed events in, everything written down and watched.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/play/assembler.hpp"
#include "harness/play/encode.hpp"
#include "harness/play/event.hpp"
#include "harness/play/outgoing.hpp"
#include "harness/play/own_compression.hpp"
#include "harness/play/reader.hpp"
#include "harness/play/recorder.hpp"
#include "harness/play/watch.hpp"
#include "harness/play/words.hpp"
#include "harness/play/writer.hpp"

namespace wsproof::play {

/// What all connections of a case share.
struct Stage {
    explicit Stage(Setting const& setting_, std::uint64_t seed_)
        : setting(setting_),
          encoding{setting_, wire::other(setting_.target_role), seed_},
          recorder(Bounds{setting_.transcript_bound, setting_.entry_bound}),
          scripted(seed_),
          automatic(~seed_),
          case_time(setting_.case_time) {}

    Setting const& setting;
    Encoding encoding;
    Recorder recorder;
    Random scripted;   ///< keys and nonces of what the case sends
    Random automatic;  ///< those of pongs and fences, which may depend on what the peer does
    std::chrono::milliseconds case_time;  ///< no step ends later than this; `measure` asks for more
    std::vector<Breach> breaches = {};
    std::size_t bytes_arrived = 0;
    std::size_t events_seen = 0;
    bool in_the_clear = false;  ///< what speaks TLS answers with an alert
    bool told_to_stop = false;  ///< the target says farewell, and lets nobody in any more
    bool lets_talk = false;     ///< what a target says to strangers: messages that fit nothing pass
    bool looks_into_content = false;  ///< the case asks what stands in the content of a response

    std::chrono::milliseconds scaled(std::chrono::milliseconds time) const;
    /// How long the case may last: the more it sends, the longer (docs/verdicts.md).
    std::chrono::milliseconds time_allowed() const;
    /// The case puts so many bytes on the wire.
    void note_work(std::size_t bytes);
    /// An echo of this size is asked for: it counts neither as a flood nor as a bomb.
    void ask_for(std::size_t bytes);

    std::chrono::microseconds work{0};  ///< what the work so far adds to the time of the case
    std::size_t bytes_asked_for = 0;
    std::size_t events_asked_for = 0;
};

struct Sending {
    bool by_case = false;
    Flag flag = Flag::none;
    Cut cut = {};
};

class Connection {
public:
    /// `elapsed`: how long the case has lasted when the connection is made.
    Connection(std::unique_ptr<Peer> peer, Stage& stage, std::size_t index,
               std::chrono::microseconds elapsed);

    // sending
    /// Why the agreed compression does not let this frame be sent; asked once, before it is.
    std::optional<OwnCompression::Obstacle> obstacle_to(wire::ByteView frame);
    void send_frame(wire::ByteView frame, Sending sending);
    void send_head(wire::ByteView head, Sending sending);
    void send_bytes(wire::ByteView bytes, Sending sending);
    void half_close(Flag flag = Flag::none);
    void reset(Flag flag = Flag::none);
    void flush() { writer_.flush(); }
    void hold() { writer_.hold(); }  ///< until `release` everything is one write
    void release() { writer_.release(); }
    void sleep(std::chrono::milliseconds time);
    void turn_deaf();
    /// A frame of the harness itself: pong, fence, Close.
    void send_own(wire::Opcode opcode, wire::ByteView payload);
    /// True while a frame of the harness would be understood as one.
    bool may_speak() const noexcept;
    /// Answers a Close frame that was not answered yet; as a server ends TCP first (7.1.1).
    void answer_close();

    // receiving
    /// What comes next, at most until the deadline; pings are answered on the way. The end of the
    /// transport comes again and again.
    std::optional<Event> next(Deadline deadline);

    // state
    std::chrono::microseconds elapsed() const;
    /// When something came last: the same again when the transcript is judged again.
    std::chrono::microseconds arrived() const noexcept { return arrival_; }
    Deadline deadline_in(std::chrono::milliseconds time) const;  ///< never beyond the case's
    bool open() const noexcept { return reader_.mode() == Reader::Mode::frames; }
    bool refused() const noexcept { return refused_; }
    /// Of the last response that was not interim.
    std::optional<unsigned> status() const noexcept { return status_; }
    /// What was agreed on for what we send.
    std::optional<Compression> const& own_compression() const noexcept {
        return own_compression_.agreement();
    }
    /// As Stage::ask_for, for what this connection inflates.
    void ask_for(std::size_t bytes);
    std::optional<Event> const& end() const noexcept { return end_; }
    struct Close {
        std::optional<std::uint16_t> code = std::nullopt;
        std::chrono::microseconds time{0};
    };
    std::optional<Close> const& close_received() const noexcept { return close_received_; }
    Outgoing& outgoing() noexcept { return outgoing_; }
    Outgoing const& outgoing() const noexcept { return outgoing_; }
    std::optional<wire::HttpHead> const& request_received() const noexcept { return request_; }
    std::size_t index() const noexcept { return index_; }
    wire::Role peer_role() const noexcept { return stage_.setting.target_role; }

private:
    std::optional<Event> take_event();
    std::optional<Event> on_head(wire::HttpHead head, std::string raw);
    std::optional<Event> on_response(wire::HttpHead head, std::string const& raw);
    Event on_frame(Frame frame);
    void on_bytes(wire::ByteView bytes);
    Event on_end(bool reset);
    void switched(std::optional<Compression> of_peer, std::optional<Compression> own);
    void note_head_bytes(wire::ByteView bytes, bool by_case);
    void note_head(wire::HttpHead head);
    bool report(std::vector<Defect> const& defects);
    void record(Direction direction, EntryKind kind, std::string words, wire::ByteView bytes,
                Flag flag);
    void record_frame(Direction direction, wire::FrameHeader const& header, Told const& payload,
                      wire::ByteView bytes, Flag flag);

    std::unique_ptr<Peer> peer_;
    Stage& stage_;
    std::size_t index_;
    Clock::time_point origin_;
    std::chrono::microseconds arrival_{0};
    Writer writer_;
    Outgoing outgoing_;
    OwnCompression own_compression_ = {};
    Reader reader_;
    Assembler assembler_ = {};
    Watch watch_;
    wire::Bytes head_sent_ = {};                ///< a head of ours that is not complete yet
    std::deque<wire::HttpHead> requests_ = {};  ///< ours, not answered yet
    std::optional<wire::HttpHead> request_ = std::nullopt;  ///< the peer's
    bool refused_ = false;
    bool speaks_websocket_ = true;  ///< false: a 101 to another protocol, whose rules are others
    std::optional<unsigned> status_ = std::nullopt;
    bool answered_head_ = false;  ///< the last response was one to HEAD
    bool half_closed_ = false;
    std::optional<Close> close_received_ = std::nullopt;
    std::optional<Event> end_ = std::nullopt;
};

}  // namespace wsproof::play
