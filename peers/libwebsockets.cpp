// An echo server over libwebsockets, to test against: libwebsockets PORT. Whole messages come back,
// text as text, binary as binary; what a connection keeps between callbacks is our glue, the rest
// theirs.
#include <libwebsockets.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t largest_message = std::size_t{32} << 20U;
constexpr std::size_t receive_buffer = std::size_t{64} << 10U;

struct Message {
    std::vector<unsigned char> bytes = std::vector<unsigned char>(LWS_PRE);  // room for the header
    bool binary = false;

    std::size_t size() const { return bytes.size() - LWS_PRE; }
};

struct Connection {
    Message incoming = {};
    std::deque<Message> outgoing = {};
    /// The library compresses in pieces and reads from our bytes until it asks for more to write.
    Message being_written = {};
};

/// What the library keeps for us: plain memory, hence a pointer.
struct Slot {
    Connection* connection;
};

bool receive(lws* wsi, Connection& connection, void const* data, std::size_t size) {
    auto& message = connection.incoming;
    if (lws_is_first_fragment(wsi) != 0) message = Message{};
    message.binary = lws_frame_is_binary(wsi) != 0;
    if (message.size() + size > largest_message) {
        lws_close_reason(wsi, LWS_CLOSE_STATUS_MESSAGE_TOO_LARGE, nullptr, 0);
        return false;
    }
    auto const* const bytes = static_cast<unsigned char const*>(data);
    message.bytes.insert(message.bytes.end(), bytes, bytes + size);
    if (lws_is_final_fragment(wsi) == 0 || lws_remaining_packet_payload(wsi) != 0) return true;
    connection.outgoing.push_back(std::move(message));
    message = Message{};
    lws_rx_flow_control(wsi, 0);  // one message at a time, or a fast sender would fill the memory
    lws_callback_on_writable(wsi);
    return true;
}

bool write(lws* wsi, Connection& connection) {
    connection.being_written = Message{};
    if (connection.outgoing.empty()) {
        lws_rx_flow_control(wsi, 1);
        return true;
    }
    auto& message = connection.being_written = std::move(connection.outgoing.front());
    connection.outgoing.pop_front();
    auto const protocol = message.binary ? LWS_WRITE_BINARY : LWS_WRITE_TEXT;
    int const written = lws_write(wsi, message.bytes.data() + LWS_PRE, message.size(), protocol);
    if (written < static_cast<int>(message.size())) return false;
    lws_callback_on_writable(wsi);
    return true;
}

int on_event(lws* wsi, lws_callback_reasons reason, void* user, void* data, std::size_t size) {
    auto* const slot = static_cast<Slot*>(user);
    switch (reason) {
        case LWS_CALLBACK_ESTABLISHED:
            slot->connection = std::make_unique<Connection>().release();
            return 0;
        case LWS_CALLBACK_CLOSED:
            std::unique_ptr<Connection>{slot->connection}.reset();
            slot->connection = nullptr;
            return 0;
        case LWS_CALLBACK_RECEIVE:
            return receive(wsi, *slot->connection, data, size) ? 0 : -1;
        case LWS_CALLBACK_SERVER_WRITEABLE:
            return write(wsi, *slot->connection) ? 0 : -1;
        default:
            return 0;
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: libwebsockets PORT\n", stderr);
        return 2;
    }
    lws_set_log_level(LLL_ERR, nullptr);
    lws_protocols protocols[2] = {};
    protocols[0].name = "echo";
    protocols[0].callback = on_event;
    protocols[0].per_session_data_size = sizeof(Slot);
    protocols[0].rx_buffer_size = receive_buffer;
    lws_extension extensions[2] = {};
    extensions[0].name = "permessage-deflate";
    extensions[0].callback = lws_extension_callback_pm_deflate;
    extensions[0].client_offer = "permessage-deflate; client_no_context_takeover";
    lws_context_creation_info information = {};
    information.port = static_cast<int>(std::strtol(arguments[1], nullptr, 10));
    information.iface = "127.0.0.1";
    information.options = LWS_SERVER_OPTION_DISABLE_IPV6 |  // else it listens on every address
                          LWS_SERVER_OPTION_VALIDATE_UTF8;
    information.protocols = protocols;
    information.extensions = extensions;
    information.gid = static_cast<decltype(information.gid)>(-1);
    information.uid = static_cast<decltype(information.uid)>(-1);
    lws_context* const context = lws_create_context(&information);
    if (context == nullptr) {
        std::fputs("libwebsockets: cannot listen\n", stderr);
        return 1;
    }
    while (lws_service(context, 0) >= 0) {
    }
    lws_context_destroy(context);
}
