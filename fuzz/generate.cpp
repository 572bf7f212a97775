#include "fuzz/generate.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "fuzz/mutate.hpp"
#include "reference_impl/wire/deflate.hpp"

namespace wsproof::fuzz {
namespace {

using namespace std::string_view_literals;
using script::FrameOutput;
using wire::Opcode;

constexpr std::size_t most_kept = 4096;  // sessions in the corpus

/// Texts that have found something in one parser or another.
constexpr std::array snippets{"Hello"sv,
                              ""sv,
                              "a"sv,
                              "κόσμε"sv,
                              "日本"sv,
                              "\xF0\x9F\x98\x80"sv,
                              "\0"sv,
                              "\xEF\xBB\xBF"sv,
                              "\xEF\xBF\xBF"sv,
                              "\xF4\x8F\xBF\xBF"sv,
                              "\xC2\x80"sv,
                              "\xED\x9F\xBF"sv,
                              "\r\n\r\n"sv,
                              "%s%n"sv,
                              "{\"a\":[1,2]}"sv,
                              "<b>&amp;"sv};

constexpr std::array<std::size_t, 12> border_sizes{0,   1,   2,   3,   124, 125,
                                                   126, 127, 128, 255, 256, 1000};
constexpr std::array<std::size_t, 3> large_sizes{65535, 65536, 65537};
constexpr std::array<wire::StatusCode, 12> close_codes{1000, 1001, 1002, 1003, 1007, 1008,
                                                       1009, 1011, 1012, 3000, 4000, 4999};

std::string text(Dice& dice) {
    std::string words;
    for (auto count = dice.below(5); count > 0; --count) words += one_of(snippets, dice);
    return words;
}

wire::Bytes random_bytes(std::size_t size, Dice& dice) {
    wire::Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::byte>(dice.next());
    return bytes;
}

struct Content {
    Opcode opcode = Opcode::text;
    wire::Bytes data = {};
};

Content content(Dice& dice) {
    switch (dice.below(8)) {
        case 0:
            return {Opcode::binary, random_bytes(dice.below(40), dice)};
        case 1:
            return {Opcode::binary, random_bytes(one_of(border_sizes, dice), dice)};
        case 2:
            return {Opcode::text, wire::to_bytes(std::string(one_of(border_sizes, dice), 'x'))};
        default:
            return {Opcode::text, wire::to_bytes(text(dice))};
    }
}

FrameOutput frame(Opcode opcode, wire::ByteView payload) {
    FrameOutput output;
    output.opcode = opcode;
    output.payload = payload_of(payload);
    return output;
}

FrameOutput control(Dice& dice) {
    auto const opcode = dice.below(3) == 0 ? Opcode::pong : Opcode::ping;
    auto const size = dice.below(4) == 0 ? 125 : dice.below(12);
    return frame(opcode, random_bytes(size, dice));
}

/// The message in two to four frames, cut anywhere, with control frames between some of them.
std::vector<script::Output> fragments(Content const& content, bool rsv1, Dice& dice) {
    std::vector<script::Output> outputs;
    wire::ByteView rest{content.data};
    auto opcode = content.opcode;
    for (auto left = 1 + dice.below(3); left > 0; --left) {
        auto const size = dice.below(rest.size() + 1);
        auto piece = frame(opcode, rest.first(size));
        piece.fin = false;
        piece.rsv1 = std::exchange(rsv1, false);
        outputs.emplace_back(piece);
        if (dice.below(4) == 0) outputs.emplace_back(control(dice));
        rest = rest.subspan(size);
        opcode = Opcode::continuation;
    }
    outputs.emplace_back(frame(Opcode::continuation, rest));
    return outputs;
}

/// In one write, or each in its own.
std::vector<Write> written(std::vector<script::Output> outputs, Dice& dice) {
    std::vector<Write> writes;
    if (dice.below(2) == 0) {
        writes.push_back({std::move(outputs)});
    } else {
        for (auto& output : outputs) writes.push_back({{std::move(output)}});
    }
    if (dice.below(6) == 0) writes.back().chop = 1 + dice.below(7);
    return writes;
}

std::vector<script::Output> compressed(Content const& content, Dice& dice) {
    if (dice.below(2) == 0)
        return fragments({content.opcode, wire::Deflater(15).compress(content.data)}, true, dice);
    auto whole = frame(content.opcode, {});
    whole.rsv1 = true;
    whole.payload = {script::Deflate{{payload_of(content.data)}}};
    return {whole};
}

/// Several messages in one write: each is answered, in their order.
std::vector<Write> burst(Dice& dice) {
    Write write;
    for (auto count = 2 + dice.below(3); count > 0; --count) {
        auto const said = content(dice);
        write.outputs.emplace_back(frame(said.opcode, said.data));
    }
    return {write};
}

FrameOutput close(Dice& dice) {
    FrameOutput output = frame(Opcode::close, {});
    if (dice.below(4) == 0) return output;
    script::CloseBody body{one_of(close_codes, dice), {}};
    if (dice.below(2) == 0) body.reason = {{script::Literal{std::string{one_of(snippets, dice)}}}};
    output.payload = {std::move(body)};
    return output;
}

/// Fields that mean nothing to a server (RFC 6455 4.2.1 wants them ignored).
std::vector<script::FieldDelta> neutral_fields(Dice& dice) {
    static std::vector<script::FieldDelta> const fields{{"X-Wsproof", {"1"}},
                                                        {"User-Agent", {"wsproof"}},
                                                        {"Accept-Language", {"en"}},
                                                        {"Pragma", {"no-cache"}},
                                                        {"Cache-Control", {"no-cache"}},
                                                        {"X-Request-Id", {"0123456789abcdef"}}};
    std::vector<script::FieldDelta> chosen;
    if (dice.below(2) == 0) chosen.push_back(one_of(fields, dice));
    return chosen;
}

std::size_t segment(Dice& dice) {
    return dice.below(4) == 0 ? 1 + dice.below(40) : 0;
}

/// What every server has to answer comes first, each alone.
std::optional<Session> plain_session(std::uint64_t number, Phases const& phases) {
    if (number == 1 && phases.frames) return Session{.writes = {{{frame(Opcode::ping, {})}}}};
    if (number == 2 && phases.close) return Session{.writes = {{{frame(Opcode::close, {})}}}};
    return std::nullopt;
}

}  // namespace

std::vector<Write> legal_writes(Dice& dice, bool deflate) {
    if (deflate && dice.below(2) == 0) return written(compressed(content(dice), dice), dice);
    switch (dice.below(8)) {
        case 0:
        case 1:
            return written(fragments(content(dice), false, dice), dice);
        case 2:
        case 3:
            return written({control(dice)}, dice);
        case 4:
            return burst(dice);
        default: {
            auto const said = content(dice);
            return written({frame(said.opcode, said.data)}, dice);
        }
    }
}

Session legal_session(Dice& dice, Phases const& phases) {
    Session session;
    session.fields = neutral_fields(dice);
    bool const deflate = phases.deflate && dice.below(4) == 0;
    if (deflate) session.extension = "permessage-deflate";
    for (auto count = 1 + dice.below(5); count > 0; --count)
        std::ranges::move(legal_writes(dice, deflate), std::back_inserter(session.writes));
    if (dice.below(100) == 0) {
        auto const size = one_of(large_sizes, dice);
        auto const data = wire::to_bytes(std::string(size, 'x'));
        session.writes.push_back({{frame(Opcode::text, data)}});
    }
    if (phases.close && dice.below(3) == 0) session.writes.push_back({{close(dice)}});
    if (phases.close && dice.below(400) == 0) session.writes.push_back({{script::EofOutput{}}});
    return session;
}

Generator::Generator(Model const& model, std::vector<script::Variant const*> bases, Phases phases,
                     std::uint64_t seed, std::vector<wire::Bytes> words)
    : model_(model),
      bases_(std::move(bases)),
      phases_(phases),
      seed_(seed),
      words_(std::move(words)) {
    Dice dice{seed};
    for (auto left = bases_.size(); left > 1; --left)
        std::swap(bases_[left - 1], bases_[dice.below(left)]);
}

Numbered Generator::next() {
    Numbered made{.number = ++number_};
    Dice dice{seed_ + made.number * 0x9E3779B97F4A7C15ULL};
    auto plain = plain_session(made.number, phases_);
    made.session = plain ? *std::move(plain) : make(dice);
    made.judged = model_.judge(made.session, made.number);
    bool is_new = false;
    for (auto const input : made.judged.inputs) is_new = seen_.insert(input).second || is_new;
    if (is_new && made.session.base == nullptr) add_to_corpus(made.session);
    return made;
}

void Generator::add_to_corpus(Session session) {
    if (corpus_.size() < most_kept) corpus_.push_back(std::move(session));
}

/// As many of the catalogue as of the model, until each case has been played once; then fewer.
Session Generator::make(Dice& dice) {
    auto const one_in = next_base_ < bases_.size() ? 2U : 6U;
    if (!bases_.empty() && dice.below(one_in) == 0) return from_base(dice);
    return phases_.frames || phases_.close || phases_.deflate || bases_.empty() ? from_model(dice)
                                                                                : from_base(dice);
}

Session Generator::from_base(Dice& dice) {
    Session session;
    session.base = bases_[next_base_++ % bases_.size()];
    session.fields = neutral_fields(dice);
    session.chop = segment(dice);
    for (auto count = dice.below(3); count > 0; --count)
        std::ranges::move(legal_writes(dice, false), std::back_inserter(session.writes));
    return session;
}

Session Generator::from_model(Dice& dice) {
    bool const builds_on = !corpus_.empty() && dice.below(2) == 0;
    auto session = builds_on ? one_of(corpus_, dice) : legal_session(dice, phases_);
    if (builds_on && dice.below(8) == 0) session = crossed(session, one_of(corpus_, dice), dice);
    if (!words_.empty() && dice.below(2) == 0) put_word(session, one_of(words_, dice), dice);
    auto const mutations = builds_on ? 1 + dice.below(3) : dice.below(3);
    for (auto left = mutations; left > 0; --left) mutate(session, dice, phases_);
    return session;
}

}  // namespace wsproof::fuzz
