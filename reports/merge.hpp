// One report out of several: the shards of a run, or runs of one target that each played a part.
#pragma once

#include <string>
#include <vector>

#include "reports/model.hpp"

namespace wsproof::report {

/// A report and what to call it in words: its file.
struct Part {
    std::string name = {};
    Report report = {};
};

/// Why these reports do not belong together, in one line: other cases, another target, other
/// shards, or settings under which the same bytes are judged otherwise. Empty: they do.
std::string misfit_of(std::vector<Part> const& parts);

/// Why nothing can join these reports: one is of a campaign, whose findings are no cases that the
/// others have played. Empty: it can be done.
std::string unmergeable_of(std::vector<Part> const& parts);

/// Joins them, whether they belong together or not. Of two results of one variant that of the later
/// run counts, and notes the other verdict; but one that was not played, since its run ended too
/// soon, gives way to one that was. The state is complete when all shards are there and nothing was
/// left unplayed. Results, the gate and the exit code are as those of one run.
Report merge(std::vector<Part> parts);

}  // namespace wsproof::report
