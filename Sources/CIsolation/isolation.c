// Raw system calls behind CIsolation.h. Sources: landlock(7), seccomp(2), linux/seccomp.h, linux/filter.h.
#define _GNU_SOURCE
#include "CIsolation.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

const int carrel_limit_cpu = RLIMIT_CPU;
const int carrel_limit_memory = RLIMIT_AS;
const int carrel_limit_file_size = RLIMIT_FSIZE;
const int carrel_limit_core = RLIMIT_CORE;
const int carrel_limit_files = RLIMIT_NOFILE;

int carrel_pipe(int ends[2], int flags) { return pipe2(ends, flags | O_CLOEXEC); }

bool carrel_contains(const uint8_t *bytes, size_t count, const uint8_t *mark, size_t mark_count) {
    return memmem(bytes, count, mark, mark_count) != NULL;
}

int carrel_pidfd_open(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int carrel_landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version < 0 ? 0 : (int)version;
}

int carrel_close_from(unsigned int first) { return (int)syscall(SYS_close_range, first, ~0U, 0); }

int carrel_bind_to_parent(void) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int carrel_limit(int resource, uint64_t value) {
    struct rlimit limit = {.rlim_cur = value, .rlim_max = value};
    return setrlimit(resource, &limit);
}

// The kernel's structure as of version 6; headers may be older. Older kernels are given its beginning only.
struct ruleset {
    uint64_t files;
    uint64_t network;   // since version 4
    uint64_t scopes;    // since version 6
};

static const uint64_t scope_abstract_sockets_and_signals = 3;
static const uint64_t network_bind_and_connect = 3;

// All rights over files that each version knows: 13, then REFER, TRUNCATE and IOCTL_DEV.
static uint64_t known_rights(int version) {
    uint64_t rights = (1ULL << 13) - 1;
    if (version >= 2) rights |= 1ULL << 13;
    if (version >= 3) rights |= 1ULL << 14;
    if (version >= 5) rights |= 1ULL << 15;
    return rights;
}

// A path that does not exist on this system needs no permission.
static int allow(int ruleset, const char *path, uint64_t rights) {
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0) return errno == ENOENT ? 0 : -1;
    struct stat information;
    int failed = fstat(descriptor, &information);
    if (!failed && !S_ISDIR(information.st_mode)) rights &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = descriptor};
    if (!failed) failed = (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(descriptor);
    return failed;
}

static int allow_all(int ruleset, const char *const *paths, uint64_t rights) {
    for (; *paths; paths++)
        if (allow(ruleset, *paths, rights) != 0) return -1;
    return 0;
}

int carrel_restrict_files(const char *const *programs, const char *const *folders) {
    int version = carrel_landlock_version();
    if (version == 0) {
        errno = ENOSYS;
        return -1;
    }
    struct ruleset rules = {.files = known_rights(version)};
    size_t size = sizeof(uint64_t);
    if (version >= 4) {
        rules.network = network_bind_and_connect;
        size = 2 * sizeof(uint64_t);
    }
    if (version >= 6) {
        rules.scopes = scope_abstract_sockets_and_signals;
        size = 3 * sizeof(uint64_t);
    }
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0) return -1;
    const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    int failed = allow_all(ruleset, programs, reading | LANDLOCK_ACCESS_FS_EXECUTE) != 0
        || allow_all(ruleset, folders, reading) != 0
        || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0;
    int reason = errno;
    close(ruleset);
    errno = reason;
    return failed ? -1 : 0;
}
