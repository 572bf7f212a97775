#include "harness/script/write.hpp"

#include "harness/script/vocabulary.hpp"
#include "harness/script/writing.hpp"

namespace wsproof::script {

namespace {

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
    Node node = object_of("expect", one_or_list(std::move(outcomes)));
    if (expect.to_auth_timeout) node.with("within", Node::of_text(std::string(auth_timeout_word)));
    if (expect.meanwhile) {
        node.with("meanwhile", output_node(expect.meanwhile->output));
        node.with("every",
                  Node::of_number(static_cast<std::uint64_t>(expect.meanwhile->every.count())));
    }
    return node;
}

Node exchange_node(Exchange const& exchange) {
    Node node =
        object_of(std::string(wire::name_of(exchange.opcode)), payload_node(exchange.payload));
    node.with("times", Node::of_number(exchange.times));
    if (exchange.compressed) node.with("compressed", Node::of_boolean(true));
    if (exchange.fragments != 0) node.with("fragments", Node::of_number(exchange.fragments));
    return object_of("exchange", std::move(node));
}

Node measure_node(Measure const& measure) {
    Node node = object_of("limit", Node::of_text(std::string(info_of(measure.limit).name)));
    if (measure.least != Measure{}.least) node.with("least", Node::of_number(measure.least));
    node.with("most", Node::of_number(measure.most));
    if (measure.enough != 0) node.with("enough", Node::of_number(measure.enough));
    return object_of("measure", std::move(node));
}

Node step_node(Step const& step) {
    Node node = std::visit(
        Overloaded{[](Open const& open) { return open_node(open); },
                   [](Send const& send) { return send_node(send); },
                   [](Expect const& expect) { return expect_node(expect); },
                   [](Exchange const& exchange) { return exchange_node(exchange); },
                   [](Alive const&) { return object_of("alive", Node::of_object()); },
                   [](Measure const& measure) { return measure_node(measure); },
                   [](Shutdown const&) { return object_of("shutdown", Node::of_object()); },
                   [](Gone const&) { return object_of("gone", Node::of_object()); },
                   [](Wait const& wait) {
                       return object_of(
                           "wait", Node::of_number(static_cast<std::uint64_t>(wait.time.count())));
                   }},
        step.action);
    if (step.of_grace != 0)
        node.with("within", object_of("grace", Node::of_number(step.of_grace)));
    else if (step.within != Step{}.within)
        node.with("within", Node::of_number(static_cast<std::uint64_t>(step.within.count())));
    if (step.on != 0) node.with("on", Node::of_number(step.on));
    auto const& verb = node.members.front();
    bool const may_be_bare =
        verb.key == "open" || verb.key == "alive" || verb.key == "shutdown" || verb.key == "gone";
    bool const bare = may_be_bare && node.members.size() == 1 &&
                      verb.value.is(Node::Kind::object) && verb.value.members.empty();
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
    // A finding, or a case of a user, need not name any.
    if (!variant.faults.empty()) node.with("faults", list_of(variant.faults));
    if (!variant.aliases.empty()) node.with("alias", list_of(variant.aliases));
    if (!variant.tags.empty()) node.with("tags", list_of(variant.tags));
    if (variant.exclusive) node.with("exclusive", Node::of_boolean(true));
    if (variant.in_the_clear) node.with("in_the_clear", Node::of_boolean(true));
    if (variant.at_login) node.with("at_login", Node::of_boolean(true));
    return node;
}

}  // namespace

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

Node one_or_list(std::vector<Node> nodes) {
    if (nodes.size() == 1) return std::move(nodes.front());
    return Node::of_list(std::move(nodes));
}

void add_text(Node& node, char const* key, std::optional<std::string> const& text) {
    if (text) node.with(key, Node::of_text(*text));
}

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
