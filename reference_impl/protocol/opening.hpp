// The opening handshake (RFC 6455 4), both roles: heads in, a decision and bytes out.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/protocol/permessage_deflate.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::reference {

/// Why an opening handshake comes to nothing.
struct Refusal {
    unsigned status = 400;  ///< for a client: what the server sent, or 0
    std::string_view says = {};
};

/// Collects a head byte by byte, whatever the reads, and gives up where it cannot become one that
/// RFC 9112 allows: bare CR or LF, control characters, obs-fold, lines without a name.
class HeadReader {
public:
    HeadReader(wire::Role sender, std::size_t limit, Faults const& faults);

    /// Takes bytes until the head is complete or refused; the number of those taken.
    std::size_t take(wire::ByteView bytes);

    /// For a mutant that did not wait for the end of the head: what is left behind that.
    wire::ByteView skip_rest(wire::ByteView bytes);

    bool complete() const { return complete_; }
    bool begun() const { return !raw_.empty(); }
    std::optional<Refusal> const& refusal() const { return refusal_; }
    std::string const& raw() const { return raw_; }  ///< without empty lines before it
    /// What stands before the first blank of a request, as far as it has come: whoever is refused
    /// goes by it as well (RFC 9110 9.3.2).
    std::string_view method() const;
    /// Makes ready for another head; what came before goes on counting against the limit.
    void next_head();

private:
    void take_octet(char octet);
    bool may_begin_head() const;
    void end_line();
    void check_start_line(std::string_view line);
    void check_field_line(std::string_view line);
    void refuse(unsigned status, std::string_view says);
    bool lacks(Fault fault) const { return faults_.has(fault); }

    wire::Role sender_;
    std::size_t limit_;
    Faults faults_;
    std::string raw_;
    std::size_t taken_ = 0;
    std::size_t line_begin_ = 0;
    bool start_line_done_ = false;
    bool complete_ = false;
    std::optional<Refusal> refusal_;
    bool in_rest_ = false;
};

/// A request as Boost.Beast reads it; the fields as they came.
struct Request {
    std::string method = {};
    std::string target = {};
    unsigned version = 11;  ///< 11 for HTTP/1.1
    wire::HttpHead head = {};
};

struct Response {
    unsigned status = 0;
    unsigned version = 11;
    wire::HttpHead head = {};
};

std::optional<Request> parse_request(std::string const& raw, Faults const& faults);
std::optional<Response> parse_response(std::string const& raw);

/// What came out of an opening handshake that succeeded.
struct Opening {
    std::optional<std::string> subprotocol = std::nullopt;
    std::optional<DeflateAgreement> deflate = std::nullopt;
};

/// Whether a server with these faults never comes back from such a request.
bool goes_silent(Request const& request, Faults const& faults);

/// Server: what a request leads to; the bytes of the 101 go with the first.
struct Accepted {
    Opening opening = {};
    wire::Bytes response = {};
    bool regretted = false;  ///< a mutant: what should have been refused is closed at once
};
std::variant<Accepted, Refusal> answer_request(Request const& request, Options const& options,
                                               Faults const& faults);

/// Server: the response to a request that is refused, for ever self-contained: its length is
/// stated and the transport closes after it.
wire::Bytes write_refusal(Refusal const& refusal, std::string_view method, Faults const& faults,
                          std::string_view detail = {});

/// Client: the request, with the key that derives from the nonce.
struct OpeningRequest {
    std::string key = {};
    wire::Bytes bytes = {};
};
OpeningRequest make_request(Options const& options, std::array<std::byte, 16> const& nonce,
                            Faults const& faults);

/// Client: whether the response opens the connection.
std::variant<Opening, Refusal> judge_response(Response const& response, std::string_view key,
                                              Options const& options, Faults const& faults);

}  // namespace wsproof::reference
