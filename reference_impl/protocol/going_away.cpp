// A server that stops: Close 1001 to all, then, after a while that others measure, the end of the
// transport for whoever has not answered (RFC 6455 7.1.1, 7.3, 7.4.1).
#include "reference_impl/protocol/endpoint_impl.hpp"

namespace wsproof::reference {
namespace {

std::optional<wire::StatusCode> code_for(Faults const& faults) {
    if (faults.has(Fault::closes_with_1000_at_shutdown)) return wire::status::normal_closure;
    if (faults.has(Fault::closes_with_1006_at_shutdown)) return wire::status::abnormal_closure;
    return wire::status::going_away;
}

}  // namespace

void Endpoint::go_away() {
    impl_->go_away();
}

void Endpoint::terminate() {
    impl_->terminate();
}

void Endpoint::Impl::go_away() {
    if (faults.has(Fault::leaves_connections_open_at_shutdown)) return;
    bool const opening = state == State::connecting;
    if (opening && faults.has(Fault::waits_for_handshakes_at_shutdown)) return;
    bool const in_message = assembly.message_under_way() || (reader && !reader->between_frames());
    if (in_message && faults.has(Fault::closes_idle_connections_alone_at_shutdown)) return;
    if (faults.has(Fault::loses_answers_at_shutdown)) output.clear();
    if (faults.has(Fault::drops_connections_at_shutdown)) return terminate();
    start_closing(code_for(faults), "");
    if (faults.has(Fault::leaves_no_time_at_shutdown)) closes_transport = true;
}

/// 7.1.1: by any means, once the other side does not do its part.
void Endpoint::Impl::terminate() {
    bool const opening = state == State::connecting;
    if (faults.has(Fault::leaves_connections_open_at_shutdown) ||
        faults.has(Fault::waits_for_silent_peers_at_shutdown) ||
        (opening && faults.has(Fault::waits_for_handshakes_at_shutdown)))
        return;
    output.clear();
    close_answer.reset();
    state = State::closed;
    closes_transport = true;
    discards_input = true;
}

}  // namespace wsproof::reference
