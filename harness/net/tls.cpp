#include "harness/net/tls.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <string_view>

namespace wsproof::net {
namespace {

constexpr std::size_t decrypt_size = std::size_t{16} << 10U;

/// NSS key log lines of all sessions of a context, each written whole.
class KeyLog {
public:
    explicit KeyLog(std::string const& path)
        : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0) {
            throw std::runtime_error(
                fmt::format("cannot write key log {}: {}", path, std::strerror(errno)));
        }
    }
    ~KeyLog() { ::close(descriptor_); }
    KeyLog(KeyLog const&) = delete;
    KeyLog& operator=(KeyLog const&) = delete;

    void add(std::string line) {
        line += '\n';
        std::lock_guard const lock{mutex_};
        // A full disk must not end the run: the log is a help, not a result.
        [[maybe_unused]] auto const written = ::write(descriptor_, line.data(), line.size());
    }

private:
    std::mutex mutex_;
    int descriptor_;
};

void add_key_log_line(SSL const* session, char const* line) {
    auto* const log = static_cast<KeyLog*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(session)));
    log->add(line);
}

std::string reason_of(unsigned long error) {
    char const* const words = ERR_reason_error_string(error);
    return words != nullptr ? words : "unknown reason";
}

/// The oldest error of the queue is the cause, the later ones are its echoes.
std::string first_reason() {
    auto const error = ERR_peek_error();
    ERR_clear_error();
    if (ERR_SYSTEM_ERROR(error)) return std::strerror(ERR_GET_REASON(error));
    return error == 0 ? "unknown reason" : reason_of(error);
}

int version_number(std::string const& text, char const* option) {
    if (text.empty()) return 0;
    if (text == "1.2") return TLS1_2_VERSION;
    if (text == "1.3") return TLS1_3_VERSION;
    throw std::runtime_error(
        fmt::format("TLS version '{}' for {} is none of 1.2, 1.3", text, option));
}

bool is_address(std::string const& name) {
    std::array<unsigned char, sizeof(in6_addr)> buffer{};
    return ::inet_pton(AF_INET, name.c_str(), buffer.data()) == 1 ||
           ::inet_pton(AF_INET6, name.c_str(), buffer.data()) == 1;
}

void set_versions(SSL_CTX* context, TlsOptions const& options) {
    int const minimum = version_number(options.minimum, "the minimum");
    int const maximum = version_number(options.maximum, "the maximum");
    if (minimum != 0 && maximum != 0 && minimum > maximum) {
        throw std::runtime_error("the minimum TLS version is above the maximum");
    }
    SSL_CTX_set_min_proto_version(context, minimum != 0 ? minimum : TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(context, maximum);
}

void set_trust(SSL_CTX* context, TlsOptions const& options) {
    SSL_CTX_set_verify(context, options.insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
    if (options.ca_file.empty()) {
        SSL_CTX_set_default_verify_paths(context);
        return;
    }
    if (SSL_CTX_load_verify_file(context, options.ca_file.c_str()) != 1) {
        throw std::runtime_error(fmt::format("cannot read CA certificates from {}: {}",
                                             options.ca_file, first_reason()));
    }
}

void set_client_certificate(SSL_CTX* context, TlsOptions const& options) {
    auto const& certificate = options.certificate_file;
    if (certificate.empty()) {
        if (options.key_file.empty()) return;
        throw std::runtime_error("a client key without a client certificate: give --cert too");
    }
    // As with curl, the key may stand in the file of the certificate.
    auto const& key = options.key_file.empty() ? certificate : options.key_file;
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
        throw std::runtime_error(fmt::format("cannot read the client certificate from {}: {}",
                                             certificate, first_reason()));
    }
    if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
        throw std::runtime_error(
            fmt::format("cannot use the client key from {}: {}", key, first_reason()));
    }
}

}  // namespace

void TlsSession::Free::operator()(SSL* session) const {
    SSL_free(session);
}

TlsSession::TlsSession(SSL* session) : session_(session) {
    BIO* const input = BIO_new(BIO_s_mem());
    BIO* const output = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(input, -1);  // an empty buffer is "not yet", never the end
    SSL_set_bio(session, input, output);
    SSL_set_connect_state(session);
}

TlsSession::Progress TlsSession::handshake() {
    ERR_clear_error();
    int const result = SSL_do_handshake(session_.get());
    if (result == 1) return Progress::done;
    if (SSL_get_error(session_.get(), result) == SSL_ERROR_WANT_READ) return Progress::wants_input;
    error_ = ERR_peek_error();
    ERR_clear_error();
    return Progress::failed;
}

void TlsSession::feed(wire::ByteView ciphertext) {
    if (ciphertext.empty()) return;
    std::size_t taken = 0;
    BIO_write_ex(SSL_get_rbio(session_.get()), ciphertext.data(), ciphertext.size(), &taken);
}

TlsSession::Stream TlsSession::decrypt(wire::Bytes& to) {
    while (true) {
        auto const before = to.size();
        to.resize(before + decrypt_size);
        std::size_t count = 0;
        ERR_clear_error();
        int const result = SSL_read_ex(session_.get(), to.data() + before, decrypt_size, &count);
        to.resize(before + (result == 1 ? count : 0));
        if (result == 1) continue;
        int const error = SSL_get_error(session_.get(), result);
        ERR_clear_error();
        if (error == SSL_ERROR_WANT_READ) return Stream::open;
        return error == SSL_ERROR_ZERO_RETURN ? Stream::closed : Stream::broken;
    }
}

void TlsSession::encrypt(wire::ByteView plaintext) {
    if (plaintext.empty()) return;
    std::size_t taken = 0;
    ERR_clear_error();
    SSL_write_ex(session_.get(), plaintext.data(), plaintext.size(), &taken);
    ERR_clear_error();
}

void TlsSession::close_notify() {
    ERR_clear_error();
    SSL_shutdown(session_.get());
    ERR_clear_error();
}

wire::Bytes TlsSession::take_output() {
    BIO* const output = SSL_get_wbio(session_.get());
    wire::Bytes bytes(BIO_ctrl_pending(output));
    std::size_t count = 0;
    if (!bytes.empty()) BIO_read_ex(output, bytes.data(), bytes.size(), &count);
    bytes.resize(count);
    return bytes;
}

std::string TlsSession::version() const {
    return SSL_get_version(session_.get());
}

std::string TlsSession::failure(std::string const& peer) const {
    auto const verification = SSL_get_verify_result(session_.get());
    if (ERR_GET_REASON(error_) == SSL_R_CERTIFICATE_VERIFY_FAILED && verification != X509_V_OK) {
        return fmt::format(
            "the certificate of {} is not trusted: {}: give --cacert FILE, or --insecure to do "
            "without the check",
            peer, X509_verify_cert_error_string(verification));
    }
    if (ERR_GET_REASON(error_) == SSL_R_WRONG_VERSION_NUMBER) {
        return fmt::format("{} does not answer in TLS: is it a ws:// server?", peer);
    }
    return fmt::format(
        "TLS handshake with {} failed: {}: check its TLS versions and ciphers, and "
        "whether it wants a client certificate (--cert, --key)",
        peer, error_ == 0 ? "unknown reason" : reason_of(error_));
}

struct TlsContext::State {
    struct Free {
        void operator()(SSL_CTX* one) const { SSL_CTX_free(one); }
    };
    std::unique_ptr<KeyLog> key_log = {};  // outlives the context whose callback uses it
    std::unique_ptr<SSL_CTX, Free> context = {};
    std::string server_name = {};
};

TlsContext::TlsContext(TlsOptions const& options, std::string const& host)
    : state_(std::make_unique<State>()) {
    state_->context.reset(SSL_CTX_new(TLS_client_method()));
    state_->server_name = options.server_name.empty() ? host : options.server_name;
    SSL_CTX* const context = state_->context.get();
    if (context == nullptr) throw std::runtime_error("cannot set up TLS: " + first_reason());
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
    set_versions(context, options);
    set_trust(context, options);
    set_client_certificate(context, options);
    if (options.keylog_file.empty()) return;
    state_->key_log = std::make_unique<KeyLog>(options.keylog_file);
    SSL_CTX_set_app_data(context, state_->key_log.get());
    SSL_CTX_set_keylog_callback(context, add_key_log_line);
}

TlsContext::~TlsContext() = default;

TlsSession TlsContext::session() const {
    SSL* const session = SSL_new(state_->context.get());
    if (session == nullptr) throw std::runtime_error("cannot set up TLS: " + first_reason());
    auto name = state_->server_name;
    X509_VERIFY_PARAM* const checks = SSL_get0_param(session);
    if (is_address(name)) {  // RFC 6066 3: an address is no server name
        X509_VERIFY_PARAM_set1_ip_asc(checks, name.c_str());
    } else {
        SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
        X509_VERIFY_PARAM_set1_host(checks, name.c_str(), name.size());
    }
    return TlsSession{session};
}

}  // namespace wsproof::net
