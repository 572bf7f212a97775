// `wsproof compare --spec`: runs the suite against the targets of a file, one after another.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/config.hpp"
#include "cli/parse.hpp"
#include "cli/terminal.hpp"
#include "reports/merge.hpp"

namespace wsproof::cli {

class CompareSpec {
public:
    /// Reads the file and all its targets, so that a typing error costs no run. Throws UsageError.
    CompareSpec(Invocation const& invocation, Environment const& environment);

    /// What its columns will be called.
    std::vector<std::string> names() const;

    using Take = std::function<void(report::Part)>;
    /// Measures every target, or takes what an earlier run has left; those that do not come up are
    /// reports too. A report stands in its file before `take` gets it. Returns the exit code.
    int measure(Terminal& terminal, Take const& take) const;

private:
    struct Entry {
        std::string name = {};
        Invocation invocation = {};
        Config config = {};
        std::string file = {};  ///< of its report
    };

    Entry entry(std::string const& path, std::string const& text, std::string const& name,
                std::string const& file) const;
    int measure(Entry const& entry, Terminal& terminal, Take const& take) const;
    std::optional<report::Report> finished(Entry const& entry) const;

    Invocation const& invocation_;
    Environment const& environment_;
    std::vector<Entry> entries_ = {};
};

}  // namespace wsproof::cli
