// Makes sessions, one after another: legal ones, legal ones with a mutation or a few, and cases of
// the catalogue with legal traffic before them (docs/fuzzing.md). The same seed makes the same
// sessions, whatever the target does.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

#include "fuzz/dice.hpp"
#include "fuzz/model.hpp"
#include "fuzz/session.hpp"

namespace wsproof::fuzz {

/// What the sessions are about.
struct Phases {
    bool handshake = true;
    bool frames = true;
    bool close = true;
    bool deflate = true;
};

/// A legal session of one to five writes.
Session legal_session(Dice& dice, Phases const& phases);
/// A legal thing to say: a message in one or several frames, a Ping, a Pong nobody asked for.
std::vector<Write> legal_writes(Dice& dice, bool deflate);

struct Numbered {
    std::uint64_t number = 0;  ///< from 1
    Session session = {};
    Judged judged = {};
};

class Generator {
public:
    /// `bases`: cases that may be played against this target. All of it has to outlive the
    /// generator. `words`: what some messages have in them.
    Generator(Model const& model, std::vector<script::Variant const*> bases, Phases phases,
              std::uint64_t seed, std::vector<wire::Bytes> words = {});

    Numbered next();

    /// Pairs of a state and an input that the reference has been through.
    std::size_t coverage() const { return seen_.size(); }
    std::uint64_t numbers() const { return number_; }
    /// Sessions worth building on: they came first to something new.
    std::vector<Session> const& corpus() const { return corpus_; }
    /// One that was found worth it by others: an earlier run, the edges of the target.
    void add_to_corpus(Session session);

private:
    Session make(Dice& dice);
    Session from_base(Dice& dice);
    Session from_model(Dice& dice);

    Model const& model_;
    std::vector<script::Variant const*> bases_;
    Phases phases_;
    std::uint64_t seed_;
    std::vector<wire::Bytes> words_;
    std::uint64_t number_ = 0;
    std::size_t next_base_ = 0;
    std::set<std::uint64_t> seen_ = {};
    std::vector<Session> corpus_ = {};
};

}  // namespace wsproof::fuzz
