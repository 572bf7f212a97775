#include "reference_impl/server/tls.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>

namespace wsproof::server {
namespace {

constexpr std::size_t record_size = std::size_t{16} << 10U;
constexpr long valid_seconds = 365L * 24 * 60 * 60;

std::string first_reason() {
    auto const error = ERR_peek_error();
    ERR_clear_error();
    if (ERR_SYSTEM_ERROR(error)) return std::strerror(ERR_GET_REASON(error));
    char const* const words = ERR_reason_error_string(error);
    return words == nullptr ? "unknown reason" : words;
}

void check(bool good, std::string const& what) {
    if (!good) throw std::runtime_error(fmt::format("cannot {}: {}", what, first_reason()));
}

void add_extension(X509* certificate, int kind, char const* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> const extension{
        X509V3_EXT_conf_nid(nullptr, &context, kind, value), &X509_EXTENSION_free};
    check(extension && X509_add_ext(certificate, extension.get(), -1) == 1,
          "make a self-signed certificate");
}

void set_subject(X509* certificate) {
    std::string common_name = "localhost";
    auto* const name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<unsigned char const*>(common_name.data()),
                               static_cast<int>(common_name.size()), -1, 0);
    X509_set_issuer_name(certificate, name);
}

void use_self_signed_certificate(SSL_CTX* context) {
    char const* const what = "make a self-signed certificate";
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key{EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free};
    std::unique_ptr<X509, decltype(&X509_free)> const certificate{X509_new(), &X509_free};
    check(key && certificate, what);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_seconds);
    X509_set_pubkey(certificate.get(), key.get());
    set_subject(certificate.get());
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), NID_subject_alt_name,
                  "DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1");
    check(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0, what);
    check(SSL_CTX_use_certificate(context, certificate.get()) == 1 &&
              SSL_CTX_use_PrivateKey(context, key.get()) == 1,
          what);
}

void use_files(SSL_CTX* context, TlsFiles const& files) {
    if (files.certificate_file.empty() || files.key_file.empty()) {
        throw std::runtime_error("TLS needs a certificate file and a key file, or neither");
    }
    check(SSL_CTX_use_certificate_chain_file(context, files.certificate_file.c_str()) == 1,
          "read the certificate from " + files.certificate_file);
    check(SSL_CTX_use_PrivateKey_file(context, files.key_file.c_str(), SSL_FILETYPE_PEM) == 1,
          "use the key from " + files.key_file);
}

}  // namespace

void TlsFilter::Free::operator()(SSL* session) const {
    SSL_free(session);
}

TlsFilter::TlsFilter(SSL* session) : session_(session) {
    BIO* const input = BIO_new(BIO_s_mem());
    BIO* const output = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(input, -1);  // an empty buffer is "not yet", never the end
    SSL_set_bio(session, input, output);
    SSL_set_accept_state(session);
}

TlsFilter::Stream TlsFilter::decrypt(wire::ByteView ciphertext, wire::Bytes& plaintext) {
    std::size_t taken = 0;
    BIO_write_ex(SSL_get_rbio(session_.get()), ciphertext.data(), ciphertext.size(), &taken);
    auto stream = Stream::open;
    std::size_t before = 0;
    do {
        before = plaintext.size();
        stream = read(plaintext);
    } while (stream == Stream::open && plaintext.size() > before);
    return stream;
}

TlsFilter::Stream TlsFilter::read(wire::Bytes& plaintext) {
    auto const before = plaintext.size();
    plaintext.resize(before + record_size);
    std::size_t count = 0;
    ERR_clear_error();
    int const result = SSL_read_ex(session_.get(), plaintext.data() + before, record_size, &count);
    plaintext.resize(before + (result == 1 ? count : 0));
    auto const error = SSL_get_error(session_.get(), result);
    ERR_clear_error();
    if (result == 1 || error == SSL_ERROR_WANT_READ) return Stream::open;
    return error == SSL_ERROR_ZERO_RETURN ? Stream::closed : Stream::broken;
}

void TlsFilter::encrypt(wire::ByteView plaintext) {
    if (plaintext.empty()) return;
    std::size_t taken = 0;
    ERR_clear_error();
    SSL_write_ex(session_.get(), plaintext.data(), plaintext.size(), &taken);
    ERR_clear_error();
}

void TlsFilter::close_notify() {
    ERR_clear_error();
    SSL_shutdown(session_.get());
    ERR_clear_error();
}

wire::Bytes TlsFilter::take_output() {
    BIO* const output = SSL_get_wbio(session_.get());
    wire::Bytes bytes(BIO_ctrl_pending(output));
    std::size_t count = 0;
    if (!bytes.empty()) BIO_read_ex(output, bytes.data(), bytes.size(), &count);
    bytes.resize(count);
    return bytes;
}

void TlsContext::Free::operator()(SSL_CTX* context) const {
    SSL_CTX_free(context);
}

TlsContext::TlsContext(TlsFiles const& files) : context_(SSL_CTX_new(TLS_server_method())) {
    check(context_ != nullptr, "set up TLS");
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context_.get(), SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS);
    if (files.certificate_file.empty() && files.key_file.empty()) {
        use_self_signed_certificate(context_.get());
    } else {
        use_files(context_.get(), files);
    }
}

TlsFilter TlsContext::filter() const {
    SSL* const session = SSL_new(context_.get());
    check(session != nullptr, "set up TLS");
    return TlsFilter{session};
}

}  // namespace wsproof::server
