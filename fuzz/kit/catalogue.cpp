#include "fuzz/kit/catalogue.hpp"

#include <set>
#include <string>
#include <utility>

#include "fuzz/kit/input.hpp"
#include "harness/script/write.hpp"

namespace wsproof::kit {
namespace {

/// The sessions of the kit are those of a client.
bool is_for_servers(script::Variant const& variant) {
    return catalogue().rule_of(variant).binds != script::Binds::client;
}

std::vector<fuzz::Session> found_sessions() {
    constexpr std::size_t longest = 4096;
    std::vector<fuzz::Session> sessions;
    std::set<std::string> seen;
    for (auto const& variant : catalogue().variants) {
        auto const told = fuzz::session_of(variant);
        if (!told || told->writes.empty() || !is_for_servers(variant)) continue;
        auto const text = script::write(fuzz::case_of(*told));
        auto session = session_in(text);
        if (session && text.size() <= longest && seen.insert(text).second)
            sessions.push_back(*std::move(session));
    }
    return sessions;
}

}  // namespace

script::Catalogue const& catalogue() {
    static auto const loaded = script::embedded_catalogue();
    return loaded;
}

std::vector<fuzz::Session> const& sessions_of_cases() {
    static auto const sessions = found_sessions();
    return sessions;
}

}  // namespace wsproof::kit
