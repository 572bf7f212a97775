#include "tests/wire/vectors.hpp"

#include <fstream>

namespace wsproof::wire {

nlohmann::json const& vectors() {
    static auto const parsed = [] {
        std::ifstream file(WSPROOF_SOURCE_DIR "/tests/wire/vectors.json");
        return nlohmann::json::parse(file);
    }();
    return parsed;
}

Bytes hex(std::string_view digits) {
    return from_hex(digits).value();
}

Bytes bytes_of(nlohmann::json const& digits) {
    return hex(digits.get_ref<std::string const&>());
}

}  // namespace wsproof::wire
