// A small catalogue and targets that misbehave on purpose, for the tests of the run floor.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/play/endpoint_peer.hpp"
#include "harness/play/player.hpp"
#include "harness/run/run.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::run::test {

script::SourceFile file(std::string path, std::string text);

/// Rules and faults for the cases of a test; `cases` are added.
script::Catalogue catalogue_of(std::vector<script::SourceFile> const& cases);

/// Seven variants of five cases: `opening/plain`, a violation with its twin, an echo, a close, a
/// case for clients.
script::Catalogue small_catalogue();

std::vector<script::Variant const*> all_for_servers(script::Catalogue const& catalogue);

/// What calibration would find out about the honest reference.
Profile honest_profile();

/// The reference in process, which ends for good once somebody has sent it a frame with this text.
class Mortal {
public:
    explicit Mortal(std::string poison, bool silently = false);
    play::Connect connect();
    bool is_dead() const { return *dead_; }
    void revive() { *dead_ = false; }
    std::size_t connections() const { return *connections_; }

private:
    std::string poison_;
    bool silently_;  ///< dead means deaf: connections are accepted and nothing is answered
    std::shared_ptr<std::atomic<bool>> dead_ = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<std::atomic<std::size_t>> connections_ =
        std::make_shared<std::atomic<std::size_t>>(0);
};

/// Accepts every connection and answers nothing, in virtual time.
play::Connect deaf_target();

/// Answers every connection with these bytes, then ends it.
play::Connect answering(std::string bytes);

play::Result const& result_of(Outcome const& outcome, std::string const& id);

}  // namespace wsproof::run::test
