// What endpoint_session does, by wslay's event API: a floor for the bench to compare with. It
// checks nothing but wslay's own checks, and wslay is not instrumented.
#include <wslay/wslay.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace {

struct Stream {
    std::uint8_t const* at = nullptr;
    std::size_t left = 0;
};

ssize_t take(wslay_event_context* context, std::uint8_t* to, std::size_t size, int /*flags*/,
             void* user) {
    auto& stream = *static_cast<Stream*>(user);
    auto const taken = std::min(size, stream.left);
    if (taken == 0) {
        wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
        return -1;
    }
    std::memcpy(to, stream.at, taken);
    stream.at += taken;
    stream.left -= taken;
    return static_cast<ssize_t>(taken);
}

ssize_t drop(wslay_event_context* /*context*/, std::uint8_t const* /*data*/, std::size_t size,
             int /*flags*/, void* /*user*/) {
    return static_cast<ssize_t>(size);
}

void echo(wslay_event_context* context, wslay_event_on_msg_recv_arg const* message,
          void* /*user*/) {
    if (wslay_is_ctrl_frame(message->opcode)) return;
    wslay_event_msg const answer{message->opcode, message->msg, message->msg_length};
    wslay_event_queue_msg(context, &answer);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) return 0;
    Stream stream{data + 2, size - 2};
    wslay_event_callbacks const callbacks{take, drop, nullptr, nullptr, nullptr, nullptr, echo};
    wslay_event_context* context = nullptr;
    if (wslay_event_context_server_init(&context, &callbacks, &stream) != 0) return 0;
    wslay_event_config_set_max_recv_msg_length(context, 4096);
    wslay_event_recv(context);
    wslay_event_send(context);
    wslay_event_context_free(context);
    return 0;
}
