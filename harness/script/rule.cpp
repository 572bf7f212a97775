// What the ids of rules ("6455/5.1/server-closes-on-unmasked") and statements ("6455-5.1-02") say.
#include "harness/script/case.hpp"

#include <algorithm>

namespace wsproof::script {

namespace {

std::string document_of(std::string const& id, char separator) {
    auto const first = id.substr(0, id.find(separator));
    bool const is_number = first.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? "RFC " + first : first;
}

std::string section_of(std::string const& id, char separator) {
    auto const first = id.find(separator);
    if (first == std::string::npos) return {};
    return id.substr(first + 1, id.find(separator, first + 1) - first - 1);
}

}  // namespace

bool Variant::has_need(std::string_view need) const {
    return std::ranges::find(needs, need) != needs.end();
}

bool Variant::stops_target() const {
    return std::ranges::any_of(
        steps, [](Step const& step) { return std::holds_alternative<Shutdown>(step.action); });
}

std::string Rule::document() const {
    return document_of(id, '/');
}
std::string Rule::section() const {
    return section_of(id, '/');
}
std::string Statement::document() const {
    return document_of(id, '-');
}
std::string Statement::section() const {
    return section_of(id, '-');
}

}  // namespace wsproof::script
