// wslay 1.1 as a server: a library of frames alone, by its event API. The kit answers the opening
// handshake.
#include <wslay/wslay.h>

#include <algorithm>
#include <cstring>
#include <wsproof/kit.hpp>

namespace {

namespace kit = wsproof::kit;

/// A connection that echoes every message.
class Connection {
public:
    Connection() {
        wslay_event_callbacks const callbacks{read,    write,   nullptr, nullptr,
                                              nullptr, nullptr, echo};
        wslay_event_context_server_init(&context_, &callbacks, this);
    }
    ~Connection() { wslay_event_context_free(context_); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    kit::Answer operator()(std::optional<kit::ByteView> arrived) {
        if (!arrived) return {{}, true};
        input_ = *arrived;
        output_.clear();
        bool const good = wslay_event_recv(context_) == 0 && wslay_event_send(context_) == 0;
        bool const goes_on =
            wslay_event_want_read(context_) != 0 || wslay_event_want_write(context_) != 0;
        return {output_, !good || !goes_on};
    }

private:
    static ssize_t read(wslay_event_context* context, std::uint8_t* to, std::size_t size,
                        int /*flags*/, void* user) {
        auto& input = static_cast<Connection*>(user)->input_;
        auto const taken = std::min(size, input.size());
        if (taken == 0) {
            wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
            return -1;
        }
        std::memcpy(to, input.data(), taken);
        input = input.subspan(taken);
        return static_cast<ssize_t>(taken);
    }

    static ssize_t write(wslay_event_context* /*context*/, std::uint8_t const* data,
                         std::size_t size, int /*flags*/, void* user) {
        auto const bytes = std::as_bytes(std::span(data, size));
        auto& output = static_cast<Connection*>(user)->output_;
        output.insert(output.end(), bytes.begin(), bytes.end());
        return static_cast<ssize_t>(size);
    }

    static void echo(wslay_event_context* context, wslay_event_on_msg_recv_arg const* message,
                     void* /*user*/) {
        if (wslay_is_ctrl_frame(message->opcode)) return;
        wslay_event_msg const answer{message->opcode, message->msg, message->msg_length};
        wslay_event_queue_msg(context, &answer);
    }

    wslay_event_context* context_ = nullptr;
    kit::ByteView input_ = {};
    kit::Bytes output_ = {};
};

}  // namespace

WSPROOF_FUZZ_SERVER({.has_opening = false}, kit::factory_of<Connection>())
