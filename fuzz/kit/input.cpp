#include "fuzz/kit/input.hpp"

#include <algorithm>
#include <vector>

#include "fuzz/kit/catalogue.hpp"
#include "fuzz/mutate.hpp"
#include "harness/script/load.hpp"
#include "harness/script/write.hpp"

namespace wsproof::kit {
namespace {

using script::FrameOutput;

/// Frames whose payload may be any bytes: a Close frame has a form, and so has DEFLATE.
std::vector<FrameOutput*> plain_frames_of(fuzz::Session& session) {
    std::vector<FrameOutput*> frames;
    for (auto& write : session.writes)
        for (auto& output : write.outputs)
            if (auto* const frame = std::get_if<FrameOutput>(&output))
                if (frame->opcode != wire::Opcode::close && !frame->rsv1) frames.push_back(frame);
    return frames;
}

void change_payload(fuzz::Session& session, fuzz::Dice& dice, ChangeBytes const& change_bytes) {
    constexpr std::size_t longest = 512;
    auto const frames = plain_frames_of(session);
    if (frames.empty()) return;
    auto& frame = *fuzz::one_of(frames, dice);
    auto bytes = script::evaluate(frame.payload, 0);
    auto const size = std::min(bytes.size(), longest);
    bytes.resize(longest);
    bytes.resize(change_bytes(reinterpret_cast<std::uint8_t*>(bytes.data()), size, longest));
    frame.payload = fuzz::payload_of(bytes);
}

/// On the target that it is played against, or on the name of its case.
bool depends_on_more(std::string_view text) {
    return text.find("${") != std::string_view::npos ||
           text.find("\"random\"") != std::string_view::npos;
}

/// What parameters of the extension come to is the server's choice, of which a session that is
/// written beforehand knows nothing (RFC 7692 7.1).
bool knows_its_extension(fuzz::Session const& session) {
    return session.extension.empty() || session.extension == "permessage-deflate";
}

}  // namespace

std::optional<fuzz::Session> session_in(std::string_view text) {
    if (depends_on_more(text)) return std::nullopt;
    try {
        auto const variants =
            script::read_case({.path = "input", .text = std::string(text), .id = "kit/input"});
        auto session = variants.empty() ? std::nullopt : fuzz::session_of(variants.front());
        return session && knows_its_extension(*session) ? session : std::nullopt;
    } catch (script::CaseError const&) {
        return std::nullopt;
    }
}

std::optional<std::string> text_of(fuzz::Session session, std::size_t max_size) {
    for (;;) {
        auto text = script::write(fuzz::case_of(session));
        if (text.size() <= max_size) return text;
        if (session.writes.empty()) return std::nullopt;
        session.writes.pop_back();
    }
}

fuzz::Session new_session(fuzz::Dice& dice, fuzz::Phases const& phases) {
    if (dice.below(2) == 0) {
        auto const& session = fuzz::one_of(sessions_of_cases(), dice);
        if (phases.deflate || session.extension.empty()) return session;
    }
    return fuzz::legal_session(dice, phases);
}

void change(fuzz::Session& session, fuzz::Dice& dice, fuzz::Phases const& phases,
            ChangeBytes const& change_bytes) {
    for (auto left = 1 + dice.below(3); left > 0; --left) {
        if (change_bytes && dice.below(4) == 0)
            change_payload(session, dice, change_bytes);
        else
            fuzz::mutate(session, dice, phases);
    }
}

}  // namespace wsproof::kit
