#include "harness/run/profile.hpp"

namespace wsproof::run {
namespace {

bool mentions(std::string const& text, char const* word) {
    return text.find(word) != std::string::npos;
}

}  // namespace

std::vector<std::string> Profile::capabilities() const {
    std::vector<std::string> words;
    if (echoes_text) words.emplace_back("echo");
    if (echoes_binary) words.emplace_back("echo-binary");
    if (answers_pings) words.emplace_back("pings");
    if (answers_close) words.emplace_back("close-reply");
    if (tls_version) words.emplace_back("tls");
    if (accepted_extension.starts_with("permessage-deflate")) {
        words.emplace_back("permessage-deflate");
        // Both directions keep their window from message to message (RFC 7692 7.1.1).
        if (!mentions(accepted_extension, "no_context_takeover"))
            words.emplace_back("context-takeover");
    }
    if (!accepted_subprotocol.empty()) words.emplace_back("subprotocol");
    return words;
}

}  // namespace wsproof::run
