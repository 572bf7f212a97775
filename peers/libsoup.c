// Echo server over libsoup: libsoup PORT
#include <libsoup/soup.h>
#include <stdlib.h>

static void echo(SoupWebsocketConnection* connection, SoupWebsocketDataType type, GBytes* message,
                 gpointer data) {
    (void)data;
    if (soup_websocket_connection_get_state(connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_send_message(connection, type, message);
}

static void release(SoupWebsocketConnection* connection, gpointer data) {
    (void)data;
    g_object_unref(connection);
}

static void opened(SoupServer* server, SoupServerMessage* request, char const* path,
                   SoupWebsocketConnection* connection, gpointer data) {
    (void)server, (void)request, (void)path, (void)data;
    soup_websocket_connection_set_max_incoming_payload_size(connection, 64 << 20);
    g_object_ref(connection);
    g_signal_connect(connection, "message", G_CALLBACK(echo), NULL);
    g_signal_connect(connection, "closed", G_CALLBACK(release), NULL);
}

int main(int count, char** words) {
    if (count < 2) return 1;
    SoupServer* server = soup_server_new(NULL, NULL);
    GSocketAddress* address =
        g_inet_socket_address_new_from_string("127.0.0.1", (guint)atoi(words[1]));
    soup_server_add_websocket_handler(server, "/", NULL, NULL, opened, NULL, NULL);
    if (!soup_server_listen(server, address, 0, NULL)) return 1;
    g_main_loop_run(g_main_loop_new(NULL, FALSE));
}
