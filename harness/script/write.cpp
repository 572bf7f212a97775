#include "harness/script/write.hpp"

#include "harness/script/node.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::script {

namespace {

template <typename... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

Node object_of(std::string key, Node value) {
    Node node = Node::of_object();
    node.with(std::move(key), std::move(value));
    return node;
}

Node list_of(std::vector<std::string> const& texts) {
    std::vector<Node> items;
    for (auto const& text : texts) items.push_back(Node::of_text(text));
    return Node::of_list(std::move(items));
}

/// A list of one stands without brackets.
Node one_or_list(std::vector<Node> nodes) {
    if (nodes.size() == 1) return std::move(nodes.front());
    return Node::of_list(std::move(nodes));
}

// ---- payloads --------------------------------------------------------------------------------

Node payload_node(Payload const& payload);

Node close_body_node(CloseBody const& body) {
    if (body.reason.empty()) return Node::of_number(body.code);
    Node node = object_of("code", Node::of_number(body.code));
    node.with("reason", payload_node(body.reason.front()));
    return node;
}

Node payload_node(Payload const& payload) {
    return std::visit(
        Overloaded{
            [](Literal const& literal) { return Node::of_text(literal.text); },
            [](Hex const& hex) { return object_of("hex", Node::of_text(wire::to_hex(hex.bytes))); },
            [](Times const& times) {
                return object_of("times", Node::of_list({Node::of_number(times.count),
                                                         payload_node(times.of.front())}));
            },
            [](Join const& join) {
                std::vector<Node> parts;
                for (auto const& part : join.parts) parts.push_back(payload_node(part));
                return object_of("join", Node::of_list(std::move(parts)));
            },
            [](Random const& random) { return object_of("random", Node::of_number(random.size)); },
            [](Deflate const& deflate) {
                return object_of("deflate", payload_node(deflate.of.front()));
            },
            [](CloseBody const& body) { return close_body_node(body); }},
        payload.form);
}

bool is_empty_literal(Payload const& payload) {
    auto const* const literal = std::get_if<Literal>(&payload.form);
    return literal != nullptr && literal->text.empty();
}

// ---- outputs ---------------------------------------------------------------------------------

Node deltas_node(std::vector<FieldDelta> const& deltas) {
    Node node = Node::of_object();
    for (auto const& delta : deltas) {
        if (delta.values.empty())
            node.with(delta.name, Node{});
        else if (delta.values.size() == 1)
            node.with(delta.name, Node::of_text(delta.values.front()));
        else
            node.with(delta.name, list_of(delta.values));
    }
    return node;
}

/// A payload of text would not do for "close", which wants to see a code; `frame` takes any.
bool needs_free_opcode(FrameOutput const& frame) {
    if (!wire::is_defined(frame.opcode)) return true;
    auto const* const literal = std::get_if<Literal>(&frame.payload.form);
    return frame.opcode == wire::Opcode::close && literal != nullptr && !literal->text.empty();
}

std::uint64_t bits_of(wire::LengthForm form) {
    if (form == wire::LengthForm::bits_7) return 7;
    return form == wire::LengthForm::bits_16 ? 16 : 64;
}

void add_modifiers(FrameOutput const& frame, Node& node) {
    if (!frame.fin) node.with("fin", Node::of_boolean(false));
    if (frame.rsv1) node.with("rsv1", Node::of_boolean(true));
    if (frame.rsv2) node.with("rsv2", Node::of_boolean(true));
    if (frame.rsv3) node.with("rsv3", Node::of_boolean(true));
    if (frame.mask == FrameOutput::Mask::none) node.with("mask", Node::of_boolean(false));
    if (frame.mask == FrameOutput::Mask::key)
        node.with("mask", Node::of_text(wire::to_hex(frame.masking_key)));
    if (frame.length_bits) node.with("length_bits", Node::of_number(bits_of(*frame.length_bits)));
    if (frame.declares) node.with("declares", Node::of_number(*frame.declares));
    if (frame.cut) node.with("cut", Node::of_number(*frame.cut));
}

Node frame_node(FrameOutput const& frame) {
    Node node = Node::of_object();
    bool const bare_close = frame.opcode == wire::Opcode::close && is_empty_literal(frame.payload);
    if (needs_free_opcode(frame)) {
        node.with("frame", payload_node(frame.payload));
        node.with("opcode", Node::of_number(static_cast<std::uint8_t>(frame.opcode)));
    } else {
        node.with(std::string(wire::name_of(frame.opcode)),
                  bare_close ? Node{} : payload_node(frame.payload));
    }
    add_modifiers(frame, node);
    return node;
}

void add_text(Node& node, char const* key, std::optional<std::string> const& text) {
    if (text) node.with(key, Node::of_text(*text));
}

Node request_node(RequestOutput const& request) {
    Node node = Node::of_object();
    add_text(node, "method", request.method);
    add_text(node, "target", request.target);
    add_text(node, "version", request.version);
    if (!request.headers.empty()) node.with("headers", deltas_node(request.headers));
    return object_of("request", std::move(node));
}

Node response_node(ResponseOutput const& response) {
    Node node = Node::of_object();
    if (response.status) node.with("status", Node::of_number(*response.status));
    add_text(node, "phrase", response.phrase);
    if (!response.headers.empty()) node.with("headers", deltas_node(response.headers));
    return object_of("response", std::move(node));
}

Node output_node(Output const& output) {
    return std::visit(
        Overloaded{
            [](FrameOutput const& frame) { return frame_node(frame); },
            [](RequestOutput const& request) { return request_node(request); },
            [](ResponseOutput const& response) { return response_node(response); },
            [](BytesOutput const& bytes) { return object_of("bytes", payload_node(bytes.bytes)); },
            [](EofOutput const&) { return Node::of_text("eof"); },
            [](ResetOutput const&) { return Node::of_text("reset"); }},
        output);
}

// ---- patterns --------------------------------------------------------------------------------

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

Node outcome_node(Outcome const& outcome) {
    Node node = pattern_node(outcome.pattern);
    bool const plain = outcome.grade == Grade::pass && outcome.note.empty();
    if (plain) return node;
    if (node.is(Node::Kind::text)) node = object_of(node.text, Node::of_object());
    if (outcome.grade != Grade::pass) node.with("grade", Node::of_text(name_of(outcome.grade)));
    if (!outcome.note.empty()) node.with("note", Node::of_text(outcome.note));
    return node;
}

// ---- steps -----------------------------------------------------------------------------------

Node open_node(Open const& open) {
    Node node = Node::of_object();
    if (!open.headers.empty()) node.with("headers", deltas_node(open.headers));
    add_text(node, "target", open.target);
    if (!open.extension.empty()) node.with("extension", Node::of_text(open.extension));
    if (!open.subprotocol.empty()) node.with("subprotocol", Node::of_text(open.subprotocol));
    return object_of("open", std::move(node));
}

Node send_node(Send const& send) {
    std::vector<Node> outputs;
    for (auto const& output : send.outputs) outputs.push_back(output_node(output));
    Node node = object_of("send", one_or_list(std::move(outputs)));
    if (send.chop != 0) node.with("chop", Node::of_number(send.chop));
    if (send.gap.count() != 0)
        node.with("gap", Node::of_number(static_cast<std::uint64_t>(send.gap.count())));
    return node;
}

Node expect_node(Expect const& expect) {
    std::vector<Node> outcomes;
    for (auto const& outcome : expect.any_of) outcomes.push_back(outcome_node(outcome));
    return object_of("expect", one_or_list(std::move(outcomes)));
}

Node step_node(Step const& step) {
    Node node = std::visit(
        Overloaded{[](Open const& open) { return open_node(open); },
                   [](Send const& send) { return send_node(send); },
                   [](Expect const& expect) { return expect_node(expect); },
                   [](Alive const&) { return object_of("alive", Node::of_object()); },
                   [](Wait const& wait) {
                       return object_of(
                           "wait", Node::of_number(static_cast<std::uint64_t>(wait.time.count())));
                   }},
        step.action);
    if (step.within != Step{}.within)
        node.with("within", Node::of_number(static_cast<std::uint64_t>(step.within.count())));
    if (step.on != 0) node.with("on", Node::of_number(step.on));
    auto const& verb = node.members.front();
    bool const bare = node.members.size() == 1 && verb.value.is(Node::Kind::object) &&
                      verb.value.members.empty() && (verb.key == "open" || verb.key == "alive");
    return bare ? Node::of_text(verb.key) : node;
}

Node found_node(Found const& found) {
    Node node = object_of("by", Node::of_text(found.by));
    if (!found.detail.empty()) node.with("detail", Node::of_text(found.detail));
    return node;
}

Node head_node(Variant const& variant) {
    Node node = object_of("says", Node::of_text(variant.says));
    node.with("rule", Node::of_text(variant.rule));
    if (variant.found) node.with("found", found_node(*variant.found));
    if (!variant.needs.empty()) node.with("needs", list_of(variant.needs));
    if (!variant.twin.empty()) node.with("twin", Node::of_text(variant.twin));
    node.with("faults", list_of(variant.faults));
    if (!variant.aliases.empty()) node.with("alias", list_of(variant.aliases));
    if (!variant.tags.empty()) node.with("tags", list_of(variant.tags));
    if (variant.exclusive) node.with("exclusive", Node::of_boolean(true));
    return node;
}

}  // namespace

std::string write(Variant const& variant) {
    std::string text = "{\n";
    for (auto const& member : head_node(variant).members)
        text += "  " + to_json(Node::of_text(member.key)) + ": " + to_json(member.value) + ",\n";
    text += "  \"steps\": [";
    bool first = true;
    for (auto const& step : variant.steps) {
        text += first ? "\n    " : ",\n    ";
        first = false;
        text += to_json(step_node(step));
    }
    return text + "\n  ]\n}\n";
}

}  // namespace wsproof::script
