#include "harness/run/calibrate.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "harness/play/words.hpp"
#include "harness/run/conversation.hpp"
#include "harness/run/unreachable.hpp"

namespace wsproof::run {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::string_view offer = "permessage-deflate; client_max_window_bits";
constexpr int rounds = 5;

template <class Duration>
Duration median(std::vector<Duration> values) {
    if (values.empty()) return Duration{0};
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

class Calibration {
public:
    Calibration(play::Setting const& setting, play::Connect const& connect)
        : setting_(setting),
          connect_(connect),
          time_(
              duration_cast<milliseconds>(milliseconds(2000) * std::max(1.0, setting.time_scale))) {
    }

    Profile run() {
        try {
            if (talk()) {
                ask_binary_alone();
                offer_extension();
                open_once_more();
            }
        } catch (play::Unreachable const& nobody) {
            // Beyond the first connection a refusal is a finding of the run, not of calibration.
            if (!profile_.reachable) profile_.unreachable_reason = nobody.what();
        }
        profile_.opening_time = median(openings_);
        profile_.round_trip = median(round_trips_);
        return profile_;
    }

private:
    using Kind = Heard::Kind;

    std::unique_ptr<Conversation> connected() {
        return std::make_unique<Conversation>(setting_, connect_, setting_.run_seed + ++count_);
    }

    /// Opens a connection and remembers how long it took; nothing when it does not open.
    std::unique_ptr<Conversation> opened(std::string_view extension, OpeningAnswer& answer) {
        auto conversation = connected();
        answer = conversation->open(extension, opening_time());
        if (!answer.correct) return nullptr;
        openings_.push_back(answer.time);
        for (auto const& message : setting_.opening_messages)
            conversation->send(wire::Opcode::text, message);
        return conversation;
    }

    /// A server may look names up or start workers for its first connection.
    milliseconds opening_time() const { return count_ == 1 ? time_ * 5 / 2 : time_; }

    bool talk() {
        OpeningAnswer answer;
        auto conversation = opened({}, answer);
        profile_.reachable = answer.kind == OpeningAnswer::Kind::response && answer.status == 101;
        profile_.status = answer.status;
        profile_.opens = answer.correct;
        profile_.server_software =
            play::printable(answer.head.value_of("Server").value_or(""), 200);
        profile_.accepted_subprotocol =
            play::printable(answer.head.value_of("Sec-WebSocket-Protocol").value_or(""), 200);
        if (!profile_.reachable)
            profile_.unreachable_reason = reason_of(answer, setting_, opening_time());
        if (!conversation) return false;
        ping_first(*conversation);
        ask_echo(*conversation);
        measure(*conversation);
        say_goodbye(*conversation);
        return true;
    }

    /// The ping is the fence: what comes before its pong came unasked.
    void ping_first(Conversation& conversation) {
        auto const token = conversation.token();
        auto const start = conversation.now();
        conversation.send(wire::Opcode::ping, token);
        auto const deadline = start + time_;
        for (;;) {
            auto const heard = conversation.hear(deadline);
            if (heard.kind == Kind::pong && wire::as_text(heard.data) == token) {
                profile_.answers_pings = true;
                round_trips_.push_back(duration_cast<microseconds>(conversation.now() - start));
                return;
            }
            if (!note_unasked(heard)) return;
        }
    }

    /// Text and binary in one go, so that a target that does not echo costs one deadline, not two.
    /// Where pings are answered they fence the echoes too.
    void ask_echo(Conversation& conversation) {
        if (conversation.ended()) return;
        auto const text = conversation.token();
        auto const binary = conversation.token();
        auto const fence = conversation.token();
        conversation.send(wire::Opcode::text, text);
        conversation.send(wire::Opcode::binary, binary);
        if (profile_.answers_pings) conversation.send(wire::Opcode::ping, fence);
        auto deadline = conversation.now() + time_;
        while (!profile_.echoes_text || !profile_.echoes_binary) {
            auto const heard = conversation.hear(deadline);
            auto const data = wire::as_text(heard.data);
            if (heard.kind == Kind::text && data == text)
                profile_.echoes_text = true;
            else if (heard.kind == Kind::binary && data == binary)
                profile_.echoes_binary = true;
            else if (heard.kind == Kind::pong && data == fence)
                // An application may be slower than its library's pong: a little grace for it.
                deadline = std::min(deadline, conversation.now() + grace());
            else if (!note_unasked(heard))
                break;
        }
    }

    milliseconds grace() const {
        auto const several = duration_cast<milliseconds>(20 * median(round_trips_));
        return std::clamp(several, milliseconds(250), time_);
    }

    /// Some servers close the connection over a kind of message that they do not take.
    void ask_binary_alone() {
        if (profile_.echoes_binary || !profile_.echoes_text) return;
        OpeningAnswer answer;
        auto const conversation = opened({}, answer);
        if (!conversation) return;
        auto const token = conversation->token();
        conversation->send(wire::Opcode::binary, token);
        auto const deadline = conversation->now() + grace();
        for (;;) {
            auto const heard = conversation->hear(deadline);
            if (heard.kind == Kind::binary && wire::as_text(heard.data) == token) {
                profile_.echoes_binary = true;
                return;
            }
            if (!note_unasked(heard)) return;
        }
    }

    void measure(Conversation& conversation) {
        if (!profile_.answers_pings && !profile_.echoes_text) return;
        auto const opcode = profile_.answers_pings ? wire::Opcode::ping : wire::Opcode::text;
        auto const answer = profile_.answers_pings ? Kind::pong : Kind::text;
        for (int round = 0; round < rounds && !conversation.ended(); ++round) {
            auto const token = conversation.token();
            auto const start = conversation.now();
            conversation.send(opcode, token);
            for (;;) {
                auto const heard = conversation.hear(start + time_);
                if (heard.kind == answer && wire::as_text(heard.data) == token) break;
                if (heard.kind == Kind::pong) continue;
                if (!note_unasked(heard)) return;
            }
            round_trips_.push_back(duration_cast<microseconds>(conversation.now() - start));
        }
    }

    void say_goodbye(Conversation& conversation) {
        if (conversation.ended()) return;
        conversation.send(wire::Opcode::close, "\x03\xe8");  // 1000
        auto const deadline = conversation.now() + time_;
        for (;;) {
            auto const heard = conversation.hear(deadline);
            if (heard.kind == Kind::close) {
                profile_.answers_close = true;
                return;
            }
            if (heard.kind == Kind::ended || heard.kind == Kind::silence) return;
        }
    }

    void offer_extension() {
        OpeningAnswer answer;
        auto const conversation = opened(offer, answer);
        if (!conversation) return;
        std::string accepted;
        for (auto const& value : answer.head.values_of("Sec-WebSocket-Extensions"))
            accepted += (accepted.empty() ? "" : ", ") + value;
        profile_.accepted_extension = play::printable(accepted, 200);
        leave(*conversation);
    }

    void open_once_more() {
        OpeningAnswer answer;
        if (auto const conversation = opened({}, answer)) leave(*conversation);
    }

    /// In order, but without waiting for a target that calibration knows not to answer.
    void leave(Conversation& conversation) {
        if (profile_.answers_close) say_goodbye(conversation);
    }

    /// Takes note of a message that no question asked for; false when the conversation is over.
    bool note_unasked(Heard const& heard) {
        if (heard.kind == Kind::text || heard.kind == Kind::binary) {
            if (!profile_.talks_unasked)
                profile_.greeting = std::string(heard.kind == Kind::text ? "text '" : "binary '") +
                                    play::printable(wire::as_text(heard.data), 80) + "'";
            profile_.talks_unasked = true;
            return true;
        }
        return heard.kind == Kind::pong;
    }

    play::Setting const& setting_;
    play::Connect const& connect_;
    milliseconds time_;
    Profile profile_ = {};
    std::uint64_t count_ = 0;
    std::vector<microseconds> openings_ = {};
    std::vector<microseconds> round_trips_ = {};
};

}  // namespace

Profile calibrate(play::Setting const& setting, play::Connect const& connect) {
    return Calibration(setting, connect).run();
}

play::Setting apply(Profile const& profile, play::Setting setting) {
    setting.answers_pings = profile.answers_pings;
    setting.echoes_text = profile.echoes_text;
    setting.echoes_binary = profile.echoes_binary;
    setting.talks_unasked = profile.talks_unasked;
    // The times of the cases suit a target whose round trip is below 50 ms; a slower one gets
    // proportionally more. Never less: a busy machine stalls a fast target for longer than that.
    constexpr double usual = 50'000.0;
    constexpr double most = 10.0;
    auto const slowest = std::max(profile.round_trip, profile.opening_time / 2);
    auto const stretch = std::clamp(static_cast<double>(slowest.count()) / usual, 1.0, most);
    setting.time_scale *= stretch;
    setting.close_time = duration_cast<milliseconds>(setting.close_time * stretch);
    setting.case_time = duration_cast<milliseconds>(setting.case_time * stretch);
    return setting;
}

}  // namespace wsproof::run
