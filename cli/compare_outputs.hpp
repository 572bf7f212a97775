// The files of `wsproof compare`: the formats of a matrix, tried before anything runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "cli/values.hpp"
#include "reports/compare/compare.hpp"

namespace wsproof::cli {

class CompareOutputs {
public:
    /// Throws UsageError for a format that a matrix does not have.
    explicit CompareOutputs(Values const& values);

    /// Why one of the files could not be written now; nothing when all is well.
    std::optional<std::string> trouble() const;
    /// Writes all of them and goes on after a failure; the lines tell what could not be written.
    std::vector<std::string> write(report::Matrix const& matrix, Terminal& terminal) const;
    bool takes_stdout() const;

    report::CompareOptions const& options() const { return options_; }

private:
    using Render = std::string (*)(report::Matrix const&, report::CompareOptions const&);
    struct Output {
        Render render = nullptr;
        std::string path = {};  ///< "-": standard output
    };

    static Output output_of(std::string const& words, std::string const& folder);

    report::CompareOptions options_ = {};
    std::vector<Output> outputs_ = {};
};

}  // namespace wsproof::cli
