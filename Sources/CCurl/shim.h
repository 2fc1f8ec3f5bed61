// What ProviderHTTP needs from libcurl: its interface, wrappers for the variadic functions, which Swift cannot call, and
// one set of trusted certificates for all connections.
#ifndef C_CURL_SHIM_H
#define C_CURL_SHIM_H

#include <curl/curl.h>
#include <fcntl.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

typedef size_t (*curl_shim_reader)(char *bytes, size_t size, size_t count, void *owner);
typedef int (*curl_shim_socket_watcher)(CURL *easy, curl_socket_t socket, int what, void *owner, void *of_socket);
typedef int (*curl_shim_timer)(CURLM *multi, long milliseconds, void *owner);

static inline CURLcode curl_shim_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl copies strings; the one of CURLOPT_POSTFIELDS it only points to.
static inline CURLcode curl_shim_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_shim_set_fields(CURL *easy, struct curl_slist *fields) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields);
}

static inline CURLcode curl_shim_set_body(CURL *easy, const void *bytes, size_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code == CURLE_OK ? curl_easy_setopt(easy, CURLOPT_POSTFIELDS, bytes) : code;
}

static inline void curl_shim_set_readers(CURL *easy, curl_shim_reader head, curl_shim_reader body, void *owner) {
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, head);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, owner);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, owner);
}

static inline void curl_shim_set_watchers(CURLM *multi, curl_shim_socket_watcher socket, curl_shim_timer timer, void *owner) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, owner);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, owner);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 1L);
}

// The system's certificates, read once: libcurl would read and keep a megabyte of them for each connection.
static inline void *curl_shim_trusted(void) {
    X509_STORE *store = X509_STORE_new();
    if (store && X509_STORE_set_default_paths(store) != 1) {
        X509_STORE_free(store);
        return NULL;
    }
    return store;
}

static inline CURLcode curl_shim_use_store(CURL *easy, void *context, void *store) {
    (void)easy;
    SSL_CTX_set1_cert_store((SSL_CTX *)context, (X509_STORE *)store);
    return CURLE_OK;
}

// Trust `store` and nothing else.
static inline void curl_shim_trust(CURL *easy, void *store) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, (char *)NULL);
    curl_easy_setopt(easy, CURLOPT_CAPATH, (char *)NULL);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, curl_shim_use_store);
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, store);
}

static inline int curl_shim_keep_from_children(void *owner, curl_socket_t socket, curlsocktype purpose) {
    (void)owner;
    (void)purpose;
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    return CURL_SOCKOPT_OK;
}

// Programs that this one starts inherit no connection.
static inline void curl_shim_close_on_exec(CURL *easy) {
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, curl_shim_keep_from_children);
}

static inline void curl_shim_share(CURL *easy, CURLSH *share) { curl_easy_setopt(easy, CURLOPT_SHARE, share); }

typedef void (*curl_shim_lock)(CURL *easy, curl_lock_data data, curl_lock_access access, void *owner);
typedef void (*curl_shim_unlock)(CURL *easy, curl_lock_data data, void *owner);

// Names that were resolved and TLS sessions are common to all connections.
static inline void curl_shim_set_sharing(CURLSH *share, curl_shim_lock lock, curl_shim_unlock unlock, void *owner) {
    curl_share_setopt(share, CURLSHOPT_LOCKFUNC, lock);
    curl_share_setopt(share, CURLSHOPT_UNLOCKFUNC, unlock);
    curl_share_setopt(share, CURLSHOPT_USERDATA, owner);
    curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}

#endif
