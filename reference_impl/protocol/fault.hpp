// Faults that can be planted in the reference, so that every case can be shown to fail
// (docs/architecture.md).
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace wsproof::reference {

/// A fault is named after the duty that its bearer lacks. The list is fault_list.inc: one line
/// each, `WSPROOF_FAULT(accepts_unmasked)`; the public name has dashes ("accepts-unmasked").
enum class Fault : std::uint16_t {
#define WSPROOF_FAULT(name) name,
#include "reference_impl/protocol/fault_list.inc"
#undef WSPROOF_FAULT
};

inline constexpr std::size_t fault_count = 0
#define WSPROOF_FAULT(name) +1
#include "reference_impl/protocol/fault_list.inc"
#undef WSPROOF_FAULT
    ;

/// A set of faults; empty in an honest endpoint.
class Faults {
public:
    Faults() = default;
    Faults(std::initializer_list<Fault> faults) {
        for (auto const fault : faults) add(fault);
    }
    void add(Fault fault) { set_.set(static_cast<std::size_t>(fault)); }
    bool has(Fault fault) const { return set_.test(static_cast<std::size_t>(fault)); }
    bool any() const { return set_.any(); }

private:
    std::bitset<fault_count> set_;
};

/// The same with those faults that one of them entails: whoever echoes any close code has accepted
/// it.
Faults with_implied(Faults faults);

/// "accepts-unmasked" for Fault::accepts_unmasked.
std::string_view name_of(Fault fault) noexcept;
std::optional<Fault> fault_named(std::string_view name) noexcept;
std::span<std::string_view const> fault_names() noexcept;  ///< in the order of the enumeration

}  // namespace wsproof::reference
