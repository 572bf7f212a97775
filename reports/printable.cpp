#include "harness/play/words.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

std::string printable(std::string_view text) {
    return play::printable(text);
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

}  // namespace wsproof::report
