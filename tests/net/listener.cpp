#include "tests/net/listener.hpp"

#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <stdexcept>

namespace wsproof::net::testing {
namespace {

int listen_on_loopback(int family, std::uint16_t& port) {
    int const descriptor = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_storage storage{};
    auto* const name = reinterpret_cast<sockaddr*>(&storage);
    socklen_t size = sizeof(sockaddr_in);
    if (family == AF_INET6) {
        auto* const address = reinterpret_cast<sockaddr_in6*>(&storage);
        address->sin6_family = AF_INET6;
        address->sin6_addr = in6addr_loopback;
        size = sizeof(sockaddr_in6);
    } else {
        auto* const address = reinterpret_cast<sockaddr_in*>(&storage);
        address->sin_family = AF_INET;
        address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
    if (::bind(descriptor, name, size) != 0 || ::listen(descriptor, 128) != 0 ||
        ::getsockname(descriptor, name, &size) != 0) {
        throw std::runtime_error("cannot listen");
    }
    port = ntohs(reinterpret_cast<sockaddr_in*>(&storage)->sin_port);  // same place in both
    return descriptor;
}

int listen_on_path(std::string const& path) {
    int const descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(descriptor, 128) != 0) {
        throw std::runtime_error("cannot listen");
    }
    return descriptor;
}

void add_extension(X509* certificate, int kind, std::string const& value) {
    X509V3_CTX context;
    std::memset(&context, 0, sizeof context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

/// Handshakes run on threads of their own.
struct ServerTls::ServerName {
    std::mutex mutex = {};
    std::string text = {};

    static int note(SSL* session, int*, void* to) {
        char const* const name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
        auto& last = *static_cast<ServerName*>(to);
        std::lock_guard const lock{last.mutex};
        last.text = name == nullptr ? "" : name;
        return SSL_TLSEXT_ERR_OK;
    }
};

Listener::Listener(Handler handler, Kind kind) : handler_(std::move(handler)) {
    if (kind == Kind::unix_socket) {
        path_ = make_folder() + "/socket";
        descriptor_ = listen_on_path(path_);
    } else {
        descriptor_ = listen_on_loopback(kind == Kind::ipv6 ? AF_INET6 : AF_INET, port_);
    }
    acceptor_ = std::thread{[this] { serve(); }};
}

Listener::~Listener() {
    ::shutdown(descriptor_, SHUT_RDWR);  // wakes accept
    acceptor_.join();
    ::close(descriptor_);
    for (auto& connection : connections_) connection.join();
    if (!path_.empty()) remove_folder(path_.substr(0, path_.rfind('/')));
}

void Listener::serve() {
    while (true) {
        int const descriptor = ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0) return;
        ++accepted_;
        connections_.emplace_back([this, descriptor] {
            handler_(descriptor);
            ::close(descriptor);
        });
    }
}

Certificate::Certificate(std::string const& subject_alternative_name) : folder_(make_folder()) {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    X509* const certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* const name = X509_get_subject_name(certificate);
    std::array<unsigned char, 5> const common_name{'t', 'e', 's', 't', '\0'};
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name.data(), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate, NID_subject_alt_name, subject_alternative_name);
    X509_sign(certificate, key, EVP_sha256());
    std::FILE* file = std::fopen(certificate_file().c_str(), "w");
    PEM_write_X509(file, certificate);
    std::fclose(file);
    file = std::fopen(key_file().c_str(), "w");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

Certificate::~Certificate() {
    remove_folder(folder_);
}

ServerTls::ServerTls(Certificate const& certificate, int version)
    : context_(SSL_CTX_new(TLS_server_method())), server_name_(std::make_shared<ServerName>()) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL on a socket would raise it in this small server
    SSL_CTX_set_min_proto_version(context_, version);
    SSL_CTX_set_max_proto_version(context_, version);
    SSL_CTX_use_certificate_chain_file(context_, certificate.certificate_file().c_str());
    SSL_CTX_use_PrivateKey_file(context_, certificate.key_file().c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_callback_ctrl(context_, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB,
                          reinterpret_cast<void (*)()>(ServerName::note));
    SSL_CTX_ctrl(context_, SSL_CTRL_SET_TLSEXT_SERVERNAME_ARG, 0, server_name_.get());
}

ServerTls::ServerTls(Certificate const& certificate, int version, Certificate const& trusted_client)
    : ServerTls(certificate, version) {
    SSL_CTX_load_verify_file(context_, trusted_client.certificate_file().c_str());
    SSL_CTX_set_verify(context_, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

ServerTls::~ServerTls() {
    SSL_CTX_free(context_);
}

std::shared_ptr<SSL> ServerTls::accept(int descriptor) const {
    std::shared_ptr<SSL> session{SSL_new(context_), SSL_free};
    SSL_set_fd(session.get(), descriptor);
    if (SSL_accept(session.get()) != 1) return nullptr;
    return session;
}

std::string ServerTls::server_name() const {
    std::lock_guard const lock{server_name_->mutex};
    return server_name_->text;
}

std::string make_folder() {
    auto name = (std::filesystem::temp_directory_path() / "wsproof-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    return name;
}

void remove_folder(std::string const& folder) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

void leave_socket_file(std::string const& path) {
    ::close(listen_on_path(path));
}

std::string read_some(int descriptor) {
    std::array<char, 65536> buffer{};
    auto const count = ::recv(descriptor, buffer.data(), buffer.size(), 0);
    return count <= 0 ? "" : std::string{buffer.data(), static_cast<std::size_t>(count)};
}

void write_all(int descriptor, std::string const& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        auto const count = ::send(descriptor, text.data() + done, text.size() - done, MSG_NOSIGNAL);
        if (count <= 0) return;
        done += static_cast<std::size_t>(count);
    }
}

void close_with_reset(int descriptor) {
    linger const at_once{1, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void drain(int descriptor) {
    while (!read_some(descriptor).empty()) {
    }
}

}  // namespace wsproof::net::testing
