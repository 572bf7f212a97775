#include "harness/run/profile.hpp"

namespace wsproof::run {

std::vector<std::string> Profile::capabilities() const {
    std::vector<std::string> words;
    if (echoes_text && echoes_binary) words.emplace_back("echo");
    if (echoes_text) words.emplace_back("echo-text");
    if (echoes_binary) words.emplace_back("echo-binary");
    if (answers_pings) words.emplace_back("pings");
    if (tls_version) words.emplace_back("tls");
    if (accepted_extension.starts_with("permessage-deflate"))
        words.emplace_back("permessage-deflate");
    if (!accepted_subprotocol.empty()) words.emplace_back("subprotocol");
    return words;
}

}  // namespace wsproof::run
