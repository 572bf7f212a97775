// Fields of a head as the opening handshake compares them: names and tokens without letter case,
// lists over several lines (RFC 6455 4.2.1, RFC 9110 5).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::reference {

/// A view of the fields of one head, through the eyes of an endpoint with these faults.
class Fields {
public:
    Fields(wire::HttpHead const& head, Faults const& faults) : head_{head}, faults_{faults} {}

    std::vector<std::string> values(std::string_view name) const;
    bool has(std::string_view name) const { return !values(name).empty(); }
    std::vector<std::string> elements(std::string_view name) const;
    /// The value of a field that may come once; empty when it is missing.
    std::string first(std::string_view name) const;
    bool has_token(std::string_view name, std::string_view token) const;
    /// All lines of a list in one (RFC 9110 5.2).
    std::string joined(std::string_view name) const;
    bool lacks(Fault fault) const { return faults_.has(fault); }
    wire::HttpHead const& head() const { return head_; }

private:
    wire::HttpHead const& head_;
    Faults const& faults_;
};

std::string lower_case(std::string_view text);

}  // namespace wsproof::reference
