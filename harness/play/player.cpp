#include "harness/play/player.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

#include "harness/play/connection.hpp"
#include "harness/play/ending.hpp"
#include "harness/play/expectation.hpp"
#include "harness/play/opening.hpp"
#include "harness/play/words.hpp"

namespace wsproof::play {
namespace {

// ---- how a case ends early -------------------------------------------------------------------

struct Failed {
    Judgement judgement;
};
struct Inconclusive {
    Judgement judgement;
};
struct Skipped {
    std::string skip_reason;
    std::string words;
};

constexpr std::size_t kept_events = 1024;

bool is_fence(Frame const& frame, wire::Opcode opcode, wire::Bytes const& token) {
    if (opcode == wire::Opcode::ping) {
        return frame.header.opcode == wire::Opcode::pong && frame.payload == token;
    }
    return frame.message && frame.message->opcode == opcode && frame.message->payload == token;
}

Judgement because(std::string reason, std::string kind) {
    return {.verdict = Verdict::fail, .reason = reason, .actual = reason, .kind = std::move(kind)};
}

// ---- the player ------------------------------------------------------------------------------

class Player {
public:
    Player(script::Variant const& variant, Setting const& setting, Connect const& connect)
        : variant_(variant),
          connect_(connect),
          stage_(setting, case_seed(setting.run_seed, variant.id)),
          tokens_(case_seed(setting.run_seed + 1, variant.id)) {
        // A case that sends nothing of its own is about what the peer does by itself.
        judging_ = std::ranges::none_of(variant.steps, [](script::Step const& step) {
            return std::holds_alternative<script::Send>(step.action);
        });
    }

    Result run();

private:
    void walk();
    void perform(script::Open const& open);
    void perform(script::Send const& send);
    void perform(script::Expect const& expect);
    void perform(script::Alive const& alive);
    void perform(script::Wait const& wait);

    void open_as_client(script::Open const& open, Connection& connection);
    void open_as_server(script::Open const& open, Connection& connection);
    wire::HttpHead await_request(Connection& connection);
    void send_opening_messages(Connection& connection);
    void emit(script::Output const& output, Connection& connection, Sending const& sending);
    void await_fence(Connection& connection, wire::Opcode opcode, wire::Bytes const& token);
    Judgement await(Expectation& expectation, Connection& connection);
    void take(Judgement judgement);
    [[noreturn]] void fail(Judgement judgement) const;

    Connection& connection();
    std::chrono::microseconds elapsed() const;
    Setting const& setting() const { return stage_.setting; }
    bool as_client() const { return setting().target_role == wire::Role::server; }
    std::string_view peer() const { return as_client() ? "server" : "client"; }

    void conclude(Judgement judgement);
    void report(Judgement judgement);

    script::Variant const& variant_;
    Connect const& connect_;
    Stage stage_;
    Random tokens_;
    std::map<std::size_t, Connection> connections_ = {};
    script::Step const* step_ = nullptr;
    bool judging_ = false;  ///< past the set-up: failures are the verdict
    bool triggered_ = false;
    std::map<std::size_t, std::vector<Event>> kept_ =
        {};  ///< what came before a fence, by connection
    Judgement so_far_ = {};
    Result result_ = {};
};

// ---- walking ---------------------------------------------------------------------------------

void Player::walk() {
    for (auto const& step : variant_.steps) {
        step_ = &step;
        result_.decided_at = step.at;
        std::visit([this](auto const& action) { perform(action); }, step.action);
    }
}

Result Player::run() {
    result_.variant = variant_.id;
    try {
        walk();
        conclude(std::move(so_far_));
    } catch (Failed& failed) {
        conclude(std::move(failed.judgement));
    } catch (Inconclusive& inconclusive) {
        inconclusive.judgement.verdict = Verdict::inconclusive;
        conclude(std::move(inconclusive.judgement));
    } catch (Skipped& skipped) {
        result_.skip_reason = skipped.skip_reason;
        conclude(
            {.verdict = Verdict::skipped, .reason = skipped.words, .kind = skipped.skip_reason});
    } catch (UnknownWord const& unknown) {
        result_.skip_reason = "config";
        conclude({.verdict = Verdict::skipped, .reason = unknown.what(), .kind = "config"});
    } catch (Unreachable const& unreachable) {
        result_.unreachable = true;
        result_.close.tcp = CloseRecord::Tcp::refused;
        conclude({.verdict = Verdict::inconclusive,
                  .reason = unreachable.what(),
                  .actual = "no connection",
                  .kind = "no connection"});
    } catch (std::exception const& error) {
        conclude({.verdict = Verdict::broken, .reason = error.what(), .kind = "broken"});
    }
    return std::move(result_);
}

Connection& Player::connection() {
    if (auto const found = connections_.find(step_->on); found != connections_.end())
        return found->second;
    auto const index = connections_.size();
    auto const now = elapsed();
    try {
        auto peer = connect_();
        return connections_.try_emplace(step_->on, std::move(peer), stage_, index, now)
            .first->second;
    } catch (Unreachable const& unreachable) {
        auto const words = wire::to_bytes(unreachable.what());
        stage_.recorder.add(Arrival{now, index, Arrival::Kind::unreachable, words});
        stage_.recorder.add(Entry{
            .time = now, .connection = index, .kind = EntryKind::tcp, .words = unreachable.what()});
        throw;
    }
}

std::chrono::microseconds Player::elapsed() const {
    std::chrono::microseconds latest{0};
    for (auto const& [on, connection] : connections_)
        latest = std::max(latest, connection.elapsed());
    return latest;
}

void Player::fail(Judgement judgement) const {
    if (judging_) throw Failed{std::move(judgement)};
    throw Inconclusive{std::move(judgement)};
}

/// A step that went well; the least good one decides.
void Player::take(Judgement judgement) {
    if (judgement.verdict == Verdict::fail) fail(std::move(judgement));
    if (!judging_) return;
    constexpr auto rank = [](Verdict verdict) {
        return verdict == Verdict::lenient ? 2 : (verdict == Verdict::note ? 1 : 0);
    };
    auto notes = std::exchange(so_far_.notes, {});
    std::ranges::copy(judgement.notes, std::back_inserter(notes));
    auto const wrong_code = so_far_.wrong_code || judgement.wrong_code;
    if (rank(judgement.verdict) >= rank(so_far_.verdict)) so_far_ = std::move(judgement);
    so_far_.notes = std::move(notes);
    so_far_.wrong_code = wrong_code;
}

// ---- open ------------------------------------------------------------------------------------

void Player::perform(script::Open const& open) {
    auto& it = connection();
    if (as_client()) {
        open_as_client(open, it);
    } else {
        open_as_server(open, it);
    }
    send_opening_messages(it);
}

void Player::open_as_client(script::Open const& open, Connection& it) {
    Wishes const wishes{stage_.encoding.fill()(open.extension),
                        stage_.encoding.fill()(open.subprotocol)};
    script::RequestOutput const output{.target = open.target, .headers = open.headers};
    stage_.encoding.key = fresh_key(stage_.scripted);
    it.send_head(encode(output, wishes, stage_.encoding), {});
    auto const deadline = it.deadline_in(stage_.scaled(step_->within));
    auto event = it.next(deadline);
    while (event && event->as<Response>() != nullptr && event->as<Response>()->interim())
        event = it.next(deadline);
    if (!event) {
        throw Inconclusive{
            because(fmt::format("the opening handshake was not answered within {} ms",
                                step_->within.count()),
                    "opening handshake not answered")};
    }
    auto const* response = event->as<Response>();
    auto const what = deed_in_words(*event, it.peer_role());
    if (response == nullptr || !response->switching()) {
        throw Inconclusive{
            because(fmt::format("the opening handshake failed: the {} {}", peer(), what),
                    "opening handshake: " + kind_in_words(*event))};
    }
    if (auto const* defect = response->fatal_defect()) {
        throw Inconclusive{
            because(fmt::format("the opening handshake failed: the {} {}", peer(), defect->words),
                    "opening handshake: " + defect->rule)};
    }
    auto const wanted = extension_name(wishes.extension);
    if (wanted.empty() || offers(response->head, wanted)) return;
    throw Skipped{"needs-capability:" + wanted,
                  fmt::format("the server declined the extension {}", wanted)};
}

void Player::open_as_server(script::Open const& open, Connection& it) {
    auto const request = await_request(it);
    Wishes const wishes{stage_.encoding.fill()(open.extension),
                        stage_.encoding.fill()(open.subprotocol)};
    auto const wanted = extension_name(wishes.extension);
    if (!wanted.empty() && !offers(request, wanted)) {
        throw Skipped{"needs-capability:" + wanted,
                      fmt::format("the client does not offer the extension {}", wanted)};
    }
    script::ResponseOutput const output{.headers = open.headers};
    it.send_head(encode(output, wishes, request, stage_.encoding), {});
}

wire::HttpHead Player::await_request(Connection& it) {
    auto const event = it.request_received()
                           ? std::nullopt
                           : it.next(it.deadline_in(stage_.scaled(step_->within)));
    if (it.request_received()) {
        stage_.encoding.key = it.request_received()->value_of("Sec-WebSocket-Key").value_or("");
        return *it.request_received();
    }
    throw Inconclusive{because(
        event ? fmt::format("no request came: the client {}", deed_in_words(*event, it.peer_role()))
              : std::string{"no request came"},
        "no request")};
}

void Player::send_opening_messages(Connection& it) {
    for (auto const& message : setting().opening_messages) {
        it.send_own(wire::Opcode::text, wire::as_bytes(message));
    }
}

// ---- send ------------------------------------------------------------------------------------

void Player::perform(script::Send const& send) {
    auto& it = connection();
    kept_.erase(step_->on);  // what came before cannot be an answer to this
    judging_ = true;
    Sending sending{.by_case = true, .flag = triggered_ ? Flag::none : Flag::trigger};
    sending.cut = {send.chop, stage_.scaled(send.gap)};
    triggered_ = true;
    auto const apart = send.chop == 0 && sending.cut.gap.count() > 0;
    if (!apart) it.hold();  // several outputs are one write
    for (auto const& output : send.outputs) {
        if (apart && &output != &send.outputs.front()) it.sleep(sending.cut.gap);
        emit(output, it, sending);
    }
    it.release();
}

void Player::emit(script::Output const& output, Connection& it, Sending const& sending) {
    auto const& encoding = stage_.encoding;
    if (auto const* frame = std::get_if<script::FrameOutput>(&output)) {
        it.send_frame(encode(*frame, encoding, stage_.scripted), sending);
    } else if (auto const* request = std::get_if<script::RequestOutput>(&output)) {
        stage_.encoding.key = fresh_key(stage_.scripted);
        it.send_head(encode(*request, {}, encoding), sending);
    } else if (auto const* response = std::get_if<script::ResponseOutput>(&output)) {
        it.send_head(encode(*response, {}, await_request(it), encoding), sending);
    } else if (auto const* bytes = std::get_if<script::BytesOutput>(&output)) {
        if (!it.open() && as_client()) stage_.encoding.key = fresh_key(stage_.scripted);
        if (!it.open() && !as_client()) await_request(it);  // ${accept} may stand in the bytes
        it.send_bytes(encoding.payload(bytes->bytes), sending);
    } else if (std::holds_alternative<script::EofOutput>(output)) {
        it.half_close(sending.flag);
    } else {
        it.reset(sending.flag);
    }
}

// ---- expect ----------------------------------------------------------------------------------

void Player::perform(script::Expect const& expect) {
    auto& it = connection();
    Expectation expectation{expect, stage_, it, it.elapsed()};
    auto& kept = kept_[step_->on];
    for (auto event = kept.begin(); event != kept.end(); ++event) {
        if (!expectation.fits(*event)) continue;
        auto judgement = expectation.offer(*event);
        event = kept.erase(event);
        if (judgement) return take(std::move(*judgement));
        if (event == kept.end()) break;
    }
    if (expectation.is_about_the_end()) it.answer_close();
    take(await(expectation, it));
}

Judgement Player::await(Expectation& expectation, Connection& it) {
    auto const within = stage_.scaled(step_->within);
    auto const deadline = it.deadline_in(within);
    auto fence = judging_ && setting().answers_pings && expectation.a_fence_decides();
    auto ending = false;
    auto until = fence ? it.deadline_in(within / 2) : deadline;
    while (true) {
        auto const event = it.next(until);
        if (!event && !fence) return expectation.time_over(within);
        if (!event) {
            fence = false;
            until = deadline;
            if (!it.may_speak()) continue;
            auto const token = wire::to_bytes(tokens_.token());
            expectation.fence(token);
            it.send_own(wire::Opcode::ping, token);
            continue;
        }
        if (auto judgement = expectation.offer(*event)) return std::move(*judgement);
        if (ending || !expectation.awaits_the_end()) continue;
        ending = true;
        fence = false;
        it.answer_close();
        until = std::max(deadline, it.deadline_in(setting().close_time));
    }
}

// ---- alive, wait -----------------------------------------------------------------------------

void Player::perform(script::Alive const&) {
    auto& it = connection();
    auto const token = wire::to_bytes(tokens_.token());
    auto const opcode = setting().answers_pings ? wire::Opcode::ping
                        : setting().echoes_text ? wire::Opcode::text
                                                : wire::Opcode::binary;
    if (opcode != wire::Opcode::ping) {
        if (!setting().echoes_text && !setting().echoes_binary) {
            throw Skipped{"needs-echo",
                          fmt::format("the {} answers neither pings nor messages", peer())};
        }
        if (!it.outgoing().between_messages()) {
            throw Skipped{"needs-capability:pings",
                          fmt::format("only a ping can ask here whether the {} is alive", peer())};
        }
    }
    if (it.open() && !it.end()) it.send_own(opcode, token);
    await_fence(it, opcode, token);
}

void Player::await_fence(Connection& it, wire::Opcode opcode, wire::Bytes const& token) {
    auto const by_ping = opcode == wire::Opcode::ping;
    auto const expected = by_ping ? "a pong for a ping" : "the echo of a message";
    auto const within = stage_.scaled(step_->within);
    auto const deadline = it.deadline_in(within);
    auto const wrong = [&](std::string const& deed, std::string kind) {
        auto judgement =
            because(fmt::format("expected {}; the {} {}", expected, peer(), deed), std::move(kind));
        judgement.actual = deed;
        judgement.expected = {expected};
        return judgement;
    };
    while (true) {
        auto event = it.next(deadline);
        if (!event) {
            auto judgement =
                wrong(fmt::format("did not answer within {} ms", within.count()), "no answer");
            judgement.timed_out = true;
            fail(std::move(judgement));
        }
        auto const* frame = event->as<Frame>();
        if (frame == nullptr || event->is_close()) {
            fail(wrong(deed_in_words(*event, it.peer_role()), kind_in_words(*event)));
        }
        if (is_fence(*frame, opcode, token)) break;
        auto const asked_for = frame->header.opcode == wire::Opcode::pong &&
                               it.outgoing().take_answered_ping(frame->payload);
        auto& kept = kept_[step_->on];
        if ((asked_for || frame->message) && kept.size() < kept_events)
            kept.push_back(std::move(*event));
    }
    take({.reason = fmt::format("the {} is alive: it sent {}", peer(), expected)});
}

void Player::perform(script::Wait const& wait) {
    auto& it = connection();
    auto const time = stage_.scaled(wait.time);
    it.sleep(std::min(time, setting().case_time));
}

// ---- the end ---------------------------------------------------------------------------------

void Player::conclude(Judgement judgement) {
    auto const undecided =
        judgement.verdict == Verdict::inconclusive || judgement.verdict == Verdict::broken;
    try {
        for (auto& [on, it] : connections_) {
            if (!undecided) close_politely(it, stage_, !judgement.timed_out);
        }
    } catch (std::exception const& error) {
        judgement = {.verdict = Verdict::broken, .reason = error.what(), .kind = "broken"};
    }
    result_.breaches = std::move(stage_.breaches);
    auto const own = std::ranges::find(result_.breaches, variant_.rule, &Breach::rule);
    if (own != result_.breaches.end() &&
        (judgement.verdict == Verdict::pass || judgement.verdict == Verdict::lenient ||
         judgement.verdict == Verdict::note || judgement.verdict == Verdict::inconclusive)) {
        judgement.verdict = Verdict::fail;
        judgement.reason = fmt::format("the {} {}", peer(), own->reason);
        judgement.actual = own->reason;
        judgement.kind = "breach of " + own->rule;
    }
    report(std::move(judgement));
}

void Player::report(Judgement judgement) {
    result_.verdict = judgement.verdict;
    result_.reason =
        judgement.reason.empty() ? "every step went as it should" : std::move(judgement.reason);
    result_.expected = std::move(judgement.expected);
    result_.actual = std::move(judgement.actual);
    for (auto& note : judgement.notes) {
        if (std::ranges::count(result_.notes, note) == 0) result_.notes.push_back(std::move(note));
    }
    if (result_.verdict != Verdict::pass)
        result_.signature = fmt::format("{}: {}", variant_.case_id, judgement.kind);
    if (auto const found = connections_.find(step_ == nullptr ? 0 : step_->on);
        found != connections_.end()) {
        result_.ending = ending_of(found->second, judgement.wrong_code);
        result_.close = close_record(found->second);
    }
    result_.duration = elapsed();
    stage_.recorder.add(
        Entry{.time = result_.duration,
              .kind = EntryKind::verdict,
              .words = fmt::format("{}: {}", name_of(result_.verdict), result_.reason)});
    result_.transcript = stage_.recorder.take();
}

}  // namespace

Result play(script::Variant const& variant, Setting const& setting, Connect const& connect) {
    return Player{variant, setting, connect}.run();
}

}  // namespace wsproof::play
