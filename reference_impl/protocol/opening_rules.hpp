// The tables of what a server refuses in a request and a client in a response (RFC 6455 4.2.1,
// 4.1, and HTTP where RFC 6455 builds on it).
#pragma once

#include <optional>
#include <span>

#include "reference_impl/protocol/opening.hpp"
#include "reference_impl/protocol/opening_fields.hpp"

namespace wsproof::reference {

/// What a rule on requests looks at.
struct RequestFacts {
    Request const& request;
    Fields const& fields;
    Options const& options;
};

struct RequestRule {
    std::optional<Fault> unless;
    Refusal refusal;
    bool (*holds)(RequestFacts const&);
};

/// A rule that no RFC has and some server has: it holds only under its fault.
struct OddRequestRule {
    Fault fault;
    Refusal refusal;
    bool (*holds)(RequestFacts const&);
};

/// What a rule on responses looks at.
struct ResponseFacts {
    Response const& response;
    Fields const& fields;
    Options const& options;
    std::string_view key;
};

struct ResponseRule {
    std::optional<Fault> unless;
    std::string_view says;
    bool (*holds)(ResponseFacts const&);
};

std::span<RequestRule const> request_rules() noexcept;
std::span<OddRequestRule const> odd_request_rules() noexcept;
std::span<ResponseRule const> response_rules() noexcept;

std::optional<Refusal> broken_rule(RequestFacts const& facts);
std::optional<Refusal> broken_rule(ResponseFacts const& facts);

/// The extensions that a field offers or answers, through the eyes of an endpoint with its faults;
/// nothing when the grammar is broken (9.1).
std::optional<std::vector<wire::Extension>> extensions_in(Fields const& fields);

/// Sec-WebSocket-Key as the accept value is computed from it.
std::string key_of(Fields const& fields);

/// Subprotocols as a client lists them.
std::vector<std::string> subprotocols_in(Fields const& fields);

}  // namespace wsproof::reference
