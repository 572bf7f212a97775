// Bytes cut where the fields of a frame are (RFC 6455 5.2), each with what it means.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/play/transcript.hpp"

namespace wsproof::report {

/// A field of a frame as it stands on the wire.
struct ByteField {
    enum class Kind : std::uint8_t {
        bytes,
        first,
        length,
        masking_key,
        payload_data
    } kind = Kind::bytes;
    std::string hex = {};       ///< "37 fa 21 3d"
    std::string means = {};     ///< "masking key", "status code 1005, 'bye'"
    std::string unmasked = {};  ///< payload data that was masked: its bytes without the mask
};

/// The fields of a frame entry; of anything else one field with all bytes, or none. At most
/// `longest` bytes of the payload data are spelled out, and what is left out is said.
std::vector<ByteField> byte_fields(play::Entry const& entry, std::size_t longest = 24);

/// "00 0c ff": pairs of digits.
std::string spaced_hex(wire::ByteView bytes);

}  // namespace wsproof::report
