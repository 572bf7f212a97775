#include "fuzz/planted/planted.hpp"

#include <algorithm>
#include <array>

#include "fuzz/campaign.hpp"
#include "fuzz/finding.hpp"
#include "fuzz/generate.hpp"
#include "harness/play/endpoint_peer.hpp"

namespace wsproof::fuzz {
namespace {

using reference::Fault;

/// From the first to the last, in the order of fault_list.inc.
struct Range {
    Fault first = {};
    Fault last = {};
};
constexpr std::array ranges{Range{Fault::accepts_unmasked, Fault::sends_1006_on_end},
                            Range{Fault::masks_its_frames, Fault::holds_back_its_output}};

/// Only a client can have them (RFC 6455 5.1).
constexpr std::array of_clients{Fault::accepts_masked, Fault::leaves_frames_unmasked};

script::Catalogue const& catalogue() {
    static auto const loaded = script::embedded_catalogue();
    return loaded;
}

run::Profile profile_of_reference() {
    return {.reachable = true,
            .opens = true,
            .status = 101,
            .answers_pings = true,
            .answers_close = true,
            .echoes_text = true,
            .echoes_binary = true,
            .accepted_extension = "permessage-deflate"};
}

/// Deliveries take turns: some faults show in one of them alone.
play::Delivery delivery_of(std::uint64_t number) {
    return number % 2 == 0 ? play::Delivery::bytewise : play::Delivery::whole;
}

}  // namespace

std::vector<Fault> faults_in_frames() {
    std::vector<Fault> faults;
    for (auto const& range : ranges)
        for (auto at = static_cast<unsigned>(range.first); at <= static_cast<unsigned>(range.last);
             ++at)
            if (auto const fault = static_cast<Fault>(at);
                std::ranges::find(of_clients, fault) == of_clients.end())
                faults.push_back(fault);
    return faults;
}

Sought look_for(Fault fault, Search const& search) {
    static Model const model{catalogue(), {}};
    play::Setting setting;
    setting.strict = true;
    Phases const phases{.handshake = false};
    auto const bases = search.with_bases
                           ? bases_for(catalogue(), profile_of_reference(), setting, phases)
                           : std::vector<script::Variant const*>{};
    Generator generator{model, bases, phases, search.seed};
    Gate const gate{catalogue(), setting.strict};
    auto const connect = play::to_reference(wire::Role::server, {.resources = {"/"}}, {fault});
    auto const began = play::Clock::now();
    Sought sought{.fault = fault};
    while (!sought.is_found() && sought.took < search.time) {
        auto const made = generator.next();
        setting.delivery = delivery_of(made.number);
        auto const result = play::play(made.judged.variant, setting, connect);
        sought.signature = signature_of(made.judged, result, gate);
        sought.sessions = made.number;
        sought.took =
            std::chrono::duration_cast<std::chrono::milliseconds>(play::Clock::now() - began);
    }
    return sought;
}

}  // namespace wsproof::fuzz
