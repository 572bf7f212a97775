#include "harness/play/ending.hpp"

#include <array>

namespace wsproof::play {
namespace {

constexpr std::array normal_closure{std::byte{0x03}, std::byte{0xE8}};

}  // namespace

void close_politely(Connection& connection, Stage const& stage, bool wait) {
    if (connection.end() || !connection.open()) return;
    connection.answer_close();
    if (connection.may_speak()) connection.send_own(wire::Opcode::close, normal_closure);
    connection.flush();
    // Within a frame that was never finished no Close can be sent, and none will come.
    auto const closing = connection.outgoing().close_sent() || connection.close_received();
    if (!wait || !closing) return;
    auto const deadline = connection.deadline_in(stage.setting.close_time);
    while (!connection.end() && connection.next(deadline)) connection.answer_close();
}

Ending ending_of(Connection const& connection, bool wrong_code) {
    if (connection.refused()) return Ending::refused;
    if (wrong_code) return Ending::wrong_code;
    auto const closed = connection.close_received().has_value();
    auto const* end = connection.end() ? connection.end()->as<End>() : nullptr;
    if (end == nullptr) return closed ? Ending::timeout : Ending::none;
    if (!closed) return end->reset ? Ending::reset : Ending::drop;
    auto const orderly = !end->reset && connection.outgoing().close_sent();
    return orderly ? Ending::clean : Ending::close_then_drop;
}

CloseRecord close_record(Connection const& connection) {
    CloseRecord record{.sent = connection.outgoing().close_code()};
    if (auto const& close = connection.close_received()) record.received = close->code;
    if (!connection.end()) return record;
    auto const* end = connection.end()->as<End>();
    if (end != nullptr) record.tcp = end->reset ? CloseRecord::Tcp::rst : CloseRecord::Tcp::fin;
    return record;
}

}  // namespace wsproof::play
