#include "fuzz/mutate.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace wsproof::fuzz {
namespace {

using namespace std::string_view_literals;
using script::FrameOutput;
using wire::Opcode;

constexpr std::size_t most_writes = 24;

/// Bytes that no UTF-8 has (RFC 3629 3), one kind of mistake each.
constexpr std::array invalid_utf8{"\x80"sv,
                                  "\xFF"sv,
                                  "\xC0\xAF"sv,
                                  "\xED\xA0\x80"sv,
                                  "\xF5\x80\x80\x80"sv,
                                  "\xE2\x82"sv,
                                  "\xF4\x90\x80\x80"sv,
                                  "\xF8\x88\x80\x80\x80"sv,
                                  "\xE0\x80\xAF"sv};
/// Not DEFLATE to anybody: a block of the reserved kind (RFC 1951 3.2.3).
constexpr std::array corrupt_deflate{"\x06"sv, "\x07"sv};
constexpr std::array<wire::StatusCode, 12> bad_codes{0,    999,  1004, 1005, 1006, 1015,
                                                     1016, 2000, 2999, 5000, 9999, 65535};

/// Where an output stands.
struct Spot {
    std::size_t write = 0;
    std::size_t output = 0;
};

class Mutation {
public:
    Mutation(Session& session, Dice& dice) : session_(session), dice_(dice) {}

    void drop() {
        auto const spot = any();
        if (!spot) return;
        auto& outputs = outputs_at(*spot);
        outputs.erase(outputs.begin() + static_cast<std::ptrdiff_t>(spot->output));
    }

    void repeat() {
        auto const spot = any();
        if (!spot || session_.writes.size() >= most_writes) return;
        auto& outputs = outputs_at(*spot);
        auto copy = outputs[spot->output];
        outputs.insert(outputs.begin() + static_cast<std::ptrdiff_t>(spot->output),
                       std::move(copy));
    }

    void swap() {
        auto const one = any();
        auto const other = any();
        if (one && other)
            std::swap(outputs_at(*one)[one->output], outputs_at(*other)[other->output]);
    }

    void split() {
        auto const spot = any();
        if (!spot || spot->output == 0) return;
        auto& outputs = outputs_at(*spot);
        auto const cut = outputs.begin() + static_cast<std::ptrdiff_t>(spot->output);
        Write rest{{cut, outputs.end()}, session_.writes[spot->write].chop};
        outputs.erase(cut, outputs.end());
        session_.writes.insert(
            session_.writes.begin() + static_cast<std::ptrdiff_t>(spot->write) + 1,
            std::move(rest));
    }

    void join() {
        if (session_.writes.size() < 2) return;
        auto const at = dice_.below(session_.writes.size() - 1);
        auto& first = session_.writes[at].outputs;
        std::ranges::move(session_.writes[at + 1].outputs, std::back_inserter(first));
        session_.writes.erase(session_.writes.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }

    void change_delivery() {
        if (session_.writes.empty()) return;
        one_write().chop = dice_.below(3) == 0 ? 0 : 1 + dice_.below(9);
    }

    void insert_legal() { insert(legal_writes(dice_, deflate())); }

    void insert_lone_continuation() {
        FrameOutput lone;
        lone.opcode = Opcode::continuation;
        lone.fin = dice_.below(2) == 0;
        insert({{{lone}}});
    }

    void change_header() {
        auto* const frame = any_frame();
        if (frame == nullptr) return;
        switch (dice_.below(9)) {
            case 0:
                frame->fin = !frame->fin;
                break;
            case 1:
                // To compress what is not compressed is another matter: who can tell what it
                // inflates to?
                if (!deflate() || wire::is_control(frame->opcode)) frame->rsv1 = !frame->rsv1;
                break;
            case 2:
                frame->rsv2 = true;
                break;
            case 3:
                frame->rsv3 = true;
                break;
            case 4:
                if (!frame->rsv1) frame->opcode = static_cast<Opcode>(dice_.below(16));
                break;
            case 5:
                frame->mask = FrameOutput::Mask::none;
                break;
            case 6:
                frame->mask = FrameOutput::Mask::key;
                frame->masking_key = {};
                break;
            case 7:
                frame->length_bits =
                    dice_.below(2) == 0 ? wire::LengthForm::bits_16 : wire::LengthForm::bits_64;
                break;
            default:
                frame->declares = (std::uint64_t{1} << 63U) + dice_.below(256);
                frame->length_bits.reset();
        }
    }

    void change_payload() {
        auto* const frame = any_frame();
        if (frame == nullptr) return;
        if (frame->opcode == Opcode::close) return change_close(*frame);
        if (frame->opcode == Opcode::ping || frame->opcode == Opcode::pong) return lengthen(*frame);
        if (deflate())
            corrupt(*frame);
        else
            break_text(*frame);
    }

    void put_word(wire::ByteView word) {
        auto* const frame = any_frame();
        if (frame == nullptr || wire::is_control(frame->opcode) || deflate()) return;
        put(word, *frame);
    }

private:
    /// One byte too many, or more.
    void lengthen(FrameOutput& frame) const {
        auto const size = 126 + dice_.below(4) * dice_.below(100);
        frame.payload = {script::Times{size, {{script::Literal{"x"}}}}};
    }

    void corrupt(FrameOutput& frame) const {
        if (frame.opcode == Opcode::continuation) return;
        frame.rsv1 = true;
        frame.fin = true;
        frame.payload = payload_of(wire::as_bytes(one_of(corrupt_deflate, dice_)));
    }

    void break_text(FrameOutput& frame) const {
        put(wire::as_bytes(one_of(invalid_utf8, dice_)), frame);
    }

    /// Anywhere between its bytes.
    void put(wire::ByteView piece, FrameOutput& frame) const {
        auto bytes = script::evaluate(frame.payload, 0);
        auto const at = static_cast<std::ptrdiff_t>(dice_.below(bytes.size() + 1));
        bytes.insert(bytes.begin() + at, piece.begin(), piece.end());
        frame.payload = payload_of(bytes);
    }

    void change_close(FrameOutput& frame) const {
        switch (dice_.below(4)) {
            case 0:
                frame.payload = {script::Hex{{std::byte{3}}}};
                break;
            case 1:
                frame.payload = {script::CloseBody{
                    1000, {payload_of(wire::as_bytes(one_of(invalid_utf8, dice_)))}}};
                break;
            case 2:
                frame.payload = {
                    script::CloseBody{1000, {{script::Times{124, {{script::Literal{"r"}}}}}}}};
                break;
            default:
                frame.payload = {script::CloseBody{one_of(bad_codes, dice_), {}}};
        }
    }

    bool deflate() const { return !session_.extension.empty(); }

    std::vector<script::Output>& outputs_at(Spot spot) const {
        return session_.writes[spot.write].outputs;
    }

    Write& one_write() const { return session_.writes[dice_.below(session_.writes.size())]; }

    std::optional<Spot> any() const {
        if (session_.writes.empty()) return std::nullopt;
        auto const write = dice_.below(session_.writes.size());
        auto const count = session_.writes[write].outputs.size();
        if (count == 0) return std::nullopt;
        return Spot{write, dice_.below(count)};
    }

    FrameOutput* any_frame() const {
        auto const spot = any();
        return spot ? std::get_if<FrameOutput>(&outputs_at(*spot)[spot->output]) : nullptr;
    }

    void insert(std::vector<Write> writes) const {
        if (session_.writes.size() + writes.size() > most_writes) return;
        auto const at = static_cast<std::ptrdiff_t>(dice_.below(session_.writes.size() + 1));
        session_.writes.insert(session_.writes.begin() + at, writes.begin(), writes.end());
    }

    Session& session_;
    Dice& dice_;
};

}  // namespace

void mutate(Session& session, Dice& dice, Phases const& phases) {
    Mutation mutation{session, dice};
    auto const about_order = !phases.frames || dice.below(3) == 0;
    if (!about_order)
        return dice.below(5) < 3 ? mutation.change_header() : mutation.change_payload();
    switch (dice.below(8)) {
        case 0:
            return mutation.drop();
        case 1:
            return mutation.repeat();
        case 2:
            return mutation.swap();
        case 3:
            return mutation.split();
        case 4:
            return mutation.join();
        case 5:
            return mutation.change_delivery();
        case 6:
            return mutation.insert_lone_continuation();
        default:
            return mutation.insert_legal();
    }
}

void put_word(Session& session, wire::ByteView word, Dice& dice) {
    Mutation{session, dice}.put_word(word);
}

Session crossed(Session const& first, Session const& second, Dice& dice) {
    auto session = first;
    if (session.extension != second.extension) return session;
    session.writes.resize(dice.below(session.writes.size() + 1));
    auto const from = dice.below(second.writes.size() + 1);
    for (auto at = from; at < second.writes.size() && session.writes.size() < most_writes; ++at)
        session.writes.push_back(second.writes[at]);
    return session;
}

}  // namespace wsproof::fuzz
