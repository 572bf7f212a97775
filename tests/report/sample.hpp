// Reports made up for tests: one as a run leaves it, one of a peer that attacks whoever reads it.
#pragma once

#include <string>

#include "reports/model.hpp"

namespace wsproof::report::sample {

/// A server that echoes a reserved code, breaks a standing rule and lacks an extension.
Report ordinary();

/// Every text that a peer can choose is this one. It holds markup, a terminal escape and characters
/// that turn the order of the text.
extern std::string const hostile_text;
Report hostile();

/// All seven verdicts, all endings, all kinds of entries: nothing may get lost on the way.
Report everything();

/// A server whose check of Origin is wrong, in a run with credentials.
Report secured();

/// A campaign: a violation with its file, a crash whose words a peer chose, and what did not come
/// again.
Report campaign();

play::Entry frame_entry(play::Direction direction, wire::FrameHeader header,
                        std::string_view payload_data, std::string words);

}  // namespace wsproof::report::sample
