// Reads patterns and the grade and note beside them.
#include <algorithm>
#include <array>

#include "harness/script/grammar.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/vocabulary.hpp"

namespace wsproof::script {

namespace {

/// In the order of the enumerators of Word.
constexpr std::array<std::string_view, 8> pattern_words{
    "accepted", "refused", "request", "closed", "eof", "reset", "silence", "closed-at-once"};
constexpr std::array<std::string_view, 17> pattern_nouns{
    "text",     "binary", "frame",    "ping",           "pong",    "close",
    "response", "failed", "accepted", "refused",        "request", "closed",
    "eof",      "reset",  "silence",  "closed-at-once", "repeats"};
constexpr std::array<std::string_view, 18> pattern_nouns_and_all{
    "text",     "binary", "frame",    "ping",           "pong",    "close",
    "response", "failed", "accepted", "refused",        "request", "closed",
    "eof",      "reset",  "silence",  "closed-at-once", "repeats", "all"};
/// In the order of the enumerators of Grade.
constexpr std::array<std::string_view, 5> grades{"pass", "lenient", "strict", "note", "fail"};

wire::StatusCode read_code(Node const& node) {
    return static_cast<wire::StatusCode>(as_number(node, 0, 0xFFFF, "a status code"));
}

MaybeCode read_maybe_code(Node const& node) {
    if (node.is(Node::Kind::null)) return std::nullopt;
    return read_code(node);
}

std::vector<MaybeCode> read_maybe_codes(Node const& node) {
    if (!node.is(Node::Kind::list)) return {read_maybe_code(node)};
    if (node.items.empty())
        throw Wrong(node.line, "expected at least one status code or null, found []; {} is any");
    std::vector<MaybeCode> codes;
    for (auto const& item : node.items) codes.push_back(read_maybe_code(item));
    return codes;
}

ClosePattern read_close(Node const& node) {
    ClosePattern close;
    if (!node.is(Node::Kind::object)) {
        bool const fits =
            node.is(Node::Kind::number) || node.is(Node::Kind::null) || node.is(Node::Kind::list);
        if (!fits)
            wrong_kind(node, "a status code, a list, { code, reason }, null or {} for \"close\"");
        close.codes = read_maybe_codes(node);
        return close;
    }
    static constexpr std::array<std::string_view, 2> keys{"code", "reason"};
    check_keys(node, keys, "\"close\"");
    if (auto const* const code = node.find("code")) close.codes = read_maybe_codes(*code);
    if (auto const* const reason = node.find("reason")) close.reason = read_payload(*reason);
    bool const bare =
        std::find(close.codes.begin(), close.codes.end(), std::nullopt) != close.codes.end();
    if (bare && close.reason)
        throw Wrong(node.line,
                    "expected status codes without null beside \"reason\": a Close frame without "
                    "code has no reason");
    return close;
}

FailedPattern read_failed(Node const& node) {
    FailedPattern failed;
    if (!node.is(Node::Kind::list)) {
        failed.codes.push_back(read_code(node));
        return failed;
    }
    for (auto const& item : node.items) failed.codes.push_back(read_code(item));
    if (failed.codes.empty())
        throw Wrong(node.line, "expected at least one status code for \"failed\", found []");
    return failed;
}

FramePattern read_frame(Node const& node) {
    static constexpr std::array<std::string_view, 6> keys{"opcode", "fin",  "rsv1",
                                                          "rsv2",   "rsv3", "payload"};
    as_object(node, "{ opcode, fin, rsv1, rsv2, rsv3, payload } for \"frame\"");
    check_keys(node, keys, "the pattern \"frame\"");
    FramePattern frame;
    for (auto const& [key, line, value] : node.members) {
        if (key == "opcode")
            frame.opcode = static_cast<wire::Opcode>(as_number(value, 0, 15, "an opcode"));
        if (key == "fin") frame.fin = as_boolean(value, key);
        if (key == "rsv1") frame.rsv1 = as_boolean(value, key);
        if (key == "rsv2") frame.rsv2 = as_boolean(value, key);
        if (key == "rsv3") frame.rsv3 = as_boolean(value, key);
        if (key == "payload") frame.payload = read_payload(value);
    }
    return frame;
}

FieldPattern read_field(Member const& member) {
    FieldPattern field;
    field.name = member.key;
    auto const& value = member.value;
    if (value.is(Node::Kind::null)) {
        field.kind = FieldPattern::Kind::absent;
        return field;
    }
    if (value.is(Node::Kind::text)) {
        field.kind = FieldPattern::Kind::equals;
        field.value = value.text;
        return field;
    }
    as_object(value,
              "a text, null (absent), { \"has\": token }, { \"every\": property } or {} (present) "
              "for the field \"" +
                  member.key + "\"");
    static constexpr std::array<std::string_view, 2> keys{"has", "every"};
    check_keys(value, keys, "a field");
    if (auto const* const property = value.find("every")) {
        as_word(*property, cookie_properties, "a property of cookies");
        field.kind = FieldPattern::Kind::every;
        field.value = property->text;
    }
    if (auto const* const token = value.find("has")) {
        field.kind = FieldPattern::Kind::has_token;
        field.value = as_text(*token, "a token for \"has\"");
    }
    return field;
}

unsigned read_status(Node const& node) {
    return static_cast<unsigned>(as_number(node, 100, 999, "a status (or a class as \"4xx\")"));
}

void read_statuses(Node const& node, ResponsePattern& response) {
    if (node.is(Node::Kind::text)) {
        auto const& text = node.text;
        bool const fits =
            text.size() == 3 && text[0] >= '1' && text[0] <= '5' && text.substr(1) == "xx";
        if (!fits) wrong_kind(node, "a status, a list of them or a class as \"4xx\"");
        response.status_class = static_cast<unsigned>(text[0] - '0');
        return;
    }
    if (!node.is(Node::Kind::list)) {
        response.statuses.push_back(read_status(node));
        return;
    }
    for (auto const& item : node.items) response.statuses.push_back(read_status(item));
    if (response.statuses.empty())
        throw Wrong(node.line, "expected at least one status, found []; leave the key out for any");
}

ResponsePattern read_response_pattern(Node const& node) {
    static constexpr std::array<std::string_view, 2> keys{"status", "headers"};
    as_object(node, "{ status, headers } for \"response\"");
    check_keys(node, keys, "the pattern \"response\"");
    ResponsePattern response;
    if (auto const* const status = node.find("status")) read_statuses(*status, response);
    if (auto const* const headers = node.find("headers"))
        for (auto const& member : as_object(*headers, "{ name: value } for \"headers\"").members)
            response.headers.push_back(read_field(member));
    return response;
}

Pattern read_pattern(Node const& node, bool outermost);

Pattern read_all(Node const& node) {
    if (!node.is(Node::Kind::list) || node.items.size() < 2)
        wrong_kind(node, "a list of two or more patterns for \"all\"");
    AllPattern all;
    for (auto const& item : node.items) all.patterns.push_back(read_pattern(item, false));
    return all;
}

Pattern read_noun(Member const& noun) {
    auto const& [key, line, value] = noun;
    if (key == "text") return MessagePattern{wire::Opcode::text, read_payload(value)};
    if (key == "binary") return MessagePattern{wire::Opcode::binary, read_payload(value)};
    if (key == "ping") return ControlPattern{wire::Opcode::ping, read_payload(value)};
    if (key == "pong") return ControlPattern{wire::Opcode::pong, read_payload(value)};
    if (key == "frame") return read_frame(value);
    if (key == "close") return read_close(value);
    if (key == "response") return read_response_pattern(value);
    if (key == "failed") return read_failed(value);
    if (key == "repeats") return RepeatsPattern{read_payload(value)};
    if (key == "all") return read_all(value);
    auto const word = std::find(pattern_words.begin(), pattern_words.end(), key);
    if (!value.is(Node::Kind::object) || !value.members.empty())
        wrong_kind(value, "{} for \"" + key + "\"");
    return static_cast<Word>(word - pattern_words.begin());
}

Member const& noun_of(Node const& node, bool outermost) {
    Names const known = outermost ? Names(pattern_nouns_and_all) : Names(pattern_nouns);
    Member const* noun = nullptr;
    for (auto const& member : node.members) {
        bool const beside = outermost && (member.key == "grade" || member.key == "note");
        if (beside) continue;
        if (std::find(known.begin(), known.end(), member.key) == known.end()) {
            std::vector<std::string_view> names(known.begin(), known.end());
            if (outermost) names.insert(names.end(), {"grade", "note"});
            throw Wrong(member.line, "expected a pattern (" + listed(names) + "), found \"" +
                                         member.key + "\"" + suggestion(member.key, names));
        }
        if (noun != nullptr)
            throw Wrong(member.line, "expected one pattern, found \"" + noun->key + "\" and \"" +
                                         member.key + "\" in one object; \"all\" joins several");
        noun = &member;
    }
    if (noun == nullptr)
        throw Wrong(node.line, "expected a pattern (" + listed(known) + ") in the object");
    return *noun;
}

Pattern read_pattern(Node const& node, bool outermost) {
    if (node.is(Node::Kind::text))
        return static_cast<Word>(as_word(node, pattern_words, "a pattern: an object or a word"));
    as_object(node, "a pattern: an object or a word (" + listed(pattern_words) + ")");
    return read_noun(noun_of(node, outermost));
}

}  // namespace

Outcome read_outcome(Node const& node) {
    Outcome outcome;
    outcome.pattern = read_pattern(node, true);
    if (!node.is(Node::Kind::object)) return outcome;
    if (auto const* const grade = node.find("grade"))
        outcome.grade = static_cast<Grade>(as_word(*grade, grades, "a grade"));
    if (auto const* const note = node.find("note"))
        outcome.note = as_text(*note, "a sentence for \"note\"");
    bool const unsaid = outcome.grade != Grade::pass && outcome.note.empty();
    if (unsaid && outcome.grade == Grade::note)
        throw Wrong(node.line,
                    "expected a \"note\" that says what happened beside the grade \"note\"");
    return outcome;
}

}  // namespace wsproof::script
