// The proof that every case can pass and can fail, against the reference in process
// (docs/architecture.md): for the proof tests and for `wsproof self-test`.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "harness/play/player.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::play {

enum class Proof : std::uint8_t {
    honest,     ///< every variant passes against the honest reference, in every delivery
    mutants,    ///< every variant fails under one of its faults, every fault makes one fail
    twins,      ///< the twin of a variant passes on the mutants that make the variant fail
    replay,     ///< every transcript gives its verdict and its reason again
    catalogue,  ///< faults of the reference and of faults.jsonc are the same, and all are caught
};

struct SelfTestOptions {
    std::vector<Proof> proofs = {Proof::honest, Proof::mutants, Proof::twins, Proof::replay,
                                 Proof::catalogue};
    std::function<bool(script::Variant const&)> chosen = {};  ///< empty: all
    unsigned threads = 2;
    std::size_t transcript_lines = 40;  ///< of each lapse, in words
    std::function<bool()> should_stop = {};
};

/// Something that is not as it has to be.
struct Lapse {
    Proof proof = Proof::honest;
    std::string variant = {};   ///< or the id of a fault
    std::string role = {};      ///< of the reference: "server", "client"
    std::string delivery = {};  ///< "whole", "bytewise", "coalesced"
    std::string fault = {};     ///< empty: the honest reference
    std::string words = {};
    std::vector<std::string> transcript = {};
};

struct SelfTest {
    std::size_t variants = 0;      ///< chosen
    std::size_t honest_plays = 0;  ///< variants × roles × deliveries
    std::size_t honest_passed = 0;
    std::size_t mutant_plays = 0;      ///< variants × roles × faults
    std::size_t variants_failing = 0;  ///< that fail under at least one of their faults
    std::size_t faults = 0;            ///< of the chosen cases
    std::size_t faults_caught = 0;
    std::size_t replays = 0;
    /// A user's own variants that name no fault of the reference: nothing shows that they can pass
    /// or fail.
    std::vector<std::string> unproven = {};
    std::vector<Lapse> lapses = {};
    bool interrupted = false;
};

SelfTest self_test(script::Catalogue const& catalogue, SelfTestOptions const& options = {});

/// A lapse as lines for people.
std::string in_words(Lapse const& lapse);
std::string_view name_of(Proof proof) noexcept;
std::string_view name_of(Delivery delivery) noexcept;

}  // namespace wsproof::play
