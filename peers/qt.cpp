// Echo server over Qt's QWebSocketServer: qt PORT
#include <QCoreApplication>
#include <QHostAddress>
#include <QWebSocket>
#include <QWebSocketServer>

static void echo(QWebSocket* socket) {
    QObject::connect(socket, &QWebSocket::textMessageReceived, socket,
                     [socket](QString const& message) { socket->sendTextMessage(message); });
    QObject::connect(socket, &QWebSocket::binaryMessageReceived, socket,
                     [socket](QByteArray const& message) { socket->sendBinaryMessage(message); });
    QObject::connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
}

int main(int count, char** words) {
    QCoreApplication application(count, words);
    QWebSocketServer server("echo", QWebSocketServer::NonSecureMode);
    QObject::connect(&server, &QWebSocketServer::newConnection, &server, [&server] {
        while (auto* socket = server.nextPendingConnection()) echo(socket);
    });
    if (count < 2 || !server.listen(QHostAddress::LocalHost, QString(words[1]).toUShort()))
        return 1;
    return application.exec();
}
