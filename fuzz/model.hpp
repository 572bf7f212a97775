// What has to follow what a session sends: the reference endpoint, fed with the same bytes, says so
// (docs/fuzzing.md). Where the RFC leaves room, the outcomes leave room.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/session.hpp"
#include "harness/script/catalogue.hpp"
#include "reference_impl/protocol/fault.hpp"

namespace wsproof::fuzz {

/// What calibration found out about the target, as far as it changes what can be asked of it.
struct Traits {
    bool echoes_text = true;
    bool echoes_binary = true;
    bool answers_pings = true;
    bool answers_close = true;
    bool operator==(Traits const&) const = default;
};

/// What a step of the model's asks for, and in the name of which rule.
struct Question {
    std::string about = {};  ///< "a pong"
    std::string rule = {};
};

/// A session as a case that can be played and judged.
struct Judged {
    script::Variant variant = {};
    /// What a step asks for, by the line of its place where that has no file.
    std::vector<Question> questions = {};
    /// What the reference was in and what it got, each packed into a number: its coverage.
    std::vector<std::uint64_t> inputs = {};
    /// False: the connection is not open any more behind it, or in the middle of a message.
    bool rests = true;
};

class Model {
public:
    /// The catalogue has to outlive it: rules, and how gravely the RFC takes a fault, come from
    /// there.
    Model(script::Catalogue const& catalogue, Traits traits);

    Judged judge(Session const& session, std::uint64_t number) const;

    Traits const& traits() const { return traits_; }
    /// The rule that a receiver with this fault breaks.
    std::string const& rule_of(reference::Fault fault) const;
    bool is_grave(reference::Fault fault) const;

private:
    script::Catalogue const& catalogue_;
    Traits traits_;
    std::map<reference::Fault, std::string> rules_ = {};
};

}  // namespace wsproof::fuzz
