/* SPDX-License-Identifier: MIT */
/* Certificates and TLS with OpenSSL; see fake_tls.h. */
#include "fake_tls.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DAY 86400L

struct fake_tls {
    SSL_CTX *context;
    fake_layer layer;
    char ca_file[64];
};

static void extend(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    assert_non_null(extension);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

static X509 *certify(EVP_PKEY *key, const char *subject, X509 *issuer, long first_s, long last_s) {
    X509 *certificate = X509_new();
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), issuer ? 2 : 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), first_s);
    X509_gmtime_adj(X509_getm_notAfter(certificate), last_s);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)subject, -1, -1, 0);
    X509_set_issuer_name(certificate, issuer ? X509_get_subject_name(issuer) : name);
    X509_set_pubkey(certificate, key);
    return certificate;
}

static void write_pem(X509 *certificate, char path[64]) {
    snprintf(path, 64, "/tmp/ttsslice-ca-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *file = fdopen(fd, "w");
    assert_int_equal(PEM_write_X509(file, certificate), 1);
    fclose(file);
}

/* --- sessions ------------------------------------------------------------------------------ */

static void *accept_session(void *context, int fd) {
    SSL *session = SSL_new(context);
    SSL_set_fd(session, fd);
    if (SSL_accept(session) == 1)
        return session;
    SSL_free(session);
    return NULL;
}

static ssize_t recv_session(void *session, void *bytes, size_t size) {
    return SSL_read(session, bytes, (int)size);
}

static ssize_t send_session(void *session, const void *bytes, size_t size) {
    return SSL_write(session, bytes, (int)size);
}

static bool pending_session(void *session) {
    return SSL_pending(session) > 0;
}

static void close_session(void *session) {
    SSL_shutdown(session);
    SSL_free(session);
}

/* --- making -------------------------------------------------------------------------------- */

fake_tls *fake_tls_new(const char *name, int first_day, int last_day) {
    fake_tls *tls = calloc(1, sizeof *tls);
    EVP_PKEY *ca_key = EVP_EC_gen("P-256"), *key = EVP_EC_gen("P-256");
    X509 *ca = certify(ca_key, "ttsslice tests", NULL, -30 * DAY, 30 * DAY);
    X509 *leaf = certify(key, "a server", ca, first_day * DAY, last_day * DAY);
    extend(ca, ca, NID_basic_constraints, "critical,CA:TRUE");
    extend(leaf, ca, NID_subject_alt_name, name);
    assert_true(X509_sign(ca, ca_key, EVP_sha256()) > 0);
    assert_true(X509_sign(leaf, ca_key, EVP_sha256()) > 0);
    write_pem(ca, tls->ca_file);
    tls->context = SSL_CTX_new(TLS_server_method());
    assert_int_equal(SSL_CTX_use_certificate(tls->context, leaf), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey(tls->context, key), 1);
    tls->layer = (fake_layer){tls->context, accept_session,  recv_session,
                              send_session, pending_session, close_session};
    X509_free(ca);
    X509_free(leaf);
    EVP_PKEY_free(ca_key);
    EVP_PKEY_free(key);
    return tls;
}

void fake_tls_free(fake_tls *tls) {
    SSL_CTX_free(tls->context);
    unlink(tls->ca_file);
    free(tls);
}

const fake_layer *fake_tls_layer(const fake_tls *tls) {
    return &tls->layer;
}

const char *fake_tls_ca_file(const fake_tls *tls) {
    return tls->ca_file;
}
