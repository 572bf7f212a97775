// Proof in words: which origins were sent, and what the table of findings says about them.
#pragma once

#include <string>
#include <string_view>

#include "harness/play/player.hpp"
#include "harness/script/case.hpp"
#include "reports/security/security.hpp"

namespace wsproof::report {

/// The Origin that a case sent, as it stands in the transcript; empty: none.
std::string origin_sent(play::Result const& result);

/// A browser can send what the case sends: whoever accepts it does more than compare carelessly.
bool can_be_sent_by_pages(script::Variant const& variant);

/// Words of the table about a target whose origin this is: {origin}, {host}, {name}, {scheme},
/// {parent}.
std::string filled(std::string text, std::string_view serialised);

/// For a policy that is narrower than the mistake it looks like.
std::string origins_in_words(Finding const& finding);

}  // namespace wsproof::report
