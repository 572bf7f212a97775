#include "tests/run/kit.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "harness/run/select.hpp"

namespace wsproof::run::test {
namespace {

using play::Received;
using std::chrono::milliseconds;

constexpr auto rules = R"({
  "6455/4.2.2/status-101": { "binds": "server", "level": "must", "statements": ["6455-4.2.2-24"],
    "text": "A server answers 101." },
  "6455/5.1/server-closes-on-unmasked": { "binds": "server", "level": "must",
    "statements": ["6455-5.1-03"], "text": "A server closes on unmasked frames." },
  "6455/5.5.2/ping-answered": { "binds": "endpoint", "level": "must",
    "statements": ["6455-5.5.2-01"], "text": "Pings are answered." },
  "6455/5.6/text-echoed": { "binds": "endpoint", "level": "should",
    "statements": ["6455-5.6-01"], "text": "Texts come back." },
  "6455/4.1/client-connects": { "binds": "client", "level": "must",
    "statements": ["6455-4.1-01"], "text": "A client connects." } })";

constexpr auto faults = R"({
  "accepts-unmasked": { "does": "reads unmasked frames", "effect": "caches are poisoned" },
  "never-answers-pings": { "does": "stays silent", "effect": "it is taken for dead" } })";

constexpr auto plain = R"({ "says": "A server accepts a correct opening handshake.",
  "rule": "6455/4.2.2/status-101", "faults": ["never-answers-pings"],
  "steps": [ { "send": { "request": {} } }, { "expect": "accepted" }, "alive" ] })";

constexpr auto ping = R"({ "says": "A ping is answered.", "rule": "6455/5.5.2/ping-answered",
  "faults": ["never-answers-pings"], "alias": ["autobahn:2.2"],
  "each": { "data": ["", "one", "two"] },
  "steps": [ "open", { "send": { "ping": "${data}" } }, { "expect": { "pong": "${data}" } } ] })";

constexpr auto unmasked = R"({ "says": "A server closes on an unmasked frame.",
  "rule": "6455/5.1/server-closes-on-unmasked", "twin": "control/ping-answered",
  "faults": ["accepts-unmasked"],
  "steps": [ "open", "alive", { "send": { "text": "Hello", "mask": false } },
             { "expect": [ { "failed": 1002 }, "closed" ] } ] })";

constexpr auto echoed = R"({ "says": "A text comes back.", "rule": "6455/5.6/text-echoed",
  "faults": ["never-answers-pings"], "needs": ["echo"],
  "steps": [ "open", { "send": { "text": "poison" } }, { "expect": { "text": "poison" } } ] })";

constexpr auto client_connects = R"({ "says": "A client connects.",
  "rule": "6455/4.1/client-connects", "faults": ["accepts-unmasked"],
  "steps": [ { "expect": "request" } ] })";

class SilentPeer : public play::Peer {
public:
    explicit SilentPeer(std::string answer = {}) : answer_(std::move(answer)) {}
    void send(std::span<std::byte const>) override {}
    Received receive(play::Deadline deadline) override {
        if (!answer_.empty())
            return {Received::Kind::bytes, wire::to_bytes(std::exchange(answer_, {}))};
        if (ends_) return {Received::Kind::eof, {}};
        now_ = std::max(now_, deadline);
        return {};
    }
    void end_after_answer() { ends_ = true; }
    void half_close() override {}
    void reset() override {}
    play::Clock::time_point now() const override { return now_; }
    void sleep(milliseconds time) override { now_ += time; }

private:
    std::string answer_;
    bool ends_ = false;
    play::Clock::time_point now_{};
};

std::string unmasked_text(wire::ByteView bytes) {
    auto const decoded = wire::decode_header(bytes);
    if (!decoded || bytes.size() < decoded->size) return {};
    auto payload =
        wire::Bytes(bytes.begin() + static_cast<std::ptrdiff_t>(decoded->size), bytes.end());
    if (decoded->header.masking_key) wire::mask(payload, *decoded->header.masking_key);
    return wire::to_text(payload);
}

/// Hands everything on to an honest endpoint until it meets the poison.
class MortalPeer : public play::Peer {
public:
    MortalPeer(std::unique_ptr<play::Peer> honest, std::string poison,
               std::shared_ptr<std::atomic<bool>> dead)
        : honest_(std::move(honest)), poison_(std::move(poison)), dead_(std::move(dead)) {}
    void send(std::span<std::byte const> bytes) override {
        if (unmasked_text(bytes).find(poison_) != std::string::npos) {
            *dead_ = true;
            gone_ = true;
        }
        if (!gone_) honest_->send(bytes);
    }
    Received receive(play::Deadline deadline) override {
        if (gone_) return {Received::Kind::reset, {}};
        return honest_->receive(deadline);
    }
    void half_close() override { honest_->half_close(); }
    void reset() override { honest_->reset(); }
    play::Clock::time_point now() const override { return honest_->now(); }
    void sleep(milliseconds time) override { honest_->sleep(time); }

private:
    std::unique_ptr<play::Peer> honest_;
    std::string poison_;
    std::shared_ptr<std::atomic<bool>> dead_;
    bool gone_ = false;
};

}  // namespace

script::SourceFile file(std::string path, std::string text) {
    return {.path = std::move(path), .text = std::move(text)};
}

script::Catalogue catalogue_of(std::vector<script::SourceFile> const& cases) {
    auto files = cases;
    files.push_back(file("cases/rules.jsonc", rules));
    files.push_back(file("cases/faults.jsonc", faults));
    return script::load(files);
}

script::Catalogue small_catalogue() {
    return catalogue_of({file("cases/opening/plain.jsonc", plain),
                         file("cases/control/ping-answered.jsonc", ping),
                         file("cases/framing/unmasked-frame.jsonc", unmasked),
                         file("cases/messages/text-echoed.jsonc", echoed),
                         file("cases/opening/client-connects.jsonc", client_connects)});
}

std::vector<script::Variant const*> all_for_servers(script::Catalogue const& catalogue) {
    return select(catalogue, wire::Role::server, {});
}

Profile honest_profile() {
    return {.reachable = true,
            .opens = true,
            .status = 101,
            .answers_pings = true,
            .answers_close = true,
            .echoes_text = true,
            .echoes_binary = true};
}

Mortal::Mortal(std::string poison, bool silently)
    : poison_(std::move(poison)), silently_(silently) {}

play::Connect Mortal::connect() {
    return [poison = poison_, silently = silently_, dead = dead_, connections = connections_,
            honest = play::to_reference(wire::Role::server)]() -> std::unique_ptr<play::Peer> {
        ++*connections;
        if (*dead && silently) return std::make_unique<SilentPeer>();
        if (*dead) throw play::Unreachable("connection refused");
        return std::make_unique<MortalPeer>(honest(), poison, dead);
    };
}

play::Connect deaf_target() {
    return [] { return std::make_unique<SilentPeer>(); };
}

play::Connect answering(std::string bytes) {
    return [bytes = std::move(bytes)] {
        auto peer = std::make_unique<SilentPeer>(bytes);
        peer->end_after_answer();
        return peer;
    };
}

play::Result const& result_of(Outcome const& outcome, std::string const& id) {
    auto const at = std::ranges::find(outcome.results, id, &play::Result::variant);
    if (at == outcome.results.end()) throw std::out_of_range("no result of " + id);
    return *at;
}

}  // namespace wsproof::run::test
