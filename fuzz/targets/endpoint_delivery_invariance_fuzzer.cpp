// How bytes are cut into reads changes nothing: the same events, the same answers, the same state.
//
// Between two kinds of answers the order may differ: whoever reads a message and a Ping at once
// answers the Ping before the application has seen the message. And who finds a fault behind a
// message that the application has not seen yet does not answer it any more (7.1.7).
#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets/conversation.hpp"
#include "fuzz/targets/endpoint_properties.hpp"

namespace wsproof::fuzz {
namespace {

struct Side {
    std::vector<std::string> control = {};
    std::vector<std::string> data = {};
};

Side side_of(Conversation const& conversation) {
    Side side;
    for (auto const& frame : conversation.frames())
        (wire::is_control(frame.header.opcode) ? side.control : side.data)
            .push_back(in_words(frame));
    return side;
}

std::string joined_lines(std::vector<std::string> const& lines) {
    std::string text;
    for (auto const& line : lines) text += "\n    " + line;
    return text;
}

void require_same(std::vector<std::string> const& whole, std::vector<std::string> const& cut,
                  std::string_view expected) {
    require(whole == cut, expected,
            [&] { return "whole:" + joined_lines(whole) + "\n  in pieces:" + joined_lines(cut); });
}

std::vector<std::string> events_of(Conversation const& conversation) {
    std::vector<std::string> words;
    for (auto const& event : conversation.events()) words.push_back(in_words(event));
    return words;
}

bool has_failed(Conversation const& conversation) {
    return std::ranges::any_of(conversation.events(), [](auto const& event) {
        return std::holds_alternative<reference::event::Failed>(event);
    });
}

void compare(Conversation& whole, Conversation& cut) {
    require_same(events_of(whole), events_of(cut), "the same events whole and in pieces");
    auto said_whole = side_of(whole);
    auto said_cut = side_of(cut);
    require_same(said_whole.control, said_cut.control, "the same control frames in answer");
    auto const fewer = std::min(said_whole.data.size(), said_cut.data.size());
    if (has_failed(whole)) said_cut.data.resize(fewer);
    require_same(said_whole.data, said_cut.data, "the same messages in answer");
    require(whole.endpoint().state() == cut.endpoint().state(), "the same state");
    require(whole.endpoint().transport_should_close() == cut.endpoint().transport_should_close(),
            "the same wish to close the transport");
}

}  // namespace

/// A byte of choices, the number of cuts (16 at most), a byte for the size of each piece; the rest
/// goes in pieces of these sizes, over and over.
void check_delivery_invariance(wire::ByteView data, reference::Faults const& faults) {
    Input input(data);
    auto const choice = endpoint_of(input.byte());
    auto const sizes = input.take(1 + input.byte() % 16);
    Conversation whole(choice, faults);
    Conversation cut(choice, faults);
    whole.receive(input.rest());
    for (std::size_t piece = 0; !input.empty(); ++piece)
        cut.receive(
            input.take(std::max(1U, std::to_integer<unsigned>(sizes[piece % sizes.size()]))));
    compare(whole, cut);
    whole.end();
    cut.end();
    compare(whole, cut);
}

WSPROOF_FUZZ_TARGET(endpoint_delivery_invariance) {
    check_delivery_invariance(data, {});
}

}  // namespace wsproof::fuzz
