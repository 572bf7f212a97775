// The files of a campaign: findings as cases, the corpus, the edge map of an instrumented target.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/values.hpp"
#include "fuzz/campaign.hpp"
#include "reports/redact.hpp"

namespace wsproof::cli {

class FuzzFiles {
public:
    /// Findings go where --findings says, or into the report folder, without the secrets that the
    /// target was given.
    FuzzFiles(Values const& values, std::string const& report_folder, report::Redactor redactor);

    /// Throws UsageError when something of it cannot be read or written.
    void check() const;

    /// Writes the case of a finding and, beside it, the bytes that it sends; the path of the case,
    /// or nothing when it could not be written.
    std::string keep(fuzz::Finding const& finding) const;

    /// Sessions of earlier campaigns, and of --seeds.
    std::vector<fuzz::Session> corpus(script::Catalogue const& catalogue) const;
    void keep_corpus(std::vector<fuzz::Session> const& corpus) const;

    /// Asks the edge map that --cov names whether there is anything new in it; empty without it.
    std::function<bool()> new_edges() const;

private:
    report::Redactor redactor_;
    std::string findings_;
    std::string corpus_;
    std::string seeds_;
    std::string edges_;
};

}  // namespace wsproof::cli
