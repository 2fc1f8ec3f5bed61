// What Swift cannot call for the isolation of converter programs: system calls that glibc does not wrap, or wraps with
// variable arguments. Each function is one restriction of the calling process; none can be taken back.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Makes a pipe that no other program inherits; `flags` are added, such as O_NONBLOCK. Returns 0, or -1 with errno.
int carrel_pipe(int ends[2], int flags);

/// Whether `mark` stands anywhere in `bytes`.
bool carrel_contains(const uint8_t *bytes, size_t count, const uint8_t *mark, size_t mark_count);

/// Returns a descriptor that poll(2) reports as readable when the process has ended, or -1 with errno.
int carrel_pidfd_open(pid_t process);

/// Returns the version of Landlock that this kernel has switched on; 0 for none.
int carrel_landlock_version(void);

/// Closes every descriptor from `first` on.
int carrel_close_from(unsigned int first);

/// Asks to be killed when the thread that started this process ends, and renounces new privileges.
int carrel_bind_to_parent(void);

/// Sets soft and hard limit of a resource; `resource` is one of the RLIMIT_ numbers.
int carrel_limit(int resource, uint64_t value);

/// Numbers of resources, which Swift sees as different types on different systems.
extern const int carrel_limit_cpu, carrel_limit_memory, carrel_limit_file_size, carrel_limit_core, carrel_limit_files;

/// From now on, files can only be read: those below `folders`, a list that ends with a null pointer; programs can be
/// executed only below `programs`, which can be read too. No file can be written, made or removed.
///
/// Returns 0, or -1 with errno; ENOSYS or EOPNOTSUPP when the kernel has no Landlock.
int carrel_restrict_files(const char *const *programs, const char *const *folders);

/// From now on: no sockets, no new processes, no signals to others, no file opened for writing, no owner, mode or time
/// of a file changed, no tracing, no mounts, no keys, no io_uring, no higher limits. The next execve is still possible.
///
/// Returns 0, or -1 with errno.
int carrel_restrict_calls(void);
