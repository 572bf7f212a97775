// Turns a WebSocket server that lives in process, bytes in and bytes out, into a fuzz target that
// knows RFC 6455 and RFC 7692 (docs/fuzzing-kit.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsproof::kit {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<std::byte const>;

/// What a server does with what has arrived.
struct Answer {
    Bytes bytes = {};     ///< that it writes; may be empty
    bool closes = false;  ///< it closes the transport behind them
};

/// One connection of the implementation: takes bytes that arrived, or nothing for the end of the
/// transport. The bytes are the caller's and gone after the call. Nothing of it may wait: what
/// comes later comes with a later call. An exception that it throws is a finding.
using Server = std::function<Answer(std::optional<ByteView> arrived)>;

/// Makes the server's side of a new connection; each is destroyed before the next input.
using Factory = std::function<Server()>;

/// A factory of objects of a class with `Answer operator()(std::optional<ByteView>)`.
template <class Connection>
Factory factory_of() {
    return [] {
        auto connection = std::make_shared<Connection>();
        return [connection](std::optional<ByteView> arrived) { return (*connection)(arrived); };
    };
}

/// A departure that is known: what it is, and why it is none of the findings.
struct Difference {
    std::string signature = {};  ///< or how it begins: "6455/5.6/text-is-utf8"
    std::string input = {};      ///< what stands in the text of its case; empty: anything
    std::string reason = {};     ///< with the section of the RFC
};

struct Options {
    /// The opening handshake is the implementation's. False: the kit answers it, and the
    /// implementation gets what comes behind.
    bool has_opening = true;
    /// permessage-deflate is offered. Without an opening handshake of the implementation's the kit
    /// accepts it, without parameters.
    bool offers_deflate = false;
    bool echoes_text = true;    ///< sends every text message back
    bool echoes_binary = true;  ///< sends every binary message back
    bool answers_pings = true;
    /// What the RFC only asks for (SHOULD), and a status code that does not fit, are findings too.
    bool strict = false;
    std::vector<Difference> known = {};
};

/// What the model says to one input.
struct Judgement {
    bool is_session = false;     ///< false: the text is no case that a session can be made of
    std::string signature = {};  ///< what is wrong, the same for the same fault; empty: nothing
    std::string report = {};     ///< for people, of several lines; empty: nothing is wrong
    std::string finding = {};    ///< the text of a case file, for `wsproof replay FILE URL`
    explicit operator bool() const { return signature.empty(); }
};

/// An implementation under test. Inputs are texts of case files (docs/case-language.md): of each
/// the kit takes what it sends, and asks the model what has to follow. Not for several threads.
class Target {
public:
    /// Throws std::invalid_argument when there is no factory.
    Target(Options options, Factory factory);
    ~Target();
    Target(Target const&) = delete;
    Target& operator=(Target const&) = delete;

    /// Plays the input twice, in whole writes and byte by byte, in virtual time. A finding is a
    /// departure from the model in either, or a connection that ends differently in the two.
    Judgement judge(std::string_view input) const;

    /// The same; prints a finding to stderr and aborts. For LLVMFuzzerTestOneInput.
    void run(std::uint8_t const* data, std::size_t size) const;

    /// A changed input in place, at most `max_size` bytes of it; a new session when there was
    /// none. Gives its size. For LLVMFuzzerCustomMutator.
    std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t max_size,
                       unsigned seed) const;

    /// Writes a piece of the second input behind a piece of the first to `out`, at most `max_size`
    /// bytes; gives its size, 0 when there is nothing to cross. For LLVMFuzzerCustomCrossOver.
    std::size_t cross(std::string_view first, std::string_view second, std::uint8_t* out,
                      std::size_t max_size, unsigned seed) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Inputs to begin with: what the cases of wsproof send, each once, of at most `max_size` bytes.
std::vector<std::string> seeds(std::size_t max_size = 4096);

/// Words of the case language, as libFuzzer and AFL++ read them (-dict=FILE).
std::string_view dictionary();

}  // namespace wsproof::kit

/// The mutators of libFuzzer, for the target that the expression gives.
#define WSPROOF_KIT_MUTATORS(target)                                                             \
    extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,         \
                                                   std::size_t max_size, unsigned seed) {        \
        return (target).mutate(data, size, max_size, seed);                                      \
    }                                                                                            \
    extern "C" std::size_t LLVMFuzzerCustomCrossOver(                                            \
        std::uint8_t const* first, std::size_t first_size, std::uint8_t const* second,           \
        std::size_t second_size, std::uint8_t* out, std::size_t max_size, unsigned seed) {       \
        auto const text = [](std::uint8_t const* data, std::size_t size) {                       \
            return std::string_view(reinterpret_cast<char const*>(data), size);                  \
        };                                                                                       \
        return (target).cross(text(first, first_size), text(second, second_size), out, max_size, \
                              seed);                                                             \
    }

/// WSPROOF_FUZZ_SERVER(options, factory): all that libFuzzer asks a target for.
#define WSPROOF_FUZZ_SERVER(...)                                                        \
    static wsproof::kit::Target const& wsproof_kit_target() {                           \
        static wsproof::kit::Target const target(__VA_ARGS__);                          \
        return target;                                                                  \
    }                                                                                   \
    WSPROOF_KIT_MUTATORS(wsproof_kit_target())                                          \
    extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) { \
        wsproof_kit_target().run(data, size);                                           \
        return 0;                                                                       \
    }
