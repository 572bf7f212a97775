#include "fuzz/session.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "reference_impl/wire/utf8.hpp"

namespace wsproof::fuzz {
namespace {

using script::FrameOutput;

std::size_t frames_in(std::vector<script::Output> const& outputs) {
    return static_cast<std::size_t>(std::ranges::count_if(
        outputs, [](auto const& output) { return std::holds_alternative<FrameOutput>(output); }));
}

/// The bytes derive from the seed of the case: the model would see others.
bool is_random(script::Payload const& payload) {
    auto const any = [](std::vector<script::Payload> const& parts) {
        return std::ranges::any_of(parts, is_random);
    };
    if (auto const* const times = std::get_if<script::Times>(&payload.form)) return any(times->of);
    if (auto const* const join = std::get_if<script::Join>(&payload.form)) return any(join->parts);
    if (auto const* const deflate = std::get_if<script::Deflate>(&payload.form))
        return any(deflate->of);
    if (auto const* const close = std::get_if<script::CloseBody>(&payload.form))
        return any(close->reason);
    return std::holds_alternative<script::Random>(payload.form) ||
           std::holds_alternative<script::Blocks>(payload.form);
}

/// What a session may send: frames, and FIN behind them.
bool is_plain(script::Output const& output) {
    auto const* const frame = std::get_if<FrameOutput>(&output);
    return frame != nullptr ? frame->fragments == 0 && !is_random(frame->payload)
                            : std::holds_alternative<script::EofOutput>(output);
}

/// Takes one step over; false: no session has such a step.
bool take(script::Step const& step, Session& session, bool& is_open) {
    if (step.on != 0) return false;
    if (auto const* const open = std::get_if<script::Open>(&step.action)) {
        if (is_open || open->target || !open->subprotocol.empty()) return false;
        is_open = true;
        session.fields = open->headers;
        session.extension = open->extension;
        return true;
    }
    if (auto const* const send = std::get_if<script::Send>(&step.action)) {
        session.writes.push_back({send->outputs, send->chop});
        return is_open && std::ranges::all_of(send->outputs, is_plain);
    }
    auto const* const expect = std::get_if<script::Expect>(&step.action);
    return std::holds_alternative<script::Alive>(step.action) ||
           (expect != nullptr && !expect->meanwhile && step.of_grace == 0);
}

}  // namespace

std::size_t frames_of(script::Variant const& variant) {
    std::size_t frames = 0;
    for (auto const& step : variant.steps)
        if (auto const* const send = std::get_if<script::Send>(&step.action))
            frames += frames_in(send->outputs);
    return frames;
}

std::size_t frames_of(Session const& session) {
    auto frames = session.base == nullptr ? std::size_t{0} : frames_of(*session.base);
    for (auto const& write : session.writes) frames += frames_in(write.outputs);
    return frames;
}

std::optional<Session> session_of(script::Variant const& variant) {
    Session session;
    bool is_open = false;
    for (auto const& step : variant.steps)
        if (!take(step, session, is_open)) return std::nullopt;
    return is_open ? std::optional{std::move(session)} : std::nullopt;
}

script::Variant case_of(Session const& session) {
    script::Variant variant;
    variant.says = "What a session sends.";
    variant.rule = "6455/4.2.1/valid-handshake-accepted";
    script::Open open;
    open.headers = session.fields;
    open.extension = session.extension;
    variant.steps.emplace_back().action = std::move(open);
    for (auto const& write : session.writes)
        if (!write.outputs.empty())
            variant.steps.emplace_back().action = script::Send{write.outputs, write.chop, {}};
    // A case has to judge something.
    variant.steps.emplace_back().action = script::Alive{};
    return variant;
}

script::Payload payload_of(wire::ByteView bytes) {
    constexpr std::size_t long_enough = 16;
    bool const is_uniform = std::ranges::all_of(bytes, [&](auto b) { return b == bytes.front(); });
    if (bytes.size() > long_enough && is_uniform)
        return {script::Times{bytes.size(), {payload_of(bytes.first(1))}}};
    std::string const text{wire::to_text(bytes)};
    // "${" would ask the player to fill something in.
    if (wire::is_valid_utf8(bytes) && text.find("${") == std::string::npos)
        return {script::Literal{text}};
    return {script::Hex{{bytes.begin(), bytes.end()}}};
}

}  // namespace wsproof::fuzz
