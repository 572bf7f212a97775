// Who it is: the login page beside the handshake, and the first message behind it.
#include <utility>

#include "reference_impl/protocol/authentication.hpp"
#include "reference_impl/protocol/endpoint_impl.hpp"

namespace wsproof::reference {
namespace {

using std::chrono::milliseconds;

/// What stands in a first message where the token should.
std::string_view token_in(std::string_view text, std::string_view form) {
    auto const hole = form.find("{token}");
    if (hole == std::string_view::npos) return {};
    auto const behind = form.substr(hole + 7);
    bool const fits = text.size() >= hole + behind.size() &&
                      text.starts_with(form.substr(0, hole)) && text.ends_with(behind);
    return fits ? text.substr(hole, text.size() - hole - behind.size()) : std::string_view{};
}

void write_page(std::string_view line, wire::HeaderField field, wire::Bytes& to) {
    std::vector<wire::HeaderField> fields;
    fields.push_back(std::move(field));
    fields.push_back({"Connection", "close"});
    fields.push_back({"Content-Length", "0"});
    wire::append(to, wire::to_bytes(wire::write_head(line, fields)));
}

}  // namespace

/// Requests that ask for a page, not for a connection; and what mutants do with the others.
bool Endpoint::Impl::answers_beside_the_handshake(Request const& request) {
    auto const& policy = options.authentication;
    if (policy.scheme == Authentication::Scheme::none && policy.login_resource.empty())
        return false;
    Fields const fields{request.head, faults};
    auto const tokens = tokens_of({request, fields, options});
    if (faults.has(Fault::repeats_tokens_in_errors) && !tokens.empty())
        error_detail = ": " + tokens.front();
    auto const path = request.target.substr(0, request.target.find('?'));
    bool const redirects = faults.has(Fault::repeats_tokens_in_redirects) && path != "/";
    bool const is_login =
        !policy.login_resource.empty() && path == policy.login_resource && !fields.has("Upgrade");
    if (!redirects && !is_login) return false;
    if (is_login) {
        write_page("HTTP/1.1 200 OK", {"Set-Cookie", set_cookie(policy, faults)}, output);
    } else {
        auto location = "https://app.good.example/" + request.target.substr(path.size());
        write_page("HTTP/1.1 301 Moved Permanently", {"Location", std::move(location)}, output);
    }
    state = State::closed;
    closes_transport = true;
    tell(event::Refused{.status = is_login ? 200U : 301U, .reason = "it asked for a page"});
    return true;
}

void Endpoint::Impl::await_first_message() {
    awaits_token = role == wire::Role::server &&
                   options.authentication.scheme == Authentication::Scheme::first_message;
    if (awaits_token && faults.has(Fault::talks_before_authentication))
        send_message({MessageKind::text, wire::to_bytes("news")});
}

/// True when the message was for us and not for the application.
bool Endpoint::Impl::take_first_message(Message const& message) {
    auto const& policy = options.authentication;
    auto const text = wire::to_text(message.data);
    auto const token = token_in(text, policy.message);
    bool const is_text = message.kind == MessageKind::text;
    bool const is_good = (is_text && is_the_token(token, policy, faults) &&
                          !faults.has(Fault::refuses_good_tokens)) ||
                         (faults.has(Fault::takes_any_token) && !token.empty());
    if (is_good) {
        awaits_token = false;
        return true;
    }
    if (faults.has(Fault::serves_before_authentication)) return false;
    if (faults.has(Fault::allows_any_number_of_guesses)) return true;
    if (faults.has(Fault::serves_behind_wrong_tokens) && !token.empty()) {
        awaits_token = false;
        return true;
    }
    std::string says = "not authenticated";
    if (is_text && faults.has(Fault::repeats_tokens_in_errors))
        says += ": " + std::string{token.substr(0, 64)};
    fail_the_connection({wire::status::policy_violation, says});
    return true;
}

void Endpoint::Impl::note_unauthenticated(Fault extends) {
    if (awaits_token && faults.has(extends)) waited = milliseconds{0};
}

std::optional<milliseconds> Endpoint::Impl::next_deadline() const {
    bool const waits = awaits_token && state == State::open &&
                       !faults.has(Fault::never_ends_unauthenticated_connections);
    if (!waits) return std::nullopt;
    return options.authentication.patience - waited;
}

void Endpoint::Impl::time_passed(milliseconds time) {
    if (!awaits_token) return;
    waited += time;
    auto const left = next_deadline();
    if (left && left->count() <= 0)
        fail_the_connection({wire::status::policy_violation, "nobody has authenticated"});
}

}  // namespace wsproof::reference
