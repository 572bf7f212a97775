// A URL as it is typed: refused in one line, or taken apart and put together to the same, with
// nothing in Host or in the request line that does not belong there (RFC 6455 3).
#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "harness/net/target.hpp"

namespace wsproof::fuzz {
namespace {

bool is_plain(std::string_view text, std::string_view without) {
    return text.find_first_of(without) == std::string_view::npos &&
           text.find_first_of(std::string_view("\0\r\n\t ", 5)) == std::string_view::npos;
}

std::optional<net::Url> url_in(std::string_view text) {
    try {
        return net::parse_url(text);
    } catch (net::UrlError const& error) {
        require(std::string_view(error.what()).find('\n') == std::string_view::npos,
                "an error of one line", [&] { return std::string(error.what()); });
        return std::nullopt;
    }
}

}  // namespace

WSPROOF_FUZZ_TARGET(url) {
    auto const url = url_in(Input(data).text());
    if (!url) return;
    require(is_plain(url->host_field(), "@/?#\\"), "a Host without credentials",
            [&] { return url->host_field(); });
    require(url->resource_name.starts_with('/') && is_plain(url->resource_name, "#"),
            "a resource name of one word", [&] { return url->resource_name; });
    require(!url->host.empty() && url->port != 0, "a host and a port");
    auto const again = url_in(url->text());
    require(again && again->tls == url->tls && again->host == url->host &&
                again->port == url->port && again->resource_name == url->resource_name,
            "the same URL from its own text", [&] { return url->text(); });
}

}  // namespace wsproof::fuzz
