// What a run needs beside its cases to tell an owner what to do: the circumstances of the target,
// and a second look at what was found.
#pragma once

#include "harness/play/peer.hpp"
#include "harness/run/exposure.hpp"
#include "harness/script/catalogue.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {

struct SecurityQuestions {
    run::Claims claims = {};
    report::OriginCheck origin_check = report::OriginCheck::unknown;
    bool requires_origin = false;
    bool guesses_origin = false;  ///< the allowed origin was taken from the URL
};

/// True when cases about Origin will be played.
bool asks_about_origin(std::vector<script::Variant const*> const& variants,
                       play::Setting const& setting);

/// A check of Origin is to be expected of a target of which this is known.
bool expects_origin_check(SecurityQuestions const& questions, run::Exposure const& exposure);

/// Findings of a run that is over, each of some weight looked at once more.
report::Security secure(report::Report const& report, script::Catalogue const& catalogue,
                        SecurityQuestions const& questions, run::Exposure const& exposure,
                        play::Connect const& connect);

}  // namespace wsproof::cli
