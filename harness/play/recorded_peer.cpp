#include "harness/play/recorded_peer.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace wsproof::play {
namespace {

/// One clock for all connections of a recording: that of the case.
struct Recording {
    Clock::time_point now{};
    std::size_t dialled = 0;
    std::vector<Arrival> arrivals = {};
};

class RecordedPeer final : public Peer {
public:
    RecordedPeer(std::shared_ptr<Recording> recording, std::deque<Arrival> arrivals)
        : recording_(std::move(recording)), arrivals_(std::move(arrivals)) {}

    void send(std::span<std::byte const>) override {}

    Received receive(Deadline deadline) override {
        if (arrivals_.empty()) {
            recording_->now = std::max(recording_->now, deadline);
            return {};
        }
        auto arrival = std::move(arrivals_.front());
        arrivals_.pop_front();
        recording_->now = std::max(recording_->now, Clock::time_point{arrival.time});
        return {kind_of(arrival.kind), std::move(arrival.data)};
    }

    void half_close() override {}
    void reset() override {}
    Clock::time_point now() const override { return recording_->now; }
    void sleep(std::chrono::milliseconds time) override { recording_->now += time; }

private:
    static Received::Kind kind_of(Arrival::Kind kind) {
        switch (kind) {
            case Arrival::Kind::bytes:
                return Received::Kind::bytes;
            case Arrival::Kind::eof:
                return Received::Kind::eof;
            case Arrival::Kind::reset:
                return Received::Kind::reset;
            case Arrival::Kind::timeout:
            case Arrival::Kind::unreachable:
                break;
        }
        return Received::Kind::timeout;
    }

    std::shared_ptr<Recording> recording_;
    std::deque<Arrival> arrivals_;
};

}  // namespace

Connect replaying(Transcript const& transcript) {
    auto recording = std::make_shared<Recording>();
    recording->arrivals = transcript.arrivals;
    return [recording]() -> std::unique_ptr<Peer> {
        std::deque<Arrival> mine;
        auto const index = recording->dialled++;
        std::ranges::copy_if(
            recording->arrivals, std::back_inserter(mine),
            [index](Arrival const& arrival) { return arrival.connection == index; });
        if (!mine.empty() && mine.front().kind == Arrival::Kind::unreachable) {
            recording->now = std::max(recording->now, Clock::time_point{mine.front().time});
            throw Unreachable{wire::to_text(mine.front().data)};
        }
        return std::make_unique<RecordedPeer>(recording, std::move(mine));
    };
}

}  // namespace wsproof::play
