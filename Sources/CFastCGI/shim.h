// What HummingbirdFastCGI needs from C: libfcgi's request interface, Linux headers that Swift's Glibc module does not
// carry, and wrappers for what Swift cannot call. Never <fcgi_stdio.h>, which redefines stdio.
#ifndef C_FASTCGI_SHIM_H
#define C_FASTCGI_SHIM_H

#include <fastcgi.h>
#include <fcgiapp.h>
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// POLLRDHUP; <poll.h> declares it only under _GNU_SOURCE, which an importer of this module has not set.
static const short fcgi_shim_poll_peer_closed = 0x2000;

// accept4 with SOCK_CLOEXEC; declared only under _GNU_SOURCE as well.
static inline int fcgi_shim_accept(int listener) {
    return (int)syscall(SYS_accept4, listener, 0, 0, SOCK_CLOEXEC);
}

// prctl is variadic. At most 15 characters are kept.
static inline void fcgi_shim_name_thread(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}

// <malloc.h> is in no module of the toolchain.
static inline void fcgi_shim_limit_arenas(int count) {
    mallopt(M_ARENA_MAX, count);
}

#endif
