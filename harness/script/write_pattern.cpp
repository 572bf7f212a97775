// Writes patterns, with the grade and note beside them.
#include "harness/script/writing.hpp"

namespace wsproof::script {

namespace {

Node code_node(MaybeCode code) {
    return code ? Node::of_number(*code) : Node{};
}

Node close_node(ClosePattern const& close) {
    std::vector<Node> codes;
    for (auto const code : close.codes) codes.push_back(code_node(code));
    if (!close.reason) return codes.empty() ? Node::of_object() : one_or_list(std::move(codes));
    Node node = Node::of_object();
    if (!codes.empty()) node.with("code", one_or_list(std::move(codes)));
    node.with("reason", payload_node(*close.reason));
    return node;
}

void add_boolean(Node& node, char const* key, std::optional<bool> value) {
    if (value) node.with(key, Node::of_boolean(*value));
}

Node frame_pattern_node(FramePattern const& frame) {
    Node node = Node::of_object();
    if (frame.opcode)
        node.with("opcode", Node::of_number(static_cast<std::uint8_t>(*frame.opcode)));
    add_boolean(node, "fin", frame.fin);
    add_boolean(node, "rsv1", frame.rsv1);
    add_boolean(node, "rsv2", frame.rsv2);
    add_boolean(node, "rsv3", frame.rsv3);
    if (frame.payload) node.with("payload", payload_node(*frame.payload));
    return node;
}

Node field_node(FieldPattern const& field) {
    switch (field.kind) {
        case FieldPattern::Kind::absent:
            return {};
        case FieldPattern::Kind::equals:
            return Node::of_text(field.value);
        case FieldPattern::Kind::has_token:
            return object_of("has", Node::of_text(field.value));
        case FieldPattern::Kind::every:
            return object_of("every", Node::of_text(field.value));
        case FieldPattern::Kind::present:
            return Node::of_object();
    }
    return {};
}

Node response_pattern_node(ResponsePattern const& response) {
    Node node = Node::of_object();
    std::vector<Node> statuses;
    for (auto const status : response.statuses) statuses.push_back(Node::of_number(status));
    if (!statuses.empty()) node.with("status", one_or_list(std::move(statuses)));
    if (response.status_class)
        node.with("status", Node::of_text(std::to_string(*response.status_class) + "xx"));
    if (!response.headers.empty()) {
        Node headers = Node::of_object();
        for (auto const& field : response.headers) headers.with(field.name, field_node(field));
        node.with("headers", std::move(headers));
    }
    return node;
}

char const* name_of(Word word) {
    switch (word) {
        case Word::accepted:
            return "accepted";
        case Word::refused:
            return "refused";
        case Word::request:
            return "request";
        case Word::closed:
            return "closed";
        case Word::eof:
            return "eof";
        case Word::reset:
            return "reset";
        case Word::silence:
            return "silence";
        case Word::closed_at_once:
            return "closed-at-once";
    }
    return "";
}

Node pattern_node(Pattern const& pattern);

Node all_node(AllPattern const& all) {
    std::vector<Node> patterns;
    for (auto const& pattern : all.patterns) patterns.push_back(pattern_node(pattern));
    return object_of("all", Node::of_list(std::move(patterns)));
}

Node failed_node(FailedPattern const& failed) {
    std::vector<Node> codes;
    for (auto const code : failed.codes) codes.push_back(Node::of_number(code));
    return object_of("failed", one_or_list(std::move(codes)));
}

Node pattern_node(Pattern const& pattern) {
    return std::visit(
        Overloaded{
            [](MessagePattern const& message) {
                return object_of(std::string(wire::name_of(message.opcode)),
                                 payload_node(message.payload));
            },
            [](FramePattern const& frame) { return object_of("frame", frame_pattern_node(frame)); },
            [](ControlPattern const& control) {
                return object_of(std::string(wire::name_of(control.opcode)),
                                 payload_node(control.payload));
            },
            [](ClosePattern const& close) { return object_of("close", close_node(close)); },
            [](ResponsePattern const& response) {
                return object_of("response", response_pattern_node(response));
            },
            [](Word word) { return Node::of_text(name_of(word)); },
            [](FailedPattern const& failed) { return failed_node(failed); },
            [](RepeatsPattern const& repeats) {
                return object_of("repeats", payload_node(repeats.text));
            },
            [](AllPattern const& all) { return all_node(all); }},
        pattern);
}

char const* name_of(Grade grade) {
    switch (grade) {
        case Grade::pass:
            return "pass";
        case Grade::lenient:
            return "lenient";
        case Grade::strict:
            return "strict";
        case Grade::note:
            return "note";
        case Grade::fail:
            return "fail";
    }
    return "";
}

}  // namespace

Node outcome_node(Outcome const& outcome) {
    Node node = pattern_node(outcome.pattern);
    bool const plain = outcome.grade == Grade::pass && outcome.note.empty();
    if (plain) return node;
    if (node.is(Node::Kind::text)) node = object_of(node.text, Node::of_object());
    if (outcome.grade != Grade::pass) node.with("grade", Node::of_text(name_of(outcome.grade)));
    if (!outcome.note.empty()) node.with("note", Node::of_text(outcome.note));
    return node;
}

}  // namespace wsproof::script
