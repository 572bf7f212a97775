#include "cli/case_words.hpp"

#include <fmt/format.h>

#include "harness/play/match.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::cli {
namespace {

void add(std::string& list, std::string const& word) {
    list += (list.empty() ? "" : ", ") + word;
}

std::string unusual(script::FrameOutput const& frame) {
    using Mask = script::FrameOutput::Mask;
    std::string words;
    if (!frame.fin) add(words, "FIN 0");
    if (frame.rsv1) add(words, "RSV1");
    if (frame.rsv2) add(words, "RSV2");
    if (frame.rsv3) add(words, "RSV3");
    if (frame.mask == Mask::none) add(words, "unmasked");
    if (frame.mask == Mask::key) add(words, "masking key " + wire::to_hex(frame.masking_key));
    if (frame.length_bits) {
        constexpr std::array bits{7, 16, 64};
        add(words,
            fmt::format("length in {} bits", bits[static_cast<std::size_t>(*frame.length_bits)]));
    }
    if (frame.declares) add(words, fmt::format("declares {} bytes", *frame.declares));
    if (frame.cut) add(words, fmt::format("cut after {} bytes", *frame.cut));
    if (frame.fragments != 0) add(words, fmt::format("in fragments of {} bytes", frame.fragments));
    return words.empty() ? words : " (" + words + ")";
}

std::string words_of(script::FrameOutput const& frame) {
    auto const name =
        wire::is_defined(frame.opcode)
            ? std::string(wire::name_of(frame.opcode))
            : fmt::format("a frame with opcode {:#x}", static_cast<unsigned>(frame.opcode));
    return name + " " + script::in_words(frame.payload) + unusual(frame);
}

std::string words_of(std::vector<script::FieldDelta> const& fields) {
    std::string words;
    for (auto const& field : fields) {
        if (field.values.empty()) add(words, "no " + field.name);
        for (auto const& value : field.values) add(words, fmt::format("{}: {}", field.name, value));
    }
    return words;
}

std::string words_of(script::RequestOutput const& request) {
    std::string changes;
    if (request.method) add(changes, "method " + *request.method);
    if (request.target) add(changes, "target " + *request.target);
    if (request.version) add(changes, "version " + *request.version);
    if (auto const fields = words_of(request.headers); !fields.empty()) add(changes, fields);
    return changes.empty() ? "a correct opening request"
                           : "an opening request that is correct but for: " + changes;
}

std::string words_of(script::ResponseOutput const& response) {
    std::string changes;
    if (response.status) add(changes, fmt::format("status {}", *response.status));
    if (response.phrase) add(changes, fmt::format("phrase '{}'", *response.phrase));
    if (auto const fields = words_of(response.headers); !fields.empty()) add(changes, fields);
    return changes.empty() ? "a correct 101 response"
                           : "a 101 response that is correct but for: " + changes;
}

std::string words_of(script::BytesOutput const& output) {
    return "the bytes " + script::in_words(output.bytes);
}
std::string words_of(script::EofOutput const&) {
    return "FIN: the end of our side";
}
std::string words_of(script::ResetOutput const&) {
    return "RST";
}
std::string words_of(script::DeafOutput const&) {
    return "nothing, and read nothing from here on";
}

std::string_view grade_words(script::Grade grade) {
    switch (grade) {
        case script::Grade::pass:
            return "right";
        case script::Grade::lenient:
            return "lenient";
        case script::Grade::strict:
            return "lenient, with --strict wrong";
        case script::Grade::note:
            return "open, noted";
        case script::Grade::fail:
            return "wrong";
    }
    return "";
}

using Lines = std::vector<std::string>;

Lines lines_of(script::Open const& open) {
    std::string how;
    if (open.target) add(how, "target " + *open.target);
    if (!open.extension.empty()) add(how, "extension " + open.extension);
    if (!open.subprotocol.empty()) add(how, "subprotocol " + open.subprotocol);
    if (auto const fields = words_of(open.headers); !fields.empty()) add(how, fields);
    return {"opening handshake" + (how.empty() ? how : " with " + how)};
}

Lines lines_of(script::Send const& send) {
    std::string words;
    for (auto const& output : send.outputs)
        add(words, std::visit([](auto const& what) { return words_of(what); }, output));
    if (send.chop != 0) words += fmt::format(", in writes of {} bytes", send.chop);
    if (send.gap.count() != 0) words += fmt::format(", {} ms apart", send.gap.count());
    return {"send " + words};
}

Lines lines_of(script::Expect const& expect) {
    std::string first = "expect";
    if (expect.to_auth_timeout) first += " within --auth-timeout";
    if (expect.meanwhile)
        first += fmt::format(
            "; meanwhile, every {} ms, send {}", expect.meanwhile->every.count(),
            std::visit([](auto const& what) { return words_of(what); }, expect.meanwhile->output));
    Lines lines{first};
    for (auto const& outcome : expect.any_of)
        lines.push_back(fmt::format("    {:<9} {}{}", grade_words(outcome.grade),
                                    play::in_words(outcome.pattern),
                                    outcome.note.empty() ? "" : " (" + outcome.note + ")"));
    return lines;
}

Lines lines_of(script::Exchange const& exchange) {
    auto words = fmt::format("send up to {} times, each when the one before has come back: {} {}",
                             exchange.times, wire::name_of(exchange.opcode),
                             script::in_words(exchange.payload));
    if (exchange.compressed) words += ", compressed";
    if (exchange.fragments != 0)
        words += fmt::format(", in fragments of {} bytes", exchange.fragments);
    return {words};
}

Lines lines_of(script::Alive const&) {
    return {"ping with a fresh token and wait for its pong: the peer is alive"};
}

Lines lines_of(script::Measure const& measure) {
    auto const& info = script::info_of(measure.limit);
    return {fmt::format("find out: {}, from {} to {} {}", info.words, measure.least, measure.most,
                        info.unit)};
}

Lines lines_of(script::Shutdown const&) {
    return {"tell the target to stop"};
}
Lines lines_of(script::Gone const&) {
    return {"wait until the target has ended"};
}

Lines lines_of(script::Wait const& wait) {
    return {fmt::format("wait {} ms", wait.time.count())};
}

}  // namespace

Lines in_words(script::Step const& step) {
    auto lines = std::visit([](auto const& action) { return lines_of(action); }, step.action);
    if (step.on != 0) lines.front() += fmt::format(" (connection {})", step.on);
    if (step.of_grace != 0)
        lines.front() += fmt::format(", within {} % of the grace period", step.of_grace);
    return lines;
}

}  // namespace wsproof::cli
