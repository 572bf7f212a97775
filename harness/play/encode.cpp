#include "harness/play/encode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/play/origin_words.hpp"
#include "reference_impl/wire/opening.hpp"
#include "reference_impl/wire/origin.hpp"

namespace wsproof::play {
namespace {

/// Where the port begins in "host:port", the brackets of IPv6 minded.
std::size_t port_position(std::string_view host) {
    auto const colon = host.rfind(':');
    auto const bracket = host.rfind(']');
    if (colon == std::string_view::npos) return colon;
    return bracket != std::string_view::npos && bracket > colon ? std::string_view::npos : colon;
}

/// "Chat" for "cHAT". Throws UnknownWord where there are no letters.
std::string in_other_case(std::string_view text) {
    std::string other;
    for (char const c : text) {
        bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        other += is_letter ? static_cast<char>(c ^ 0x20) : c;
    }
    if (other == text) throw UnknownWord{"the subprotocol has no letters"};
    return other;
}

std::string default_word(std::string_view name, Setting const& setting) {
    auto const& host = setting.host;
    auto const colon = port_position(host);
    if (name == "host") return host;
    if (name == "hostname") return host.substr(0, colon);
    if (name == "port") return colon == std::string::npos ? "80" : host.substr(colon + 1);
    if (name == "resource_name") return setting.resource_name;
    if (name == "origin") return setting.origin;
    if (name == "scheme") return "http";
    if (name == "canary_send") return setting.canary_send;
    if (name == "canary_expect") return setting.canary_expect;
    auto const& spoken = setting.subprotocols;
    if (name == "subprotocol" && !spoken.empty()) return spoken.front();
    if (name == "other_subprotocol" && spoken.size() > 1) return spoken[1];
    return {};
}

/// Another one that the target lets in, spelled out.
std::string other_origin(Setting const& setting) {
    auto const word = setting.words.find("origin");
    auto const& own = word == setting.words.end() ? setting.origin : word->second;
    auto const other = std::ranges::find_if(setting.allowed_origins, [&](auto const& allowed) {
        return allowed.find('*') == std::string::npos && allowed != own;
    });
    return other == setting.allowed_origins.end() ? std::string{} : *other;
}

wire::LengthForm form_for(script::FrameOutput const& output, std::uint64_t length) {
    return output.length_bits.value_or(wire::minimal_form(length));
}

}  // namespace

std::string Filler::word(std::string_view name) const {
    constexpr std::string_view of_target = "target.";
    if (name == "key") return std::string{key_};
    if (name == "accept") return wire::accept_value(key_);
    auto const target_word = name.substr(std::min(name.size(), of_target.size()));
    if (target_word == "subprotocol_in_other_case")
        return in_other_case(word("target.subprotocol"));
    auto value = known_word(target_word);
    if (value.empty()) throw UnknownWord{"the setting has no value for " + std::string{name}};
    return value;
}

std::string Filler::known_word(std::string_view target_word) const {
    auto const found = setting_.words.find(std::string{target_word});
    if (found != setting_.words.end())
        return target_word == "auth_ticket" ? fmt::format("{{ticket-{:016x}}}", seed_)
                                            : found->second;
    if (target_word == "other_origin") return other_origin(setting_);
    constexpr std::string_view of_other = "other_";
    if (target_word.starts_with("other_origin_"))
        return origin_word(target_word.substr(of_other.size()), other_origin(setting_));
    if (target_word.starts_with("origin_")) return origin_word(target_word, known_word("origin"));
    return default_word(target_word, setting_);
}

bool Filler::is_allowed_origin(std::string_view origin) const {
    auto const& allowed = setting_.allowed_origins;
    return wire::equals_ignoring_case(origin, known_word("origin")) ||
           std::ranges::any_of(
               allowed, [&](auto const& pattern) { return wire::matches_origin(pattern, origin); });
}

std::string Filler::operator()(std::string_view text) const {
    constexpr std::string_view open = "${";
    std::string out;
    while (true) {
        auto const start = text.find(open);
        auto const end = start == std::string_view::npos ? start : text.find('}', start);
        if (end == std::string_view::npos) return out += text;
        auto const name = text.substr(start + open.size(), end - start - open.size());
        auto const ours = name == "key" || name == "accept" || name.starts_with("target.");
        out += text.substr(0, start);
        out += ours ? word(name) : std::string{text.substr(start, end + 1 - start)};
        text.remove_prefix(end + 1);
    }
}

script::Payload Filler::operator()(script::Payload payload) const {
    auto const all = [this](std::vector<script::Payload>& parts) {
        for (auto& part : parts) part = (*this)(std::move(part));
    };
    if (auto* literal = std::get_if<script::Literal>(&payload.form)) {
        literal->text = (*this)(literal->text);
    } else if (auto* times = std::get_if<script::Times>(&payload.form)) {
        all(times->of);
    } else if (auto* join = std::get_if<script::Join>(&payload.form)) {
        all(join->parts);
    } else if (auto* deflate = std::get_if<script::Deflate>(&payload.form)) {
        all(deflate->of);
    } else if (auto* blocks = std::get_if<script::Blocks>(&payload.form)) {
        for (auto& block : blocks->blocks)
            for (auto& part : block.parts) all(part.literals);
    } else if (auto* close = std::get_if<script::CloseBody>(&payload.form)) {
        all(close->reason);
    }
    return payload;
}

wire::Bytes Encoding::payload(script::Payload const& payload, std::size_t nth) const {
    return script::evaluate(fill()(payload), seed, nth);
}

std::string fresh_key(Random& random) {
    std::array<std::byte, 16> nonce{};
    random.fill(nonce);
    return wire::key_from(nonce);
}

wire::Bytes encode(script::FrameOutput const& output, Encoding const& encoding, Random& random) {
    return encode(output, encoding.payload(output.payload), encoding, random);
}

wire::Bytes encode(script::FrameOutput const& output, wire::ByteView payload,
                   Encoding const& encoding, Random& random) {
    auto const key = random.masking_key();
    wire::FrameHeader header{output.fin, output.rsv1, output.rsv2, output.rsv3, output.opcode};
    header.payload_length = output.declares.value_or(payload.size());
    header.length_form = form_for(output, header.payload_length);
    if (output.mask == script::FrameOutput::Mask::key) header.masking_key = output.masking_key;
    if (output.mask == script::FrameOutput::Mask::by_role &&
        encoding.our_role == wire::Role::client) {
        header.masking_key = key;
    }
    auto bytes = wire::encode_frame(header, payload);
    if (output.cut && *output.cut < bytes.size()) bytes.resize(*output.cut);
    return bytes;
}

void encode_fragments(script::FrameOutput const& output, wire::ByteView payload,
                      Encoding const& encoding, Random& random,
                      std::function<void(wire::ByteView frame)> const& take) {
    auto const whole = output.fragments == 0 || payload.size() <= output.fragments;
    auto frame = output;
    frame.payload = {};
    while (!whole && payload.size() >= output.fragments) {
        frame.fin = false;
        take(encode(frame, payload.first(output.fragments), encoding, random));
        payload = payload.subspan(output.fragments);
        frame.opcode = wire::Opcode::continuation;  // 5.4; and RSV bits are those of the first
        frame.rsv1 = frame.rsv2 = frame.rsv3 = false;
    }
    frame.fin = output.fin;
    take(encode(frame, payload, encoding, random));
}

}  // namespace wsproof::play
