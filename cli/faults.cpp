#include "cli/faults.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/values.hpp"
#include "harness/run/nearest.hpp"

namespace wsproof::cli {

reference::Faults faults_named(std::vector<std::string> const& names) {
    reference::Faults faults;
    for (auto const& name : names) {
        if (auto const fault = reference::fault_named(name)) {
            faults.add(*fault);
            continue;
        }
        auto const known = reference::fault_names();
        std::vector<std::string> const words(known.begin(), known.end());
        auto const near = run::nearest(name, words);
        throw UsageError(fmt::format("--fault: there is no fault '{}'{}", name,
                                     near.empty() ? "; see `wsproof echo --list-faults`"
                                                  : fmt::format(": did you mean '{}'?", near)));
    }
    return faults;
}

std::string fault_list(script::Catalogue const& catalogue) {
    std::size_t widest = 0;
    for (auto const name : reference::fault_names()) widest = std::max(widest, name.size());
    std::string text;
    for (auto const name : reference::fault_names()) {
        auto const info = catalogue.faults.find(std::string(name));
        auto const does = info == catalogue.faults.end() ? std::string() : info->second.does;
        text += fmt::format("{:<{}}  {}\n", name, widest, does);
    }
    return text;
}

}  // namespace wsproof::cli
