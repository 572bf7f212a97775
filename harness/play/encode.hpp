// Outputs of a case to bytes: frames, heads, payloads (docs/case-language.md).
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "harness/play/player.hpp"
#include "harness/play/random.hpp"
#include "harness/script/case.hpp"

namespace wsproof::play {

/// A case speaks of something that this target was not configured with.
class UnknownWord : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Fills in `${target.…}` from the setting, `${key}` and `${accept}` from the request under way;
/// throws UnknownWord.
class Filler {
public:
    Filler(Setting const& setting, std::string_view key, std::uint64_t seed)
        : setting_(setting), key_(key), seed_(seed) {}

    std::string operator()(std::string_view text) const;
    script::Payload operator()(script::Payload payload) const;
    /// What the setting says to `${target.WORD}`; empty where it says nothing.
    std::string known_word(std::string_view target_word) const;
    /// The target lets pages of this origin in, as far as the setting knows.
    bool is_allowed_origin(std::string_view origin) const;

private:
    std::string word(std::string_view name) const;
    Setting const& setting_;
    std::string_view key_;
    std::uint64_t seed_;  ///< of the case: its ticket is its own
};

/// What every encoding needs to know.
struct Encoding {
    Setting const& setting;
    wire::Role our_role = wire::Role::client;
    std::uint64_t seed = 0;  ///< of the case: the same payload means the same bytes
    std::string key = {};    ///< Sec-WebSocket-Key of the request under way

    Filler fill() const { return Filler{setting, key, seed}; }
    /// `nth`: of the messages of an `exchange`.
    wire::Bytes payload(script::Payload const& payload, std::size_t nth = 0) const;
};

/// A Sec-WebSocket-Key, fresh (RFC 6455 4.1).
std::string fresh_key(Random& random);

/// The same with a payload that is written out already.
wire::Bytes encode(script::FrameOutput const& output, wire::ByteView payload,
                   Encoding const& encoding, Random& random);

/// The message as the frames that `fragments` asks for, one after the other.
void encode_fragments(script::FrameOutput const& output, wire::ByteView payload,
                      Encoding const& encoding, Random& random,
                      std::function<void(wire::ByteView frame)> const& take);

/// The frame as it is described; masking keys come from `random`, whether they are used or not.
wire::Bytes encode(script::FrameOutput const& output, Encoding const& encoding, Random& random);

}  // namespace wsproof::play
