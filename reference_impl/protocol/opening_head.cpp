#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <limits>

#include "reference_impl/protocol/opening.hpp"

namespace wsproof::reference {
namespace {

namespace http = boost::beast::http;

bool is_control(char c) {
    auto const octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7F;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// RFC 9112 2.3: HTTP-name "/" DIGIT "." DIGIT, case-sensitive.
bool is_version(std::string_view text) {
    return text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) && text[6] == '.' &&
           is_digit(text[7]);
}

constexpr std::size_t version_size = 8;

/// 11 for "HTTP/1.1".
unsigned version_in(std::string_view text) {
    return static_cast<unsigned>(text[5] - '0') * 10 + static_cast<unsigned>(text[7] - '0');
}

/// RFC 9112 3: three parts, a single SP between them.
bool is_request_line(std::string_view line) {
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return false;
    auto const target = line.substr(first + 1, last - first - 1);
    return wire::is_token(line.substr(0, first)) && !target.empty() &&
           target.find(' ') == std::string_view::npos && is_version(line.substr(last + 1));
}

/// RFC 9112 4; the SP before an empty reason phrase is missed by some servers and by nobody else.
bool is_status_line(std::string_view line) {
    return line.size() >= 12 && is_version(line.substr(0, 8)) && line[8] == ' ' &&
           is_digit(line[9]) && is_digit(line[10]) && is_digit(line[11]) &&
           (line.size() == 12 || line[12] == ' ');
}

wire::HttpHead head_of(http::fields const& fields, std::string const& raw) {
    wire::HttpHead head{.start_line = raw.substr(0, raw.find("\r\n")), .raw = raw};
    for (auto const& field : fields) {
        std::string_view const name{field.name_string().data(), field.name_string().size()};
        std::string_view const value{field.value().data(), field.value().size()};
        head.fields.push_back({std::string{name}, std::string{value}});
    }
    return head;
}

Request as_request(http::request_header<> const& header, std::string const& raw) {
    return Request{.method = {header.method_string().data(), header.method_string().size()},
                   .target = {header.target().data(), header.target().size()},
                   .head = head_of(header, raw)};
}

/// Beast looks at the values of Connection, Content-Length and Transfer-Encoding; mutants that do
/// not have to get past it.
std::optional<Request> read_unchecked(std::string const& raw, Faults const& faults) {
    bool const looks_away = faults.has(Fault::ignores_connection_field) ||
                            faults.has(Fault::unquotes_connection_tokens) ||
                            faults.has(Fault::takes_content_for_frames);
    if (!looks_away) return std::nullopt;
    auto head = wire::parse_head(wire::as_bytes(raw)).head;
    auto const& line = head.start_line;
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    return Request{.method = line.substr(0, first),
                   .target = line.substr(first + 1, last - first - 1),
                   .head = std::move(head)};
}

/// The fields of 4.2.1 are all there; how the head goes on is not asked.
bool has_what_it_needs(std::string_view raw) {
    constexpr std::array names{"\nHost:", "\nUpgrade:", "\nConnection:", "\nSec-WebSocket-Key:",
                               "\nSec-WebSocket-Version:"};
    return std::all_of(names.begin(), names.end(),
                       [&](auto const* name) { return raw.find(name) != std::string_view::npos; });
}

template <typename Parser>
bool parse(Parser& parser, std::string const& raw) {
    parser.header_limit(std::numeric_limits<std::uint32_t>::max());
    parser.body_limit(boost::none);
    parser.skip(true);  // content is judged by its fields
    boost::beast::error_code error;
    parser.put(boost::asio::buffer(raw), error);
    return !error && parser.is_header_done();
}

}  // namespace

HeadReader::HeadReader(wire::Role sender, std::size_t limit, Faults const& faults)
    : sender_{sender}, limit_{limit}, faults_{faults} {}

std::size_t HeadReader::take(wire::ByteView bytes) {
    std::size_t size = 0;
    while (size < bytes.size() && !complete_ && !refusal_)
        take_octet(static_cast<char>(bytes[size++]));
    return size;
}

wire::ByteView HeadReader::skip_rest(wire::ByteView bytes) {
    while (in_rest_ && !bytes.empty()) {
        raw_ += static_cast<char>(bytes.front());
        bytes = bytes.subspan(1);
        in_rest_ = !raw_.ends_with("\n\r\n") || raw_.size() < 5;
    }
    return bytes;
}

void HeadReader::next_head() {
    raw_.clear();
    line_begin_ = 0;
    start_line_done_ = complete_ = false;
}

void HeadReader::take_octet(char octet) {
    if (lacks(Fault::never_answers_long_heads) && taken_ > 4096) return;
    if (lacks(Fault::stalls_at_empty_lines) && raw_.starts_with("\r\n")) return;
    if (taken_++ == limit_)
        return start_line_done_ ? refuse(431, "the head is too long")
                                : refuse(414, "the request line is too long");
    bool const after_cr = raw_.ends_with('\r');
    if (after_cr && octet != '\n') {
        if (!lacks(Fault::takes_bare_cr_for_a_line_end))
            return refuse(400, "a CR stands alone (RFC 9112 2.2)");
        raw_ += '\n';
        end_line();
    }
    if (octet == '\n' && !after_cr && lacks(Fault::waits_for_ever_on_bare_lf)) {
        raw_ += ' ';
        return;
    }
    if (octet == '\n' && !after_cr) return refuse(400, "a LF stands alone (RFC 9112 2.2)");
    if (lacks(Fault::trims_control_characters) && start_line_done_ &&
        (octet == '\v' || octet == '\f'))
        octet = ' ';
    bool const may_be_blank = octet == '\t' && start_line_done_;
    bool const may_be_nul = octet == '\0' && lacks(Fault::cuts_values_at_nul);
    if (is_control(octet) && octet != '\r' && octet != '\n' && !may_be_blank && !may_be_nul)
        return refuse(400, "a control character (RFC 9110 5.5)");
    raw_ += octet;
    // Whatever does not begin like HTTP is not waited for.
    if (!may_begin_head()) return refuse(400, "this is not HTTP");
    if (octet == '\n') end_line();
}

bool HeadReader::may_begin_head() const {
    if (sender_ == wire::Role::server)
        return raw_.size() > 5 || std::string_view{"HTTP/"}.starts_with(raw_);
    return raw_.size() > 1 || raw_ == "\r" || wire::is_token(raw_);
}

void HeadReader::end_line() {
    auto const line = std::string_view{raw_}.substr(line_begin_, raw_.size() - line_begin_ - 2);
    if (line.empty() && !start_line_done_) {
        // RFC 9112 2.2: empty lines before the request line are passed over.
        if (!lacks(Fault::stalls_at_empty_lines)) raw_.clear();
        return;
    }
    if (line.empty()) {
        complete_ = true;
    } else if (start_line_done_) {
        check_field_line(line);
        if (lacks(Fault::answers_before_the_head_ends) && has_what_it_needs(raw_)) {
            raw_ += "\r\n";
            complete_ = in_rest_ = true;
        }
    } else {
        check_start_line(line);
        start_line_done_ = true;
    }
    line_begin_ = raw_.size();
}

void HeadReader::check_start_line(std::string_view line) {
    if (sender_ == wire::Role::client && !is_request_line(line)) {
        if (!lacks(Fault::accepts_malformed_request_lines))
            return refuse(400, "this is not a request line (RFC 9112 3)");
        raw_ = "GET / HTTP/1.1\r\n";
    }
    if (sender_ == wire::Role::server && !is_status_line(line))
        refuse(0, "this is not a status line (RFC 9112 4)");
}

void HeadReader::check_field_line(std::string_view line) {
    if (line.starts_with(' ') || line.starts_with('\t')) {
        if (lacks(Fault::reads_folded_lines_as_fields) &&
            line.find(':') != std::string_view::npos) {
            raw_.erase(line_begin_, line.find_first_not_of(" \t"));
            return;
        }
        if (!lacks(Fault::joins_folded_lines))
            return refuse(400, "a field line is folded (RFC 9112 5.2)");
        auto const blanks = std::min(line.find_first_not_of(" \t"), line.size());
        raw_.erase(line_begin_ - 2, 2 + blanks);
        return;
    }
    auto const colon = line.find(':');
    auto name = line.substr(0, colon);
    if (lacks(Fault::accepts_space_before_colon) && colon != std::string_view::npos) {
        auto const end = name.find_last_not_of(" \t") + 1;
        raw_.erase(line_begin_ + end, name.size() - end);
        return;
    }
    if (colon == std::string_view::npos || !wire::is_token(name))
        return refuse(400, "a field line without a name (RFC 9112 5)");
    if (lacks(Fault::unquotes_connection_tokens) && name == "Connection") {
        auto const from =
            std::remove(raw_.begin() + static_cast<std::ptrdiff_t>(line_begin_), raw_.end(), '"');
        raw_.erase(from, raw_.end());
        return;
    }
    auto const nul = line.find('\0');
    if (nul != std::string_view::npos) raw_.erase(line_begin_ + nul, line.size() - nul);
}

std::string_view HeadReader::method() const {
    return std::string_view{raw_}.substr(0, raw_.find(' '));
}

void HeadReader::refuse(unsigned status, std::string_view says) {
    refusal_ = {.status = sender_ == wire::Role::client ? status : 0, .says = says};
}

std::optional<Request> parse_request(std::string const& raw, Faults const& faults) {
    auto const version_at = raw.find("\r\n") - version_size;
    // RFC 9110 6.2: a higher minor version is read as 1.1, which Beast would refuse; what the
    // versions mean, the rules say.
    auto in_1_1 = raw;
    in_1_1.replace(version_at, version_size, "HTTP/1.1");
    http::request_parser<http::empty_body> parser;
    auto request =
        parse(parser, in_1_1) ? as_request(parser.get(), raw) : read_unchecked(raw, faults);
    if (request) request->version = version_in(raw.substr(version_at, version_size));
    return request;
}

std::optional<Response> parse_response(std::string const& raw) {
    http::response_parser<http::empty_body> parser;
    if (!parse(parser, raw)) return std::nullopt;
    auto const& message = parser.get();
    return Response{.status = message.result_int(),
                    .version = message.version(),
                    .head = head_of(message.base(), raw)};
}

}  // namespace wsproof::reference
