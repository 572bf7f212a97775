#include "reference_impl/protocol/garbling.hpp"

#include <algorithm>

namespace wsproof::reference {

bool garble(Message& message, wire::Bytes& earlier_data, Faults const& faults) {
    auto& data = message.data;
    bool const is_text = message.kind == MessageKind::text;
    if (faults.has(Fault::drops_empty_messages) && data.empty()) return false;
    if (faults.has(Fault::drops_binary_messages) && !is_text) return false;
    if (faults.has(Fault::swaps_text_and_binary))
        message.kind = is_text ? MessageKind::binary : MessageKind::text;
    if (faults.has(Fault::takes_binary_for_text)) message.kind = MessageKind::text;
    if (faults.has(Fault::truncates_at_125) && data.size() > 125) data.resize(125);
    if (faults.has(Fault::truncates_at_65535) && data.size() > 65535) data.resize(65535);
    if (faults.has(Fault::cuts_text_at_nul) && is_text)
        data.erase(std::find(data.begin(), data.end(), std::byte{0}), data.end());
    constexpr std::byte mark[]{std::byte{0xEF}, std::byte{0xBB}, std::byte{0xBF}};
    if (faults.has(Fault::strips_byte_order_mark) && is_text && data.size() >= 3 &&
        std::equal(std::begin(mark), std::end(mark), data.begin()))
        data.erase(data.begin(), data.begin() + 3);
    if (faults.has(Fault::joins_messages)) {
        data.insert(data.begin(), earlier_data.begin(), earlier_data.end());
        earlier_data = data;
    }
    return true;
}

wire::Bytes garbled_pong(wire::ByteView payload, Faults const& faults) {
    wire::Bytes answer{payload.begin(), payload.end()};
    if (faults.has(Fault::pong_without_payload)) return {};
    if (faults.has(Fault::pongs_with_wrong_payload)) answer.push_back(std::byte{'!'});
    if (faults.has(Fault::pongs_with_wrong_payload) && answer.size() > 125) answer.resize(124);
    if (faults.has(Fault::cuts_pongs_at_nul))
        answer.erase(std::find(answer.begin(), answer.end(), std::byte{0}), answer.end());
    if (faults.has(Fault::cuts_last_byte_of_long_pongs) && answer.size() == 125) answer.pop_back();
    return answer;
}

}  // namespace wsproof::reference
