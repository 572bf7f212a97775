#include "harness/play/match.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/play/cookie_check.hpp"
#include "harness/play/words.hpp"
#include "reference_impl/wire/close_status.hpp"

namespace wsproof::play {
namespace {

using script::Word;

template <class T>
Fit fit(T holds) {
    return holds ? Fit::yes : Fit::no;
}

template <class T>
bool agrees(std::optional<T> const& wanted, T const& got) {
    return !wanted || *wanted == got;
}

bool same(script::Payload const& wanted, wire::ByteView got, Encoding const& encoding) {
    return script::spells(encoding.fill()(wanted), got, encoding.seed);
}

/// A 101 that a client has to take for one (RFC 6455 4.1).
bool opens(Response const* response) {
    return response != nullptr && response->switching() && response->fatal_defect() == nullptr;
}

// ---- matches: one overload a noun ------------------------------------------------------------

struct Matcher {
    Event const& event;
    Encoding const& encoding;

    Fit operator()(script::MessagePattern const& pattern) const {
        auto const* frame = event.as<Frame>();
        if (frame == nullptr || !frame->message || frame->message->corrupt) return Fit::no;
        auto const& message = *frame->message;
        return fit(message.opcode == pattern.opcode &&
                   same(pattern.payload, message.payload, encoding));
    }

    Fit operator()(script::FramePattern const& pattern) const {
        auto const* frame = event.as<Frame>();
        if (frame == nullptr) return Fit::no;
        auto const& header = frame->header;
        return fit(agrees(pattern.opcode, header.opcode) && agrees(pattern.fin, header.fin) &&
                   agrees(pattern.rsv1, header.rsv1) && agrees(pattern.rsv2, header.rsv2) &&
                   agrees(pattern.rsv3, header.rsv3) &&
                   (!pattern.payload || same(*pattern.payload, frame->payload, encoding)));
    }

    Fit operator()(script::ControlPattern const& pattern) const {
        auto const* frame = event.as<Frame>();
        return fit(frame != nullptr && frame->header.opcode == pattern.opcode &&
                   same(pattern.payload, frame->payload, encoding));
    }

    Fit operator()(script::ClosePattern const& pattern) const {
        if (!event.is_close()) return Fit::no;
        auto const& payload = event.as<Frame>()->payload;
        auto const code = close_code_of(payload);
        if (!pattern.codes.empty()) {
            // One byte is neither a code nor no body.
            if (!code && !payload.empty()) return Fit::no;
            if (std::ranges::count(pattern.codes, code) == 0) return Fit::no;
        }
        if (!pattern.reason) return Fit::yes;
        auto const reason =
            wire::ByteView{payload}.subspan(std::min<std::size_t>(2, payload.size()));
        return fit(same(*pattern.reason, reason, encoding));
    }

    Fit operator()(script::ResponsePattern const& pattern) const {
        auto const* response = event.as<Response>();
        if (response == nullptr) return Fit::no;
        auto const status = response->line.status;
        auto const any = pattern.statuses.empty() && !pattern.status_class;
        auto const listed = std::ranges::count(pattern.statuses, status) != 0;
        if (!any && !listed && pattern.status_class != status / 100) return Fit::no;
        return fit(std::ranges::all_of(pattern.headers, [&](script::FieldPattern const& field) {
            return holds(field, response->head);
        }));
    }

    Fit operator()(Word word) const {
        auto const* end = event.as<End>();
        auto const* response = event.as<Response>();
        auto const* request = event.as<Request>();
        switch (word) {
            case Word::accepted:
                return fit(opens(response));
            case Word::closed_at_once:
                return opens(response) ? Fit::begins : Fit::no;
            case Word::refused:
                if (end != nullptr) return Fit::loosely;
                return fit(response != nullptr && !response->interim() && !response->switching() &&
                           response->line.status != 0);
            case Word::request:
                return fit(request != nullptr && request->defects.empty());
            case Word::closed:
                if (event.is_close()) return Fit::begins;
                return fit(end != nullptr);
            case Word::eof:
                return fit(end != nullptr && !end->reset);
            case Word::reset:
                return fit(end != nullptr && end->reset);
            case Word::silence:
                break;
        }
        return Fit::no;
    }

    Fit operator()(script::FailedPattern const& pattern) const {
        if (event.as<End>() != nullptr) return Fit::loosely;
        if (!event.is_close()) return Fit::no;
        auto const code = close_code_of(event.as<Frame>()->payload);
        if (code && std::ranges::count(pattern.codes, *code) != 0) return Fit::begins;
        // 7.1.7: with "an appropriate status code", which is a SHOULD; none at all is no worse.
        return code && !wire::may_be_sent(*code) ? Fit::no : Fit::begins_loosely;
    }

    Fit operator()(script::RepeatsPattern const& pattern) const {
        auto const text = encoding.payload(pattern.text);
        auto const has = [&](wire::ByteView bytes) {
            return !text.empty() && std::ranges::search(bytes, text).begin() != bytes.end();
        };
        if (auto const* response = event.as<Response>())
            return fit(has(wire::as_bytes(response->head.raw)));
        if (auto const* content = event.as<Content>()) return fit(has(content->bytes));
        auto const* frame = event.as<Frame>();
        return fit(frame != nullptr &&
                   (has(frame->payload) || (frame->message && has(frame->message->payload))));
    }

    /// The expectation ticks off the members one by one.
    Fit operator()(script::AllPattern const&) const { return Fit::no; }

    bool holds(script::FieldPattern const& field, wire::HttpHead const& head) const {
        if (field.kind == script::FieldPattern::Kind::every)
            return every_cookie(head.values_of(field.name), encoding.setting.session_cookie,
                                field.value);
        auto const wanted = encoding.fill()(field.value);
        auto const values = head.values_of(field.name);
        switch (field.kind) {
            case script::FieldPattern::Kind::absent:
                return values.empty();
            case script::FieldPattern::Kind::present:
                return !values.empty();
            case script::FieldPattern::Kind::every:
                break;
            case script::FieldPattern::Kind::equals:
                return values == std::vector<std::string>{wanted};
            case script::FieldPattern::Kind::has_token:
                return std::ranges::any_of(head.elements_of(field.name), [&](auto const& element) {
                    return wire::equals_ignoring_case(element, wanted);
                });
        }
        return false;
    }
};

// ---- in words: one overload a noun -----------------------------------------------------------

std::string code_in_words(script::MaybeCode const& code) {
    return code ? std::to_string(*code) : std::string{"no code"};
}

/// "1000, 1001 or no code"
std::string alternatives(std::vector<std::string> const& words) {
    if (words.size() < 2) return words.empty() ? std::string{} : words.front();
    auto const all_but_last = std::vector<std::string>(words.begin(), words.end() - 1);
    return fmt::format("{} or {}", fmt::join(all_but_last, ", "), words.back());
}

struct Teller {
    std::string operator()(script::MessagePattern const& pattern) const {
        return fmt::format("{} {}", wire::name_of(pattern.opcode),
                           script::in_words(pattern.payload));
    }

    std::string operator()(script::FramePattern const& pattern) const {
        std::vector<std::string> parts;
        auto const bit = [&parts](std::string_view name, std::optional<bool> const& value) {
            if (value) parts.push_back(fmt::format("{} {}", name, *value ? 1 : 0));
        };
        bit("FIN", pattern.fin);
        bit("RSV1", pattern.rsv1);
        bit("RSV2", pattern.rsv2);
        bit("RSV3", pattern.rsv3);
        if (pattern.payload) parts.push_back("payload " + script::in_words(*pattern.payload));
        auto words = pattern.opcode ? fmt::format("a {} frame", wire::name_of(*pattern.opcode))
                                    : std::string{"a frame"};
        return parts.empty() ? words : fmt::format("{} with {}", words, fmt::join(parts, ", "));
    }

    std::string operator()(script::ControlPattern const& pattern) const {
        return fmt::format("{} {}", wire::name_of(pattern.opcode),
                           script::in_words(pattern.payload));
    }

    std::string operator()(script::ClosePattern const& pattern) const {
        std::vector<std::string> codes;
        for (auto const& code : pattern.codes) codes.push_back(code_in_words(code));
        auto words =
            codes.empty() ? std::string{"a Close frame"} : "Close with " + alternatives(codes);
        if (pattern.reason) words += " and the reason " + script::in_words(*pattern.reason);
        return words;
    }

    std::string operator()(script::ResponsePattern const& pattern) const {
        std::vector<std::string> statuses;
        for (auto const status : pattern.statuses) statuses.push_back(std::to_string(status));
        if (pattern.status_class) statuses.push_back(fmt::format("{}xx", *pattern.status_class));
        auto words =
            statuses.empty() ? std::string{"a response"} : "a response " + alternatives(statuses);
        std::vector<std::string> fields;
        for (auto const& field : pattern.headers) fields.push_back(field_in_words(field));
        return fields.empty() ? words : fmt::format("{} {}", words, fmt::join(fields, " and "));
    }

    std::string operator()(Word word) const {
        switch (word) {
            case Word::accepted:
                return "the opening handshake to be accepted (a correct 101)";
            case Word::refused:
                return "the opening handshake to be refused";
            case Word::request:
                return "a correct opening handshake request";
            case Word::closed:
                return "the end of the connection";
            case Word::eof:
                return "the end of TCP (FIN)";
            case Word::reset:
                return "the end of TCP (RST)";
            case Word::silence:
                return "nothing at all";
            case Word::closed_at_once:
                return "the connection to be closed as soon as it is open";
        }
        return {};
    }

    std::string operator()(script::FailedPattern const& pattern) const {
        std::vector<std::string> codes;
        for (auto const code : pattern.codes) codes.push_back(std::to_string(code));
        return fmt::format("the connection to be failed: Close {} and the end of TCP",
                           alternatives(codes));
    }

    std::string operator()(script::RepeatsPattern const& pattern) const {
        return "something with " + script::in_words(pattern.text) + " in it";
    }

    std::string operator()(script::AllPattern const& pattern) const {
        std::vector<std::string> words;
        for (auto const& member : pattern.patterns) words.push_back(in_words(member));
        return fmt::format("{}", fmt::join(words, " and "));
    }

    static std::string field_in_words(script::FieldPattern const& field) {
        switch (field.kind) {
            case script::FieldPattern::Kind::absent:
                return "without " + field.name;
            case script::FieldPattern::Kind::present:
                return "with " + field.name;
            case script::FieldPattern::Kind::equals:
                return fmt::format("with {}: {}", field.name, field.value);
            case script::FieldPattern::Kind::has_token:
                return fmt::format("with {} naming {}", field.name, field.value);
            case script::FieldPattern::Kind::every:
                return fmt::format("with {}: {}", field.name,
                                   cookie_property_in_words(field.value));
        }
        return {};
    }
};

}  // namespace

Fit matches(script::Pattern const& pattern, Event const& event, Encoding const& encoding) {
    return std::visit(Matcher{event, encoding}, pattern);
}

std::string in_words(script::Pattern const& pattern) {
    return std::visit(Teller{}, pattern);
}

Interest interest_of(script::Pattern const& pattern) {
    Interest interest;
    interest.messages = std::holds_alternative<script::MessagePattern>(pattern) ||
                        std::holds_alternative<script::RepeatsPattern>(pattern);
    if (auto const* control = std::get_if<script::ControlPattern>(&pattern)) {
        interest.pings = control->opcode == wire::Opcode::ping;
        interest.pongs = control->opcode == wire::Opcode::pong;
    } else if (auto const* frame = std::get_if<script::FramePattern>(&pattern)) {
        interest.pings = frame->opcode == wire::Opcode::ping;
        interest.pongs = frame->opcode == wire::Opcode::pong;
        interest.fragments = !frame->opcode || !wire::is_control(*frame->opcode);
    } else if (auto const* response = std::get_if<script::ResponsePattern>(&pattern)) {
        interest.interim =
            response->status_class == 1U || std::ranges::count(response->statuses, 100U) != 0;
    } else if (auto const* word = std::get_if<Word>(&pattern)) {
        interest.end = *word == Word::closed || *word == Word::eof || *word == Word::reset;
        interest.silence = *word == Word::silence;
    } else if (std::holds_alternative<script::FailedPattern>(pattern)) {
        interest.end = true;
    } else if (auto const* all = std::get_if<script::AllPattern>(&pattern)) {
        for (auto const& member : all->patterns) {
            interest.merge(interest_of(member));
        }
    }
    return interest;
}

void Interest::merge(Interest const& other) noexcept {
    pings |= other.pings;
    pongs |= other.pongs;
    fragments |= other.fragments;
    interim |= other.interim;
    end |= other.end;
    silence |= other.silence;
    messages |= other.messages;
}

}  // namespace wsproof::play
