// Reads steps: open, send, expect, exchange, alive, wait, measure, shutdown, gone.
#include <algorithm>
#include <array>

#include "harness/script/grammar.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/vocabulary.hpp"

namespace wsproof::script {

namespace {

constexpr std::array<std::string_view, 9> verbs{"open", "send",    "expect",   "exchange", "alive",
                                                "wait", "measure", "shutdown", "gone"};
/// Verbs that take no argument, and may stand alone.
constexpr std::array<std::string_view, 4> word_steps{"open", "alive", "shutdown", "gone"};
constexpr std::uint64_t time_limit = 600'000;
constexpr std::uint64_t connection_limit = 1024;
constexpr std::uint64_t times_limit = 100'000;

std::chrono::milliseconds read_time(Node const& node, std::uint64_t least) {
    auto const count = as_number(node, least, time_limit, "milliseconds");
    return std::chrono::milliseconds(static_cast<std::int64_t>(count));
}

Open read_open(Node const& node) {
    static constexpr std::array<std::string_view, 4> keys{"headers", "target", "extension",
                                                          "subprotocol"};
    as_object(node, "{ headers, target, extension, subprotocol } for \"open\"");
    check_keys(node, keys, "\"open\"");
    Open open;
    if (auto const* const headers = node.find("headers")) open.headers = read_deltas(*headers);
    if (auto const* const target = node.find("target"))
        open.target = as_text(*target, "a text for \"target\"");
    if (auto const* const extension = node.find("extension"))
        open.extension = as_text(*extension, "a text for \"extension\"");
    if (auto const* const subprotocol = node.find("subprotocol"))
        open.subprotocol = as_text(*subprotocol, "a text for \"subprotocol\"");
    return open;
}

Send read_send(Node const& step, Node const& node) {
    Send send;
    if (node.is(Node::Kind::list)) {
        if (node.items.empty()) throw Wrong(node.line, "expected at least one output, found []");
        for (auto const& item : node.items) send.outputs.push_back(read_output(item));
    } else {
        send.outputs.push_back(read_output(node));
    }
    if (auto const* const chop = step.find("chop"))
        send.chop = static_cast<std::size_t>(as_number(*chop, 1, 1U << 20U, "bytes a write"));
    if (auto const* const gap = step.find("gap")) {
        send.gap = read_time(*gap, 0);
        if (send.chop == 0)
            throw Wrong(gap->line,
                        "expected \"chop\" beside \"gap\": the pause is between the writes");
    }
    return send;
}

Expect read_expect(Node const& step, Node const& node) {
    Expect expect;
    if (node.is(Node::Kind::list)) {
        if (node.items.empty()) throw Wrong(node.line, "expected at least one pattern, found []");
        for (auto const& item : node.items) expect.any_of.push_back(read_outcome(item));
    } else {
        expect.any_of.push_back(read_outcome(node));
    }
    bool const hopeless = std::all_of(expect.any_of.begin(), expect.any_of.end(),
                                      [](Outcome const& o) { return o.grade == Grade::fail; });
    if (auto const* const meanwhile = step.find("meanwhile")) {
        auto const* const every = step.find("every");
        if (every == nullptr)
            throw Wrong(meanwhile->line, "expected \"every\" beside \"meanwhile\"");
        expect.meanwhile = Meanwhile{read_output(*meanwhile), read_time(*every, 50)};
    }
    if (hopeless)
        throw Wrong(node.line,
                    "expected an outcome that is not graded \"fail\": no peer could pass");
    return expect;
}

Exchange read_exchange(Node const& node) {
    static constexpr std::array<std::string_view, 5> keys{"text", "binary", "times", "compressed",
                                                          "fragments"};
    as_object(node, "{ text or binary, times, compressed, fragments } for \"exchange\"");
    check_keys(node, keys, "\"exchange\"");
    auto const* const text = node.find("text");
    auto const* const binary = node.find("binary");
    if ((text == nullptr) == (binary == nullptr))
        throw Wrong(node.line, "expected either \"text\" or \"binary\" in \"exchange\"");
    auto const* const times = node.find("times");
    if (times == nullptr) throw Wrong(node.line, "expected \"times\" in \"exchange\"");
    Exchange exchange;
    exchange.opcode = text != nullptr ? wire::Opcode::text : wire::Opcode::binary;
    exchange.payload = read_payload(text != nullptr ? *text : *binary);
    exchange.times =
        static_cast<std::size_t>(as_number(*times, 1, times_limit, "a number of messages"));
    if (auto const* const compressed = node.find("compressed"))
        exchange.compressed = as_boolean(*compressed, "compressed");
    if (auto const* const fragments = node.find("fragments"))
        exchange.fragments = read_fragments(*fragments);
    return exchange;
}

Measure read_measure(Node const& node) {
    static constexpr std::array<std::string_view, 4> keys{"limit", "least", "most", "enough"};
    static constexpr std::uint64_t largest = 64U << 20U;
    static constexpr auto names = [] {
        std::array<std::string_view, limits.size()> all{};
        for (std::size_t i = 0; i < limits.size(); ++i) all[i] = limits[i].name;
        return all;
    }();
    as_object(node, "{ limit, least, most, enough } for \"measure\"");
    check_keys(node, keys, "\"measure\"");
    auto const* const limit = node.find("limit");
    auto const* const most = node.find("most");
    if (limit == nullptr || most == nullptr)
        throw Wrong(node.line, "expected \"limit\" and \"most\" in \"measure\"");
    Measure measure;
    measure.limit = static_cast<Limit>(as_word(*limit, names, "a limit"));
    measure.most = as_number(*most, 1, largest, "the most to try");
    if (auto const* const least = node.find("least"))
        measure.least = as_number(*least, 1, measure.most, "the least to try, at most \"most\"");
    if (auto const* const enough = node.find("enough"))
        measure.enough = as_number(*enough, 1, measure.most, "a number up to \"most\"");
    return measure;
}

Member const& verb_of(Node const& node) {
    Member const* verb = nullptr;
    for (auto const& member : node.members) {
        if (std::find(verbs.begin(), verbs.end(), member.key) == verbs.end()) continue;
        if (verb != nullptr)
            throw Wrong(member.line, "expected one verb a step, found \"" + verb->key +
                                         "\" and \"" + member.key + "\"");
        verb = &member;
    }
    if (verb != nullptr) return *verb;
    if (node.members.empty())
        throw Wrong(node.line, "expected a verb (" + listed(verbs) + ") in the step");
    static constexpr std::array<std::string_view, 6> siblings{"within", "on",        "chop",
                                                              "gap",    "meanwhile", "every"};
    for (auto const& member : node.members)
        if (std::find(siblings.begin(), siblings.end(), member.key) == siblings.end())
            throw Wrong(member.line, "expected a verb (" + listed(verbs) + "), found \"" +
                                         member.key + "\"" + suggestion(member.key, verbs));
    throw Wrong(node.line, "expected a verb (" + listed(verbs) + ") beside \"" +
                               node.members.front().key + "\"");
}

std::vector<std::string_view> keys_of(std::string_view verb) {
    std::vector<std::string_view> keys{verb};
    bool const of_target = verb == "measure" || verb == "shutdown" || verb == "gone";
    if (!of_target) keys.emplace_back("on");
    if (verb != "wait" && verb != "shutdown") keys.emplace_back("within");
    if (verb == "expect") keys.insert(keys.end(), {"meanwhile", "every"});
    if (verb == "send") keys.insert(keys.end(), {"chop", "gap"});
    return keys;
}

void read_action(Node const& node, Member const& verb, Step& step) {
    auto const& value = verb.value;
    if (verb.key == "open") step.action = read_open(value);
    if (verb.key == "send") step.action = read_send(node, value);
    if (verb.key == "expect") step.action = read_expect(node, value);
    if (verb.key == "exchange") step.action = read_exchange(value);
    if (verb.key == "measure") step.action = read_measure(value);
    if (verb.key == "wait") step.action = Wait{read_time(value, 1)};
    bool const is_bare = verb.key == "alive" || verb.key == "shutdown" || verb.key == "gone";
    if (is_bare && (!value.is(Node::Kind::object) || !value.members.empty()))
        wrong_kind(value, "{} for \"" + verb.key + "\"");
    if (verb.key == "alive") step.action = Alive{};
    if (verb.key == "shutdown") step.action = Shutdown{};
    if (verb.key == "gone") step.action = Gone{};
}

/// Milliseconds, a part of the time that a target has to stop in, or the time that its owner gives
/// who does not authenticate.
void read_within(Node const& node, Step& step) {
    static constexpr std::array<std::string_view, 1> keys{"grace"};
    auto* const expect = std::get_if<Expect>(&step.action);
    if (expect != nullptr && node.is(Node::Kind::text)) {
        if (node.text != auth_timeout_word)
            wrong_kind(node,
                       "milliseconds or \"" + std::string(auth_timeout_word) + "\" for \"within\"");
        expect->to_auth_timeout = true;
        return;
    }
    if (!node.is(Node::Kind::object)) {
        step.within = read_time(node, 1);
        return;
    }
    check_keys(node, keys, "\"within\"");
    auto const* const grace = node.find("grace");
    if (grace == nullptr) throw Wrong(node.line, "expected { grace: per cent } for \"within\"");
    step.of_grace = static_cast<unsigned>(as_number(*grace, 1, 1000, "per cent of the grace"));
}

Step read_step(Node const& node, std::string const& file) {
    Step step;
    step.at = {file, node.line};
    if (node.is(Node::Kind::text)) {
        auto const word = as_word(node, word_steps, "a step: an object or a word");
        if (word == 0) step.action = Open{};
        if (word == 2) step.action = Shutdown{};
        if (word == 3) step.action = Gone{};
        return step;
    }
    as_object(node, "a step: an object, or one of the words " + listed(word_steps));
    auto const& verb = verb_of(node);
    check_keys(node, keys_of(verb.key), "the step \"" + verb.key + "\"");
    read_action(node, verb, step);
    if (auto const* const within = node.find("within")) read_within(*within, step);
    if (auto const* const on = node.find("on"))
        step.on = static_cast<std::size_t>(as_number(*on, 0, connection_limit, "a connection"));
    return step;
}

}  // namespace

std::vector<Step> read_steps(Node const& node, std::string const& file) {
    if (!node.is(Node::Kind::list) || node.items.empty())
        wrong_kind(node, "a list of steps for \"steps\"");
    std::vector<Step> steps;
    for (auto const& item : node.items) steps.push_back(read_step(item, file));
    return steps;
}

}  // namespace wsproof::script
