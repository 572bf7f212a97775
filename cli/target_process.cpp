// Starts and ends the process of a spawned target, and waits until it is ready.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <regex>

#include "cli/signals.hpp"
#include "cli/target.hpp"
#include "harness/run/conversation.hpp"

namespace wsproof::cli {
namespace {

using std::chrono::milliseconds;

}  // namespace

void Target::start() {
    if (is_spawned()) launch();
    if (pid_ != 0) watch(pid_, net::Watched::one);
}

void Target::stop() {
    std::lock_guard const lock(mutex_);
    if (process_) process_->stop();
}

void Target::launch() {
    try {
        auto process = std::make_unique<net::Process>(spawn_);
        std::lock_guard const lock(mutex_);
        process_ = std::move(process);
    } catch (std::runtime_error const& error) {
        throw NotReady(error.what());
    }
    auto const ready = [&] { return signal_received() != 0 || is_ready(); };
    if (auto const words = net::wait_until_ready(*process_, ready, ready_timeout_))
        throw NotReady(fmt::format("the spawned target is not ready: {}", *words));
    watch(process_->pid(), net::Watched::group);
}

bool Target::is_ready() {
    if (ready_log_) return std::regex_search(process_->log_tail(1000), *ready_log_);
    if (ready_.starts_with("http:")) return answers_http(ready_.substr(5));
    try {
        if (ready_ == "tcp") return connect_() != nullptr;
        // Any response will do: why it is not 101 is for calibration to say.
        run::Conversation conversation(setting_, connect_, setting_.run_seed);
        return conversation.open({}, milliseconds(2000)).kind == run::OpeningAnswer::Kind::response;
    } catch (play::Unreachable const&) {
        return false;
    }
}

bool Target::answers_http(std::string const& path) {
    try {
        auto const peer = connect_();
        peer->send(wire::as_bytes(wire::write_head(
            "GET " + path + " HTTP/1.1", {{"Host", setting_.host}, {"Connection", "close"}})));
        auto const deadline = peer->now() + milliseconds(2000);
        wire::Bytes bytes;
        for (;;) {
            auto const parsed = wire::parse_head(bytes);
            if (parsed.state == wire::HeadState::complete) {
                auto const line = wire::parse_status_line(parsed.head.start_line);
                return line && line->status >= 200 && line->status < 400;
            }
            auto const received = peer->receive(deadline);
            if (received.kind != play::Received::Kind::bytes) return false;
            wire::append(bytes, received.data);
        }
    } catch (play::Unreachable const&) {
        return false;
    }
}

bool Target::restart() {
    {
        std::lock_guard const lock(mutex_);
        if (process_) process_->stop();
    }
    try {
        launch();
        return signal_received() == 0;
    } catch (NotReady const&) {
        return false;
    }
}

std::string Target::log_tail() const {
    std::lock_guard const lock(mutex_);
    return process_ ? process_->log_tail() : std::string();
}

}  // namespace wsproof::cli
