#include "harness/play/response_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "harness/play/accept_diagnosis.hpp"
#include "harness/play/deflate_answer.hpp"
#include "harness/play/words.hpp"
#include "reference_impl/wire/extensions.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::play {
namespace {

using wire::equals_ignoring_case;
using wire::HttpHead;

std::string quoted(std::string_view text) {
    return "'" + printable(text, 80) + "'";
}

std::string list_value(HttpHead const& head, std::string_view name) {
    return fmt::format("{}", fmt::join(head.values_of(name), ", "));
}

bool is_ambiguous(HttpHead const& head) {
    return std::ranges::any_of(head.anomalies, [](std::string const& anomaly) {
        return anomaly == "obs-fold" || anomaly == "NUL" || anomaly == "bare CR";
    });
}

/// 4.3: a number from 0 to 255 without leading zeros.
bool is_version(std::string_view text) {
    unsigned number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && number <= 255 && std::to_string(number) == text;
}

struct Checks {
    Response& response;
    std::optional<HttpHead> const& request;

    void add(std::string_view rule, std::string words, bool fatal) const {
        response.defects.push_back({std::string{rule}, std::move(words), fatal});
    }

    void syntax() const {
        constexpr std::string_view rule = "9112/2/response-syntax";
        auto const& line = response.line;
        if (line.status == 0) {
            add(rule, "began its response with " + quoted(response.head.start_line), true);
        } else if (line.version != "HTTP/1.1" && line.version != "HTTP/1.0") {
            add(rule, "answered in the version " + quoted(line.version), false);
        }
        for (auto const& anomaly : response.head.anomalies) {
            // RFC 9110 5.5 lets recipients keep other control characters: no more than odd.
            if (anomaly == "control character") continue;
            add(rule, "sent a response head with " + anomaly, false);
        }
    }

    void upgrade() const {
        constexpr std::string_view rule = "6455/4.2.2/upgrade-field";
        auto const values = response.head.values_of("Upgrade");
        if (values.empty()) return add(rule, "sent a 101 without an Upgrade field", true);
        if (values.size() > 1) return add(rule, "sent a 101 with several Upgrade fields", true);
        if (!equals_ignoring_case(values.front(), "websocket")) {
            add(rule, "sent a 101 with Upgrade: " + quoted(values.front()), true);
        }
    }

    void connection() const {
        auto const elements = response.head.elements_of("Connection");
        auto const names_upgrade = std::ranges::any_of(
            elements, [](auto const& element) { return equals_ignoring_case(element, "upgrade"); });
        if (names_upgrade) return;
        add("6455/4.2.2/connection-field",
            elements.empty()
                ? "sent a 101 without a Connection field"
                : "sent a 101 with Connection: " + quoted(list_value(response.head, "Connection")),
            true);
    }

    void accept() const {
        constexpr std::string_view rule = "6455/4.2.2/accept-value";
        auto const values = response.head.values_of("Sec-WebSocket-Accept");
        if (values.empty()) return add(rule, "sent a 101 without Sec-WebSocket-Accept", true);
        if (values.size() > 1)
            return add(rule, "sent a 101 with several Sec-WebSocket-Accept fields", true);
        auto const keys =
            request ? request->values_of("Sec-WebSocket-Key") : std::vector<std::string>{};
        // Which accept is right for no key, for two of them or for one that can be read in several
        // ways, no rule says: the case judges.
        if (keys.size() != 1 || keys.front().empty() || is_ambiguous(*request)) return;
        auto const right = wire::accept_value(keys.front());
        if (values.front() == right) return;
        auto words = fmt::format("sent Sec-WebSocket-Accept: {} where the key asks for {}",
                                 quoted(values.front()), quoted(right));
        auto const mistake = diagnose_accept(keys.front(), values.front());
        if (!mistake.empty()) words += ": it " + mistake;
        add(rule, words, true);
    }

    void subprotocol() const {
        constexpr std::string_view rule = "6455/4.2.2/subprotocol-among-offered";
        auto const values = response.head.values_of("Sec-WebSocket-Protocol");
        if (values.empty()) return;
        if (values.size() > 1) return add(rule, "named several subprotocols", true);
        auto const offered =
            request ? request->elements_of("Sec-WebSocket-Protocol") : std::vector<std::string>{};
        if (offered.empty()) {
            return add(rule,
                       "named the subprotocol " + quoted(values.front()) + ", none was offered",
                       true);
        }
        auto const found = std::ranges::find(offered, values.front()) != offered.end();
        if (!found || !wire::is_token(values.front())) {
            add(rule, "named the subprotocol " + quoted(values.front()) + ", which was not offered",
                true);
        }
    }

    void extensions() const {
        constexpr std::string_view rule = "6455/4.2.2/extensions-among-offered";
        if (response.head.values_of("Sec-WebSocket-Extensions").empty()) return;
        auto const answer = list_value(response.head, "Sec-WebSocket-Extensions");
        auto const accepted = wire::parse_extensions(answer);
        if (!accepted || accepted->empty()) {
            return add(rule,
                       "sent Sec-WebSocket-Extensions: " + quoted(answer) +
                           ", which is no list of extensions",
                       true);
        }
        auto const offer =
            request ? list_value(*request, "Sec-WebSocket-Extensions") : std::string{};
        auto const offered = wire::parse_extensions(offer);
        for (auto const& extension : *accepted) {
            // An offer that breaks the grammar names nothing for sure: the case judges. Whether
            // letter case matters in names the RFCs do not say.
            auto const is_it = [&](wire::Extension const& other) {
                return equals_ignoring_case(other.name, extension.name);
            };
            auto const known = offered ? std::ranges::any_of(*offered, is_it)
                                       : offer.find(extension.name) != std::string::npos;
            if (!known) {
                add(rule,
                    "accepted the extension " + quoted(extension.name) + ", which was not offered",
                    true);
            } else if (std::ranges::count(*accepted, extension.name, &wire::Extension::name) > 1) {
                return add(rule, "accepted the extension " + quoted(extension.name) + " twice",
                           true);
            } else if (offered) {
                auto const defects = check_deflate_answer(*offered, extension);
                std::ranges::copy(defects, std::back_inserter(response.defects));
            }
        }
    }

    void content() const {
        if (response.head.value_of("Content-Length")) {
            add("9110/8.6/no-content-length-in-101", "sent a 101 with Content-Length", false);
        }
        if (response.head.value_of("Transfer-Encoding")) {
            add("9112/6.1/no-transfer-encoding-in-101", "sent a 101 with Transfer-Encoding", false);
        }
    }

    void refusal() const {
        auto const& head = response.head;
        auto const status = response.line.status;
        if (status == 426 && head.elements_of("Upgrade").empty()) {
            add("9110/15.5.22/426-names-upgrade", "sent a 426 without an Upgrade field", false);
        }
        if (status == 405 && !head.value_of("Allow")) {
            add("9110/15.5.6/405-names-methods", "sent a 405 without an Allow field", false);
        }
        if (status == 401 && !head.value_of("WWW-Authenticate")) {
            add("9110/11.6.1/401-names-challenge", "sent a 401 without a WWW-Authenticate field",
                false);
        }
        auto const versions = head.elements_of("Sec-WebSocket-Version");
        if (!std::ranges::all_of(versions, is_version)) {
            add("6455/4.3/version-list-syntax",
                "sent Sec-WebSocket-Version: " + quoted(list_value(head, "Sec-WebSocket-Version")) +
                    ", which is no list of versions",
                false);
        }
        auto const upgrades = head.value_of("Upgrade").value_or("");
        if (status / 100 == 2 && head.value_of("Sec-WebSocket-Accept") &&
            equals_ignoring_case(upgrades, "websocket")) {
            add("6455/4.2.2/status-101",
                fmt::format("accepted the opening handshake with the status {}", status), true);
        }
    }
};

}  // namespace

Response check_response(HttpHead head, std::optional<HttpHead> const& request) {
    auto line = wire::parse_status_line(head.start_line).value_or(wire::StatusLine{});
    Response response{std::move(head), std::move(line)};
    Checks const checks{response, request};
    checks.syntax();
    if (response.line.status != 101) {
        checks.refusal();
        return response;
    }
    checks.upgrade();
    checks.connection();
    checks.accept();
    checks.subprotocol();
    checks.extensions();
    checks.content();
    return response;
}

std::optional<Compression> compression_in(Response const& response, wire::Role sender) {
    std::string const side = sender == wire::Role::server ? "server" : "client";
    auto const accepted =
        wire::parse_extensions(list_value(response.head, "Sec-WebSocket-Extensions"));
    if (!accepted) return std::nullopt;
    auto const found = std::ranges::find(*accepted, std::string_view{"permessage-deflate"},
                                         &wire::Extension::name);
    if (found == accepted->end()) return std::nullopt;
    Compression compression;
    for (auto const& [name, value] : found->parameters) {
        if (name == side + "_no_context_takeover") compression.takes_context_over = false;
        if (name != side + "_max_window_bits" || !value) continue;
        int bits = 15;
        std::from_chars(value->data(), value->data() + value->size(), bits);
        compression.window_bits = std::clamp(bits, 8, 15);
    }
    return compression;
}

}  // namespace wsproof::play
