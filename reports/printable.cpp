#include "harness/play/words.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

std::string printable(std::string_view text) {
    return play::printable(text);
}

}  // namespace wsproof::report
