// The kit on our own server: cases as inputs, the model as the judge, which is the same code by
// another way (docs/fuzzing-kit.md). What it can find is in the model, the player and the kit, and
// wherever the endpoint depends on how bytes are cut.
#include <utility>

#include "fuzz/kit/include/wsproof/kit.hpp"
#include "fuzz/target.hpp"
#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::fuzz {
namespace {

/// An honest server that echoes.
class Connection {
public:
    kit::Answer operator()(std::optional<kit::ByteView> arrived) {
        if (arrived)
            endpoint_.receive(*arrived);
        else
            endpoint_.receive_end();
        for (auto const& event : endpoint_.take_events())
            if (auto const* const received = std::get_if<reference::event::Received>(&event))
                endpoint_.send(received->message);
        auto output = endpoint_.take_output();
        return {std::move(output), endpoint_.transport_should_close()};
    }

private:
    reference::Endpoint endpoint_{wire::Role::server};
};

}  // namespace

kit::Target const& session_target() {
    static kit::Target const target({.offers_deflate = true, .strict = true},
                                    kit::factory_of<Connection>());
    return target;
}

WSPROOF_FUZZ_TARGET(session) {
    auto const judgement = session_target().judge(wire::as_text(data));
    require(judgement.signature.empty(), "what the model asks for",
            [&] { return judgement.report; });
}

}  // namespace wsproof::fuzz

#ifdef WSPROOF_FUZZ_ENGINE
WSPROOF_KIT_MUTATORS(wsproof::fuzz::session_target())
#endif
