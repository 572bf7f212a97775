// `wsproof doctor`: step by step from the name to the echo, and what that means for the cases.
#include <fmt/format.h>

#include <map>

#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "cli/selection.hpp"
#include "cli/target.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "harness/net/address.hpp"
#include "harness/run/calibrate.hpp"
#include "harness/run/evidence.hpp"
#include "reports/model.hpp"
#include "reports/redact.hpp"

namespace wsproof::cli {
namespace {

class Doctor {
public:
    Doctor(Target& target, Terminal& terminal, Values const& values)
        : target_(target), terminal_(terminal), values_(values) {}

    int examine(script::Catalogue const& catalogue) {
        try {
            target_.start();
            find_address();
            connect();
            shake_hands();
        } catch (NotReady const& error) {
            return give_up("spawn", error.what());
        } catch (play::Unreachable const& error) {
            return give_up(step_, error.what());
        }
        auto profile = run::calibrate(target_.setting(), target_.connect());
        profile.tls_version = tls_;
        if (values_.text("echo") == "none") profile.echoes_text = profile.echoes_binary = false;
        if (!profile.reachable) return give_up("upgrade", profile.unreachable_reason);
        tell(profile);
        tell_cases(catalogue, profile);
        return profile.opens ? exit_code::ok : exit_code::failed;
    }

private:
    void line(std::string_view step, std::string_view words) {
        auto const shown = report::Redactor(target_.setting()).text(words);
        terminal_.result(fmt::format("{:<20} {}\n", step, report::printable(shown)));
    }

    int give_up(std::string_view step, std::string_view reason) {
        line(step, fmt::format("no: {}", reason));
        return exit_code::unreachable;
    }

    void find_address() {
        step_ = "name";
        auto const& options = target_.options();
        if (!options.unix_socket.empty()) return line("name", "unix socket " + options.unix_socket);
        std::string addresses;
        for (auto const& address : net::resolve(options.url, options.family))
            addresses += (addresses.empty() ? "" : ", ") + address.words;
        line("name", addresses);
    }

    void connect() {
        step_ = "TCP";
        auto plain = target_.options();
        plain.url.tls = false;
        auto const connect = net::connector(plain);
        auto const began = std::chrono::steady_clock::now();
        static_cast<void>(connect());
        auto const took = std::chrono::steady_clock::now() - began;
        line("TCP", fmt::format("connected in {:.1f} ms",
                                std::chrono::duration<double, std::milli>(took).count()));
    }

    void shake_hands() {
        step_ = "TLS";
        if (!target_.options().url.tls) return line("TLS", "not asked for (ws://)");
        tls_ = net::negotiated_tls(target_.options());
        line("TLS", *tls_);
    }

    void tell(run::Profile const& profile) {
        auto const milliseconds = [](std::chrono::microseconds time) {
            return static_cast<double>(time.count()) / 1000;
        };
        line(
            "upgrade",
            profile.opens
                ? fmt::format("101 in {:.1f} ms{}", milliseconds(profile.opening_time),
                              profile.server_software.empty() ? "" : ", " + profile.server_software)
                : fmt::format(
                      "{}, but the response does not pass a client's checks: `-s opening/*`",
                      profile.status));
        if (!profile.opens) return;
        line("pings", profile.answers_pings
                          ? fmt::format("answered in {:.2f} ms", milliseconds(profile.round_trip))
                          : "not answered");
        line("echo of text", profile.echoes_text ? "yes" : "no");
        line("echo of binary", profile.echoes_binary ? "yes" : "no");
        if (profile.talks_unasked) line("talks unasked", profile.greeting);
        line("permessage-deflate", profile.accepted_extension.empty()
                                       ? "declined"
                                       : "accepted: " + profile.accepted_extension);
        if (!target_.setting().subprotocols.empty())
            line("subprotocol", profile.accepted_subprotocol.empty()
                                    ? "none of those offered"
                                    : "accepted: " + profile.accepted_subprotocol);
        line("closing handshake", profile.answers_close ? "answered" : "Close is not answered");
    }

    void tell_cases(script::Catalogue const& catalogue, run::Profile const& profile) {
        auto const setting = run::apply(profile, target_.setting());
        std::map<std::string, std::size_t> reasons;
        std::size_t can_run = 0;
        for (auto const* const variant :
             selected(catalogue, std::vector<std::string>{}, wire::Role::server)) {
            auto const result = run::ruled_out(*variant, profile, setting);
            if (!result)
                ++can_run;
            else
                ++reasons[result->skip_reason.value_or("inconclusive") + ": " + result->reason];
        }
        line("cases", fmt::format("{} can run", can_run));
        for (auto const& [reason, count] : reasons)
            line("", fmt::format("{} cannot: {}", count, reason));
    }

    Target& target_;
    Terminal& terminal_;
    Values const& values_;
    std::string step_ = {};
    std::optional<std::string> tls_ = std::nullopt;
};

}  // namespace

int doctor(Invocation& invocation, Environment const& environment) {
    auto const config = load_config(invocation, environment);
    Terminal terminal(invocation.values, environment);
    auto const catalogue = load_cases(invocation.values);
    Target target(invocation, config);
    return Doctor(target, terminal, invocation.values).examine(catalogue);
}

}  // namespace wsproof::cli
