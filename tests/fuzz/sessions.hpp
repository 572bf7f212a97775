// Sessions in few words, for the tests of the fuzzer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/session.hpp"
#include "harness/play/endpoint_peer.hpp"
#include "harness/play/player.hpp"
#include "harness/run/profile.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::fuzz {

inline script::Catalogue const& catalogue() {
    static auto const loaded = script::embedded_catalogue();
    return loaded;
}

inline script::FrameOutput frame_of(wire::Opcode opcode, std::string_view payload,
                                    bool fin = true) {
    script::FrameOutput output;
    output.opcode = opcode;
    output.payload = payload_of(wire::as_bytes(payload));
    output.fin = fin;
    return output;
}

/// Each frame in a write of its own.
inline Session session_with(std::vector<script::FrameOutput> const& frames) {
    Session session;
    for (auto const& frame : frames) session.writes.push_back({{frame}});
    return session;
}

inline play::Connect reference_with(std::string_view fault) {
    reference::Options options;
    options.resources = {"/"};
    reference::Faults faults;
    if (auto const known = reference::fault_named(fault)) faults.add(*known);
    return play::to_reference(wire::Role::server, options, faults);
}

/// As calibration finds it.
inline run::Profile profile_of_reference() {
    return {.reachable = true,
            .opens = true,
            .status = 101,
            .answers_pings = true,
            .answers_close = true,
            .echoes_text = true,
            .echoes_binary = true,
            .accepted_extension = "permessage-deflate"};
}

}  // namespace wsproof::fuzz
