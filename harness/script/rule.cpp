// What a rule's id says: "6455/5.1/server-closes-on-unmasked".
#include "harness/script/case.hpp"

namespace wsproof::script {

std::string Rule::document() const {
    return "RFC " + id.substr(0, id.find('/'));
}

std::string Rule::section() const {
    auto const first = id.find('/');
    if (first == std::string::npos) return {};
    return id.substr(first + 1, id.find('/', first + 1) - first - 1);
}

}  // namespace wsproof::script
