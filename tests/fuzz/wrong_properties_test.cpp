// A check that cannot fail is worth nothing: a property is broken on purpose, by a mutant of the
// reference, and the regressions of its target have to notice.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>

#include "fuzz/targets/endpoint_properties.hpp"
#include "fuzz/targets/standalone.hpp"

namespace wsproof::fuzz {
namespace {

namespace fs = std::filesystem;
using reference::Fault;

using Check = void (*)(wire::ByteView data, reference::Faults const& faults);

struct Mutant {
    std::string_view target;
    Check check;
    Fault fault;
};

constexpr std::array mutants{
    Mutant{"endpoint_delivery_invariance", check_delivery_invariance, Fault::needs_whole_frames},
    Mutant{"endpoint_delivery_invariance", check_delivery_invariance,
           Fault::handles_one_frame_per_read},
    Mutant{"endpoint_session", check_session, Fault::sends_data_after_close},
    Mutant{"endpoint_session", check_session, Fault::repeats_its_close},
    Mutant{"endpoint_session", check_session, Fault::fails_behind_a_close},
    Mutant{"endpoint_session", check_session, Fault::answers_pongs},
    Mutant{"endpoint_session", check_session, Fault::answers_pings_with_pings},
    Mutant{"endpoint_session", check_session, Fault::delivers_fragments_as_messages},
    Mutant{"endpoint_session", check_session, Fault::compresses_without_rsv1},
    Mutant{"endpoint_never_speaks_after_failing", check_silence_after_failing,
           Fault::answers_data_after_close},
    Mutant{"endpoint_never_speaks_after_failing", check_silence_after_failing,
           Fault::keeps_tcp_open_after_failing},
    Mutant{"opening_request", check_opening_request, Fault::accepts_missing_key},
    Mutant{"opening_request", check_opening_request, Fault::ignores_connection_field},
    Mutant{"opening_request", check_opening_request, Fault::accept_with_wrong_guid},
    Mutant{"opening_request", check_opening_request, Fault::echoes_upgrade_value},
    Mutant{"opening_request", check_opening_request, Fault::reflects_decoded_targets},
    Mutant{"opening_request", check_opening_request, Fault::ignores_origin},
    Mutant{"opening_request", check_opening_request, Fault::sends_content_to_head},
    Mutant{"opening_response", check_opening_response, Fault::ignores_accept_value},
    Mutant{"opening_response", check_opening_response, Fault::accepts_unoffered_subprotocol},
    Mutant{"extensions", check_extensions, Fault::answers_larger_window_bits},
    Mutant{"extensions", check_extensions, Fault::sends_client_window_bits_unasked},
    Mutant{"extensions", check_extensions, Fault::answers_parameters_twice},
};

std::string input_in(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool is_noticed(Mutant const& mutant) {
    for (auto const& file :
         inputs_below(fs::path(WSPROOF_SOURCE_DIR) / "fuzz" / "regressions" / mutant.target)) {
        auto const input = input_in(file);
        try {
            mutant.check(wire::as_bytes(input), {mutant.fault});
        } catch (Violation const&) {
            return true;
        }
    }
    return false;
}

TEST(WrongProperties, AreNoticed) {
    for (auto const& mutant : mutants)
        EXPECT_TRUE(is_noticed(mutant))
            << mutant.target << " under " << reference::name_of(mutant.fault);
}

}  // namespace
}  // namespace wsproof::fuzz
