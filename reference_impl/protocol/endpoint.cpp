#include "reference_impl/protocol/endpoint.hpp"

#include <utility>

#include "reference_impl/protocol/endpoint_impl.hpp"

namespace wsproof::reference {

Endpoint::Endpoint(wire::Role role, Options options, Faults faults)
    : impl_{std::make_unique<Impl>(role, std::move(options), with_implied(faults))} {
    if (role == wire::Role::client) impl_->ask();
}
Endpoint::Endpoint(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Endpoint::~Endpoint() = default;
Endpoint::Endpoint(Endpoint&&) noexcept = default;
Endpoint& Endpoint::operator=(Endpoint&&) noexcept = default;

Endpoint Endpoint::opened(wire::Role role, Options options, Faults faults) {
    auto impl = std::make_unique<Impl>(role, std::move(options), with_implied(faults));
    auto const& deflate = impl->options.deflate;
    Opening opening;
    if (deflate.enabled)
        opening.deflate = {.server_no_context_takeover = deflate.server_no_context_takeover,
                           .client_no_context_takeover = deflate.client_no_context_takeover,
                           .server_max_window_bits = deflate.server_max_window_bits,
                           .client_max_window_bits = deflate.client_max_window_bits};
    impl->open(opening, {});
    impl->events.clear();
    return Endpoint{std::move(impl)};
}

void Endpoint::receive(std::span<std::byte const> bytes) {
    impl_->receive(bytes);
}

void Endpoint::receive_end() {
    impl_->receive_end();
}

std::vector<Event> Endpoint::take_events() {
    impl_->untaken_messages = 0;
    return std::exchange(impl_->events, {});
}

wire::Bytes Endpoint::take_output() {
    impl_->answer_close_if_due();
    return std::exchange(impl_->output, {});
}

bool Endpoint::has_output() const {
    impl_->answer_close_if_due();
    return !impl_->output.empty();
}

bool Endpoint::transport_should_close() const {
    return impl_->closes_transport && impl_->output.empty() && !impl_->close_answer;
}

void Endpoint::send(Message const& message) {
    if (impl_->may_send()) impl_->send_message(message);
}

void Endpoint::ping(std::span<std::byte const> data) {
    if (impl_->state == State::open && data.size() <= 125)
        impl_->writer.write_control(wire::Opcode::ping, data, impl_->output);
}

void Endpoint::pong(std::span<std::byte const> data) {
    if (impl_->state == State::open && data.size() <= 125)
        impl_->writer.write_control(wire::Opcode::pong, data, impl_->output);
}

void Endpoint::close(wire::StatusCode code, std::string_view reason) {
    impl_->start_closing(wire::may_be_sent(code) ? std::optional{code} : std::nullopt, reason);
}

std::optional<std::chrono::milliseconds> Endpoint::next_deadline() const {
    return impl_->next_deadline();
}

void Endpoint::time_passed(std::chrono::milliseconds time) {
    impl_->time_passed(time);
}

State Endpoint::state() const {
    return impl_->state;
}

Endpoint::Impl::Impl(wire::Role role_of_endpoint, Options options_of_endpoint,
                     Faults const& planted)
    : role{role_of_endpoint},
      options{std::move(options_of_endpoint)},
      faults{planted},
      random{options.seed},
      writer{role, random.next(), faults},
      head{wire::other(role), options.max_head_size, faults},
      assembly{options.max_message_size, options.max_fragments, faults} {}

void Endpoint::Impl::ask() {
    auto request = make_request(options, random.nonce(), faults);
    key = std::move(request.key);
    output = std::move(request.bytes);
    if (faults.has(Fault::sends_frames_before_response))
        writer.write_control(wire::Opcode::ping, {}, output);
}

void Endpoint::Impl::receive(wire::ByteView bytes) {
    bool const was_connecting = state == State::connecting;
    while (state == State::connecting && !discards_input && !bytes.empty()) take_head(bytes);
    if (faults.has(Fault::answers_before_the_head_ends)) bytes = head.skip_rest(bytes);
    if (state == State::connecting && faults.has(Fault::needs_whole_head) && head.begun())
        return refuse({400, "the head is not complete"});
    if (was_connecting && faults.has(Fault::loses_bytes_behind_head)) return;
    if (was_connecting && faults.has(Fault::stalls_at_early_bytes) && !bytes.empty())
        discards_input = true;
    if (reader && !discards_input && !bytes.empty()) read_frames(bytes);
}

void Endpoint::Impl::take_head(wire::ByteView& bytes) {
    bytes = bytes.subspan(head.take(bytes));
    if (head.refusal()) {
        refuse(*head.refusal());
    } else if (head.complete()) {
        role == wire::Role::server ? take_request() : take_response();
    }
}

void Endpoint::Impl::take_request() {
    auto request = parse_request(head.raw(), faults);
    if (!request) return refuse({400, "the request is malformed (RFC 9112)"});
    if (goes_silent(*request, faults)) {
        if (request->head.value_of("Expect"))
            wire::append(output, wire::to_bytes("HTTP/1.1 100 Continue\r\n\r\n"));
        discards_input = true;
        return;
    }
    if (answers_beside_the_handshake(*request)) return;
    auto answer = answer_request(*request, options, faults);
    if (auto const* refusal = std::get_if<Refusal>(&answer)) return refuse(*refusal);
    auto const& accepted = std::get<Accepted>(answer);
    if (faults.has(Fault::sends_frames_before_101))
        writer.write_control(wire::Opcode::ping, {}, output);
    wire::append(output, accepted.response);
    open(accepted.opening, std::move(request->head));
    if (accepted.regretted)
        start_closing(wire::status::policy_violation, "this origin may not connect");
    if (faults.has(Fault::closes_after_opening)) closes_transport = true;
}

void Endpoint::Impl::take_response() {
    auto response = parse_response(head.raw());
    if (!response) return refuse({0, "the response is malformed (RFC 9112)"});
    // RFC 9110 15.2: interim responses come before the one that counts.
    bool const interim = response->status / 100 == 1 && response->status != 101;
    if (interim && !faults.has(Fault::refuses_interim_responses)) return head.next_head();
    auto const judged = judge_response(*response, key, options, faults);
    if (auto const* refusal = std::get_if<Refusal>(&judged)) return refuse(*refusal);
    open(std::get<Opening>(judged), std::move(response->head));
}

void Endpoint::Impl::open(Opening const& opening, wire::HttpHead peers_head) {
    state = State::open;
    reader.emplace(Receiving{.role = role,
                             .permessage_deflate = opening.deflate.has_value(),
                             .max_message_size = options.max_message_size},
                   faults);
    if (opening.deflate) {
        deflate.emplace(role, *opening.deflate, options.deflate.level, faults);
        assembly.use(&*deflate);
    }
    tell(event::Opened{.head = std::move(peers_head),
                       .subprotocol = opening.subprotocol,
                       .permessage_deflate = opening.deflate.has_value()});
    await_first_message();
}

/// RFC 6455 4.2.1: an HTTP response says why; 7.2.2, 4.1: then the transport closes. A client says
/// nothing and closes.
void Endpoint::Impl::refuse(Refusal const& refusal) {
    tell(event::Refused{.status = refusal.status, .reason = std::string{refusal.says}});
    state = State::closed;
    closes_transport = !faults.has(Fault::keeps_refused_connection_open) &&
                       !faults.has(Fault::refuses_without_framing);
    if (role == wire::Role::client || faults.has(Fault::refuses_by_dropping)) return;
    if (faults.has(Fault::never_refuses)) {
        closes_transport = false;
        return;
    }
    wire::append(output, write_refusal(refusal, head.method(), faults, error_detail));
    if (faults.has(Fault::answers_frames_after_refusal)) {
        closes_transport = false;
        reader.emplace(Receiving{.role = role}, faults);
    }
}

void Endpoint::Impl::receive_end() {
    if (state == State::closed) {
        closes_transport = true;
        return;
    }
    if (state == State::connecting) {
        state = State::closed;
        closes_transport = true;
        tell(event::Refused{.status = 0, .reason = "the transport ended"});
        return;
    }
    on_end();
}

}  // namespace wsproof::reference
