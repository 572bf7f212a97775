#include "fuzz/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "fuzz/outcomes.hpp"
#include "fuzz/reference_in_place.hpp"

namespace wsproof::fuzz {
namespace {

using reference::Fault;
using script::FrameOutput;
using namespace std::chrono_literals;

constexpr std::size_t long_message = 4000;  // bytes; beyond, a target may say that it is too big

/// Seen only when the message is whole: a receiver need not look earlier (RFC 6455 8.1).
bool is_about_the_message(Fault fault) {
    return fault == Fault::accepts_invalid_utf8 || fault == Fault::accepts_corrupt_deflate ||
           fault == Fault::accepts_unfinished_utf8;
}

/// Goes through a session and writes down the steps of its case.
class Walk {
public:
    Walk(Model const& model, Session const& session)
        : model_(model),
          traits_(traits_for(session, model.traits())),
          reference_(session.extension) {
        script::Open open;
        open.headers = session.fields;
        open.extension = session.extension;
        step(std::move(open), {"the opening handshake", "6455/4.2.1/valid-handshake-accepted"});
    }

    void take(Write const& write) {
        script::Send send{.chop = write.chop};
        for (auto const& output : write.outputs) {
            if (over_ && !behind_close_) return;
            auto const* const frame = std::get_if<FrameOutput>(&output);
            if (frame == nullptr)
                end_by_eof(send);
            else if (behind_close_)
                add_behind_close(*frame);
            else
                take(*frame, send);
        }
        if (!over_) flush(send);
    }

    Judged finish() {
        if (behind_close_) ask_for_close();
        if (!over_) ask_whether_alive();
        judged_.rests = !over_ && !reference_.message_under_way();
        return std::move(judged_);
    }

private:
    /// What calibration saw unanswered is asked for where nothing else is: told once, it delays
    /// nothing else.
    static Traits traits_for(Session const& session, Traits traits) {
        auto const is_single =
            session.writes.size() == 1 && session.writes.front().outputs.size() == 1;
        traits.answers_pings = traits.answers_pings || is_single;
        traits.answers_close = traits.answers_close || is_single;
        return traits;
    }

    void take(FrameOutput const& frame, script::Send& send) {
        auto const under_way = reference_.under_way();
        auto const told = reference_.feed(frame);
        auto const payload = reference_.payload(frame);
        judged_.inputs.push_back(
            packed(frame, payload.size(), under_way, reference_.deflate(), told));
        if (told.is_end()) {
            flush(send);  // what came before is answered first, so that nothing else is in between
            send.outputs.clear();
            over_ = true;
            if (told.unclear) return;
            if (told.close) begin_close(frame, told, send.chop);
            if (told.failure) fail(frame, payload, *told.failure, send.chop);
            return;
        }
        send.outputs.emplace_back(frame);
        std::ranges::copy(told.messages, std::back_inserter(pending_.messages));
        std::ranges::copy(told.pings, std::back_inserter(pending_.pings));
    }

    /// Sends what was collected, and asks for what has to come of it.
    void flush(script::Send& send) {
        if (send.outputs.empty()) return;
        step(std::move(send));
        send.outputs.clear();
        auto const pending = std::exchange(pending_, {});
        std::vector<Delivered> echoes;
        std::ranges::copy_if(pending.messages, std::back_inserter(echoes),
                             [&](auto const& message) { return echoes_back(message); });
        if (pending.pings.size() == 1 && traits_.answers_pings) {
            ask_for_pong(pending.pings.front(), echoes);
            return;
        }
        // Of several Pings the last alone need be answered (5.5.3), and the fence asks for it.
        if (pending.pings.size() > 1 || echoes.size() < pending.messages.size())
            ask_whether_alive();
        for (auto const& echo : echoes) ask_for_echo(echo);
    }

    bool echoes_back(Delivered const& message) const {
        return message.opcode == wire::Opcode::text ? traits_.echoes_text : traits_.echoes_binary;
    }

    void ask_whether_alive() {
        step(script::Alive{}, {"that it goes on", "6455/5.5.2/ping-answered"});
    }

    void ask_for_echo(Delivered const& echo) {
        auto const is_long = echo.data.size() > long_message;
        step(expect_echo(echo, is_long), {fmt::format("the echo of a {} message", kind(echo)),
                                          "6455/5.4/fragments-reassembled"});
        over_ = over_ || is_long;  // it may have been refused
    }

    void ask_for_pong(wire::Bytes const& data, std::vector<Delivered> const& echoes) {
        script::Pattern const pong = script::ControlPattern{wire::Opcode::pong, payload_of(data)};
        std::string const rule = "6455/5.5.2/ping-answered";
        if (echoes.empty()) return step(script::Expect{{{pong}}}, {"a pong", rule});
        script::AllPattern all{{pong}};
        for (auto const& echo : echoes) all.patterns.push_back(echo_pattern(echo));
        step(script::Expect{{{std::move(all)}}}, {"a pong and an echo", rule});
    }

    static std::string_view kind(Delivered const& message) { return wire::name_of(message.opcode); }

    void fail(FrameOutput const& frame, wire::Bytes const& payload, Told::Failure const& failure,
              std::size_t chop) {
        if (!model_.is_grave(failure.fault) && failure.fault != Fault::accepts_any_close_code)
            return;  // to take it for valid is allowed, and what follows then is open
        script::Send send{{frame}, chop};
        if (is_about_the_message(failure.fault) && !frame.fin) {
            FrameOutput rest;
            rest.opcode = wire::Opcode::continuation;
            send.outputs.emplace_back(rest);
        }
        auto const is_close = frame.opcode == wire::Opcode::close;
        auto const body = is_close ? std::optional{payload} : std::nullopt;
        // Whoever answers a Ping behind it has gone on; it is no use behind a frame that lacks its
        // end.
        if (!is_close && !frame.declares && traits_.answers_pings) {
            FrameOutput ping;
            ping.opcode = wire::Opcode::ping;
            ping.payload = {script::Literal{"still here?"}};
            send.outputs.emplace_back(ping);
        }
        step(std::move(send));
        step(expect_failure(failure.fault, failure.code, body),
             {fmt::format("the end of the connection, for {}", failure.says),
              model_.rule_of(failure.fault)});
        if (frame.declares) judged_.variant.steps.back().within = 500ms;
    }

    void begin_close(FrameOutput const& frame, Told const& told, std::size_t chop) {
        behind_close_ = script::Send{{frame}, chop};
        is_within_message_ = reference_.message_under_way();
        close_code_ = told.close_code;
    }

    /// Data behind a Close frame is not processed (1.4, 5.5.1).
    void add_behind_close(FrameOutput const& frame) {
        constexpr std::size_t most = 4;
        if (behind_close_->outputs.size() > most || frame.declares) return;
        auto const is_message =
            frame.opcode == wire::Opcode::text || frame.opcode == wire::Opcode::binary;
        // Who answers it all the same is let off, if it can be told what the answer is to.
        auto const is_whole = is_message && frame.fin && !frame.rsv1 && !is_within_message_;
        if (!is_whole && !wire::is_control(frame.opcode)) return;
        behind_close_->outputs.emplace_back(frame);
        if (is_whole) late_messages_.push_back({frame.opcode, reference_.payload(frame)});
    }

    void ask_for_close() {
        step(*std::exchange(behind_close_, std::nullopt));
        if (!traits_.answers_close) return;
        step(expect_close(close_code_, late_messages_),
             {"the answer to a Close frame", "6455/5.5.1/close-answered"});
        step(expect_closed(late_messages_),
             {"the end behind the Close frames", "6455/5.5.1/transport-closed"});
    }

    void end_by_eof(script::Send& send) {
        if (over_) return;
        flush(send);
        over_ = true;
        step(script::Send{{script::EofOutput{}}});
        step(expect_end_behind_eof(), {"the end behind ours", "6455/7.2.1/transport-lost"});
        judged_.variant.steps.back().within = 3000ms;
    }

    template <class Action>
    void step(Action action, Question question = {}) {
        script::Step step{.action = std::move(action)};
        step.at.line = judged_.questions.size();
        judged_.questions.push_back(std::move(question));
        judged_.variant.steps.push_back(std::move(step));
    }

    Model const& model_;
    Traits traits_;
    ReferenceInPlace reference_;
    Judged judged_ = {};
    Told pending_ = {};
    bool over_ = false;
    std::optional<script::Send> behind_close_ = std::nullopt;  ///< with what comes behind it
    bool is_within_message_ = false;                           ///< the Close frame that began it
    std::optional<wire::StatusCode> close_code_ = std::nullopt;
    std::vector<Delivered> late_messages_ = {};
};

}  // namespace

namespace {

bool names(std::vector<script::FieldDelta> const& fields, std::string const& name) {
    return std::ranges::any_of(
        fields, [&](auto const& field) { return wire::equals_ignoring_case(field.name, name); });
}

void add_fields(Session const& session, std::vector<script::FieldDelta>& to) {
    for (auto const& field : session.fields)
        if (!names(to, field.name)) to.push_back(field);
}

/// Puts the session before what a case does once its connection is open, and the fields into its
/// requests.
script::Variant with_base(Session const& session, Judged const& prefix) {
    auto variant = *session.base;
    variant.steps.clear();
    bool is_open = false;
    for (auto step : session.base->steps) {
        if (auto* const open = std::get_if<script::Open>(&step.action))
            add_fields(session, open->headers);
        if (auto* const send = std::get_if<script::Send>(&step.action)) {
            bool has_request = false;
            for (auto& output : send->outputs)
                if (auto* const request = std::get_if<script::RequestOutput>(&output)) {
                    add_fields(session, request->headers);
                    has_request = true;
                }
            if (has_request && send->chop == 0) send->chop = session.chop;
        }
        auto const opens = std::holds_alternative<script::Open>(step.action);
        variant.steps.push_back(std::move(step));
        // The first step of the prefix is an opening handshake of its own.
        if (opens && !std::exchange(is_open, true) && prefix.rests)
            variant.steps.insert(variant.steps.end(), prefix.variant.steps.begin() + 1,
                                 prefix.variant.steps.end());
    }
    return variant;
}

}  // namespace

Model::Model(script::Catalogue const& catalogue, Traits traits)
    : catalogue_(catalogue), traits_(traits) {
    // A fault may break several rules: the one that most cases look at is meant.
    std::map<Fault, std::map<std::string, std::size_t>> variants;
    for (auto const& variant : catalogue.variants)
        for (auto const& name : variant.faults)
            if (auto const fault = reference::fault_named(name)) ++variants[*fault][variant.rule];
    for (auto const& [fault, rules] : variants)
        rules_[fault] = std::ranges::max_element(rules, {}, [](auto const& rule) {
                            return rule.second;
                        })->first;
}

std::string const& Model::rule_of(Fault fault) const {
    return rules_.at(fault);
}

bool Model::is_grave(Fault fault) const {
    auto const info = catalogue_.faults.find(std::string{reference::name_of(fault)});
    return info == catalogue_.faults.end() || info->second.grade == script::Grade::fail;
}

Judged Model::judge(Session const& session, std::uint64_t number) const {
    Walk walk{*this, session};
    for (auto const& write : session.writes) walk.take(write);
    auto judged = walk.finish();
    if (session.base != nullptr) judged.variant = with_base(session, judged);
    // A name of its own: masking keys and nonces derive from it.
    judged.variant.id = fmt::format("fuzz/{}", number);
    return judged;
}

}  // namespace wsproof::fuzz
