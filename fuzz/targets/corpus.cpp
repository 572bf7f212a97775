#include "fuzz/targets/corpus.hpp"

#include <fstream>

#include "fuzz/targets/choice_of_case.hpp"
#include "fuzz/targets/scripted_peer.hpp"
#include "harness/play/self_test_plays.hpp"
#include "harness/script/write.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::fuzz {
namespace {

namespace fs = std::filesystem;

/// What went over the first connection of a case.
struct Sent {
    wire::Role receiver = wire::Role::server;
    wire::Bytes head = {};
    wire::Bytes stream = {};  ///< behind the head
    std::vector<play::Entry const*> frames = {};
    bool permessage_deflate = false;
};

Sent sent_in(play::Transcript const& transcript, wire::Role receiver) {
    Sent sent{.receiver = receiver};
    for (auto const& entry : transcript.entries) {
        if (entry.connection != 0 || entry.direction == play::Direction::local) continue;
        bool const is_head = entry.kind == play::EntryKind::http;
        auto const text = wire::as_text(entry.bytes);
        if (is_head && text.starts_with("HTTP/1.1 101") &&
            text.find("permessage-deflate") != std::string_view::npos)
            sent.permessage_deflate = true;
        if (entry.direction != play::Direction::send || entry.omitted != 0) continue;
        if (is_head && sent.head.empty()) sent.head = entry.bytes;
        if (is_head || entry.bytes.size() > longest_seed) continue;
        if (entry.kind == play::EntryKind::frame && entry.frame) sent.frames.push_back(&entry);
        wire::append(sent.stream, entry.bytes);
    }
    return sent;
}

class Collector {
public:
    void add(std::string const& target, wire::Bytes choices, wire::ByteView data) {
        wire::append(choices, data);
        auto& seeds = corpus_[target];
        if (choices.size() > longest_seed) return;
        auto name = wire::to_hex(wire::sha1(choices));
        seeds.emplace(std::move(name), std::move(choices));
    }

    void add_stream(Sent const& sent) {
        if (sent.stream.empty()) return;
        auto const client = sent.receiver == wire::Role::client ? 1U : 0U;
        auto const choices = static_cast<std::byte>(client + (sent.permessage_deflate ? 2U : 0U));
        constexpr std::byte whole{0};
        constexpr std::byte three_sizes{2};
        constexpr std::byte small{6};
        auto const stream = wire::ByteView(sent.stream);
        add("frame_round_trip", {choices}, stream.first(std::min<std::size_t>(63, stream.size())));
        add("endpoint_session", {choices, whole}, stream);
        add("endpoint_delivery_invariance",
            {choices, three_sizes, std::byte{1}, std::byte{3}, std::byte{7}}, stream);
        add("endpoint_never_speaks_after_failing", {choices, small}, stream);
        for (auto const* const entry : sent.frames) add_frame(*entry);
    }

    void add_head(Sent const& sent) {
        if (sent.head.empty()) return;
        constexpr std::byte with_subprotocols{1};
        constexpr std::byte none{0};
        auto const server = sent.receiver == wire::Role::server;
        add(server ? "opening_request" : "opening_response", {with_subprotocols, none}, sent.head);
        add("http_head", {none, none}, sent.head);
        auto const head = wire::parse_head(sent.head).head;
        constexpr std::byte largest_windows{0xFC};
        for (auto const& value : head.values_of("Sec-WebSocket-Extensions"))
            add("extensions", {largest_windows}, wire::as_bytes(value));
    }

    /// What arrived, arrives again.
    void add_peer(script::Variant const& variant, play::Transcript const& transcript,
                  wire::Role role) {
        auto const mark = mark_of(variant.id);
        wire::Bytes input{
            static_cast<std::byte>(mark >> 8U), static_cast<std::byte>(mark & 0xFFU),
            std::byte{role == wire::Role::client ? std::uint8_t{1} : std::uint8_t{0}}};
        for (auto const& arrival : transcript.arrivals) add_arrival(arrival, input);
        add("player_survives_any_peer", std::move(input), {});
    }

    void add_case(script::Variant const& variant) {
        add("case_loader", {}, wire::as_bytes(script::write(variant)));
    }

    /// In the order of their digests, which have nothing to do with the order of the cases.
    std::map<std::string, Seeds> take() {
        for (auto& [target, seeds] : corpus_)
            while (seeds.size() > most_seeds) seeds.erase(std::prev(seeds.end()));
        return std::move(corpus_);
    }

private:
    void add_frame(play::Entry const& entry) {
        auto const decoded = wire::decode_header(entry.bytes);
        if (!decoded) return;
        auto const key = decoded->header.masking_key.value_or(wire::MaskingKey{});
        wire::Bytes payload(entry.bytes.begin() + static_cast<std::ptrdiff_t>(decoded->size),
                            entry.bytes.end());
        constexpr std::byte none{0};
        if (payload.size() <= 200)
            add("masking", {key[0], key[1], key[2], key[3], none, none, none, none}, payload);
        wire::mask(payload, key);
        auto const opcode = decoded->header.opcode;
        constexpr std::byte largest{0xFF};
        constexpr std::byte window_and_limit{7 | 16 << 3};
        constexpr std::byte window_and_takeover{7 | 8};
        if (opcode == wire::Opcode::close) add("close_payload", {}, payload);
        if (opcode == wire::Opcode::text) add("utf8", {none, largest}, payload);
        if (decoded->header.rsv1) add("inflate_bounded", {window_and_limit, largest}, payload);
        if (payload.size() < 256 && !wire::is_control(opcode))
            add("deflate_round_trip",
                {window_and_takeover, std::byte{5}, static_cast<std::byte>(payload.size()), none},
                payload);
    }

    static void add_arrival(play::Arrival const& arrival, wire::Bytes& to) {
        using Kind = play::Arrival::Kind;
        if (arrival.kind == Kind::eof) to.push_back(std::byte{ends});
        if (arrival.kind == Kind::reset) to.push_back(std::byte{resets});
        if (arrival.kind == Kind::timeout) to.push_back(std::byte{waits});
        if (arrival.kind != Kind::bytes) return;
        Input data(arrival.data);
        constexpr std::size_t most = 0xFF - says + 1;
        while (!data.empty()) {
            auto const piece = data.take(most);
            to.push_back(static_cast<std::byte>(says + piece.size() - 1));
            wire::append(to, piece);
        }
    }

    std::map<std::string, Seeds> corpus_ = {};
};

void make_folder(fs::path const& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw CorpusError(folder.string() + " cannot be made: " + error.message());
}

void write_input(fs::path const& path, std::string_view text) {
    std::ofstream file(path, std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) throw CorpusError(path.string() + " cannot be written");
}

}  // namespace

std::map<std::string, Seeds> seeds_from(script::Catalogue const& catalogue) {
    Collector collector;
    for (auto const& variant : catalogue.variants) {
        collector.add_case(variant);
        for (auto const role : play::roles_of(catalogue.rule_of(variant).binds)) {
            auto const played = play::perform({&variant, role}, false);
            auto const& transcript = played.result.transcript;
            auto const sent = sent_in(transcript, role);
            collector.add_head(sent);
            collector.add_stream(sent);
            collector.add_peer(variant, transcript, role);
        }
    }
    return collector.take();
}

void write_corpus(std::map<std::string, Seeds> const& corpus, fs::path const& folder) {
    make_folder(folder);
    write_input(folder / "wsproof.dict", dictionary);
    for (auto const& [target, seeds] : corpus) {
        make_folder(folder / target);
        for (auto const& [name, input] : seeds)
            write_input(folder / target / name, wire::as_text(input));
    }
}

}  // namespace wsproof::fuzz
