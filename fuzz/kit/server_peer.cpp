#include "fuzz/kit/server_peer.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::kit {
namespace {

/// The opening handshake of an implementation that has none: the reference's.
class Doorman {
public:
    explicit Doorman(bool accepts_deflate)
        : endpoint_(wire::Role::server, options(accepts_deflate)) {}

    /// What there is of the bytes behind the request; nothing before its end.
    std::optional<wire::Bytes> let_through(ByteView bytes) {
        if (is_done_) return wire::Bytes(bytes.begin(), bytes.end());
        wire::append(head_, bytes);
        constexpr std::string_view end = "\r\n\r\n";
        auto const at = wire::as_text(head_).find(end);
        if (at == std::string_view::npos) return std::nullopt;
        auto const size = at + end.size();
        endpoint_.receive(ByteView(head_).first(size));
        is_done_ = true;
        return wire::Bytes(head_.begin() + static_cast<std::ptrdiff_t>(size), head_.end());
    }

    wire::Bytes take_output() { return endpoint_.take_output(); }
    bool refuses() const { return is_done_ && endpoint_.state() != reference::State::open; }

private:
    static reference::Options options(bool accepts_deflate) {
        reference::Options options;
        options.deflate.enabled = accepts_deflate;
        return options;
    }

    reference::Endpoint endpoint_;
    wire::Bytes head_ = {};
    bool is_done_ = false;
};

class ServerPeer final : public play::Peer {
public:
    ServerPeer(Options const& options, Server server, std::string& thrown)
        : server_(std::move(server)), thrown_(thrown) {
        if (!options.has_opening) doorman_.emplace(options.offers_deflate);
    }

    void send(ByteView bytes) override {
        if (is_over()) return;  // what arrives behind the end is lost
        if (!doorman_) return give(bytes);
        auto const behind = doorman_->let_through(bytes);
        wire::append(output_, doorman_->take_output());
        if (doorman_->refuses()) closes_ = true;
        if (behind && !behind->empty() && !closes_) give(ByteView(*behind));
    }

    play::Received receive(play::Deadline deadline) override {
        if (reset_) return {play::Received::Kind::reset, {}};
        if (!output_.empty()) return {play::Received::Kind::bytes, std::exchange(output_, {})};
        if (closes_) return {play::Received::Kind::eof, {}};
        now_ = std::max(now_, deadline);
        return {};
    }

    void half_close() override {
        if (!is_over()) give(std::nullopt);
        ended_ = true;
    }

    void reset() override {
        half_close();
        reset_ = true;
    }

    play::Clock::time_point now() const override { return now_; }
    void sleep(std::chrono::milliseconds time) override { now_ += time; }

private:
    bool is_over() const { return ended_ || closes_ || reset_; }

    void give(std::optional<ByteView> arrived) {
        try {
            auto answer = server_(arrived);
            wire::append(output_, answer.bytes);
            closes_ = answer.closes;
        } catch (std::exception const& error) {
            thrown_ = error.what();
            reset_ = true;
        }
    }

    Server server_;
    std::string& thrown_;
    std::optional<Doorman> doorman_ = std::nullopt;
    wire::Bytes output_ = {};
    play::Clock::time_point now_{};
    bool closes_ = false;
    bool ended_ = false;
    bool reset_ = false;
};

}  // namespace

play::Connect to_server(Options const& options, Factory const& factory, std::string& thrown) {
    return [&options, &factory, &thrown]() -> std::unique_ptr<play::Peer> {
        return std::make_unique<ServerPeer>(options, factory(), thrown);
    };
}

}  // namespace wsproof::kit
