#include "harness/play/tickets.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::play {
namespace {

constexpr std::string_view mark_begin = "{ticket";
constexpr std::size_t longest_mark = 40;
constexpr std::string_view head_end = "\r\n\r\n";

/// A mark may come in pieces: what may become one is held back until it is whole or something is to
/// be received.
class TicketPeer final : public Peer {
public:
    TicketPeer(std::unique_ptr<Peer> peer, std::shared_ptr<Tickets> tickets)
        : peer_(std::move(peer)), tickets_(std::move(tickets)) {}

    void send(std::span<std::byte const> bytes) override {
        if (head_is_over_) return peer_->send(bytes);
        held_ += wire::as_text(bytes);
        auto const out = filled();
        tail_ += out;
        head_is_over_ = head_is_over_ || tail_.find(head_end) != std::string::npos;
        tail_.erase(0, tail_.size() - std::min(tail_.size(), head_end.size() - 1));
        if (!out.empty()) peer_->send(wire::as_bytes(out));
    }

    Received receive(Deadline deadline) override {
        flush();
        auto received = peer_->receive(deadline);
        for (auto const& ticket : used_) hide(ticket, received.data);
        return received;
    }

    void half_close() override {
        flush();
        peer_->half_close();
    }
    void reset() override { peer_->reset(); }
    Clock::time_point now() const override { return peer_->now(); }
    void sleep(std::chrono::milliseconds time) override {
        flush();
        peer_->sleep(time);
    }

private:
    /// What can be sent of what is held.
    std::string filled() {
        std::string out;
        while (!held_.empty()) {
            auto const over = held_.find(head_end);
            auto const mark = held_.find('{');
            if (over < mark) {
                head_is_over_ = true;
                return out + std::exchange(held_, {});
            }
            out += held_.substr(0, mark);
            held_.erase(0, mark);
            if (held_.empty() || may_become_mark()) return out;
            out += take_mark();
        }
        return out;
    }

    bool may_become_mark() const {
        auto const size = std::min(held_.size(), mark_begin.size());
        return held_.compare(0, size, mark_begin, 0, size) == 0 &&
               held_.find('}') == std::string::npos && held_.size() < longest_mark;
    }

    /// The ticket for the mark that `held_` begins with, or its first character if it is none.
    std::string take_mark() {
        auto const end = held_.find('}');
        bool const is_mark = held_.starts_with(mark_begin) && end < longest_mark;
        auto const size = is_mark ? end + 1 : 1;
        auto const text = held_.substr(0, size);
        held_.erase(0, size);
        if (!is_mark) return text;
        used_.push_back(text == ticket_mark ? tickets_->fresh() : tickets_->labelled(text));
        return used_.back();
    }

    void flush() {
        if (!held_.empty()) peer_->send(wire::as_bytes(std::exchange(held_, {})));
    }

    static void hide(std::string const& ticket, wire::Bytes& bytes) {
        if (ticket.empty()) return;
        auto const secret = wire::as_bytes(ticket);
        for (auto from = bytes.begin();;) {
            auto const at = std::search(from, bytes.end(), secret.begin(), secret.end());
            if (at == bytes.end()) return;
            from = std::fill_n(at, secret.size(), std::byte{'*'});
        }
    }

    std::unique_ptr<Peer> peer_;
    std::shared_ptr<Tickets> tickets_;
    std::string held_ = {};
    std::string tail_ = {};  ///< what was sent last: the end of the head may come in pieces
    std::vector<std::string> used_ = {};
    bool head_is_over_ = false;
};

}  // namespace

std::string Tickets::fresh() {
    std::lock_guard const lock(mutex_);
    return draw_();
}

std::string Tickets::labelled(std::string const& label) {
    std::lock_guard const lock(mutex_);
    auto const found = labelled_.find(label);
    if (found != labelled_.end()) return found->second;
    return labelled_.emplace(label, draw_()).first->second;
}

Connect with_tickets(Connect connect, std::shared_ptr<Tickets> tickets) {
    return [connect = std::move(connect), tickets = std::move(tickets)]() -> std::unique_ptr<Peer> {
        return std::make_unique<TicketPeer>(connect(), tickets);
    };
}

}  // namespace wsproof::play
