// Writes payloads and outputs.
#include "harness/script/writing.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::script {

namespace {

Node close_body_node(CloseBody const& body) {
    if (body.reason.empty()) return Node::of_number(body.code);
    Node node = object_of("code", Node::of_number(body.code));
    node.with("reason", payload_node(body.reason.front()));
    return node;
}

Node part_node(BlockPart const& part) {
    if (!part.literals.empty()) return payload_node(part.literals.front());
    Node node = object_of("length", Node::of_number(part.copy.length));
    node.with("distance", Node::of_number(part.copy.distance));
    return node;
}

Node block_node(Block const& block) {
    Node node;
    if (block.kind == wire::BlockKind::stored) {
        node = object_of("stored", part_node(block.parts.front()));
    } else {
        std::vector<Node> parts;
        for (auto const& part : block.parts) parts.push_back(part_node(part));
        node = object_of(block.kind == wire::BlockKind::fixed ? "fixed" : "dynamic",
                         Node::of_list(std::move(parts)));
    }
    if (block.final) node.with("final", Node::of_boolean(true));
    return node;
}

bool is_empty_literal(Payload const& payload) {
    auto const* const literal = std::get_if<Literal>(&payload.form);
    return literal != nullptr && literal->text.empty();
}

/// "close" wants to see a code, bytes or nothing; `frame` takes any payload.
bool needs_free_opcode(FrameOutput const& frame) {
    if (!wire::is_defined(frame.opcode)) return true;
    auto const& form = frame.payload.form;
    return frame.opcode == wire::Opcode::close && !std::holds_alternative<CloseBody>(form) &&
           !std::holds_alternative<Hex>(form) && !is_empty_literal(frame.payload);
}

/// The body of a Close frame has a form of its own there alone; elsewhere it is bytes.
Node frame_payload_node(FrameOutput const& frame) {
    bool const is_misplaced = frame.opcode != wire::Opcode::close &&
                              std::holds_alternative<CloseBody>(frame.payload.form);
    return payload_node(is_misplaced ? Payload{Hex{evaluate(frame.payload, 0)}} : frame.payload);
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
    if (frame.fragments != 0) node.with("fragments", Node::of_number(frame.fragments));
}

Node frame_node(FrameOutput const& frame) {
    Node node = Node::of_object();
    bool const bare_close = frame.opcode == wire::Opcode::close && is_empty_literal(frame.payload);
    if (needs_free_opcode(frame)) {
        node.with("frame", frame_payload_node(frame));
        node.with("opcode", Node::of_number(static_cast<std::uint8_t>(frame.opcode)));
    } else {
        node.with(std::string(wire::name_of(frame.opcode)),
                  bare_close ? Node{} : frame_payload_node(frame));
    }
    add_modifiers(frame, node);
    return node;
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

}  // namespace

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
            [](Data const& data) {
                Node node = object_of("data", Node::of_text(std::string(name_of(data.kind))));
                node.with(data.unit == Data::Unit::bytes ? "bytes" : "length",
                          Node::of_number(data.length));
                return node;
            },
            [](Deflate const& deflate) {
                return object_of("deflate", payload_node(deflate.of.front()));
            },
            [](Blocks const& blocks) {
                std::vector<Node> nodes;
                for (auto const& block : blocks.blocks) nodes.push_back(block_node(block));
                return object_of("blocks", Node::of_list(std::move(nodes)));
            },
            [](CloseBody const& body) { return close_body_node(body); }},
        payload.form);
}

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

Node output_node(Output const& output) {
    return std::visit(
        Overloaded{
            [](FrameOutput const& frame) { return frame_node(frame); },
            [](RequestOutput const& request) { return request_node(request); },
            [](ResponseOutput const& response) { return response_node(response); },
            [](BytesOutput const& bytes) { return object_of("bytes", payload_node(bytes.bytes)); },
            [](EofOutput const&) { return Node::of_text("eof"); },
            [](ResetOutput const&) { return Node::of_text("reset"); },
            [](DeafOutput const&) { return Node::of_text("deaf"); }},
        output);
}

}  // namespace wsproof::script
