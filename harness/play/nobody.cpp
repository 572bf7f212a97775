#include "harness/play/nobody.hpp"

namespace wsproof::play {
namespace {

/// There is nothing to wait for, so that its clock need not go.
class Nobody final : public Peer {
public:
    void send(std::span<std::byte const>) override {}
    Received receive(Deadline) override { return {Received::Kind::reset}; }
    void half_close() override {}
    void reset() override {}
    Clock::time_point now() const override { return now_; }
    void sleep(std::chrono::milliseconds time) override { now_ += time; }

private:
    Clock::time_point now_{};
};

}  // namespace

std::unique_ptr<Peer> nobody() {
    return std::make_unique<Nobody>();
}

}  // namespace wsproof::play
