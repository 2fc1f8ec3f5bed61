// The seccomp filter, a program of the classic packet filter put together by hand; see seccomp(2).
//
// It is a list of what is refused and not of what is allowed: which calls a converter needs changes with each version
// of it and of the C library, and Landlock and the limits already hold what such a list would. Refused calls return
// EPERM, so that a library can fall back instead of dying.
#define _GNU_SOURCE
#include "CIsolation.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#error "The seccomp filter has to learn this architecture first."
#endif

static const int refused[] = {
    // Network, of any family: no data leaves.
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg,
    SYS_sendmmsg,
    // io_uring can do what the calls above do.
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    // Other processes of the same user, the server among them.
    SYS_kill, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_pidfd_send_signal, SYS_pidfd_getfd, SYS_ptrace,
    SYS_process_vm_readv, SYS_process_vm_writev, SYS_process_madvise, SYS_kcmp,
    // Landlock does not look at owner, mode, times and attributes of files.
#if defined(SYS_chmod)
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat, SYS_creat,
#endif
    SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_utimensat, SYS_truncate, SYS_setxattr, SYS_lsetxattr,
    SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr,
    // Without Landlock, these still hold; openat2 passes its flags where a filter cannot see them.
    SYS_openat2, SYS_mknodat, SYS_mkdirat, SYS_unlinkat, SYS_renameat2, SYS_linkat, SYS_symlinkat,
#if defined(SYS_rename)
    SYS_mknod, SYS_mkdir, SYS_rmdir, SYS_unlink, SYS_rename, SYS_renameat, SYS_link, SYS_symlink,
#endif
    // Parts of the kernel that no converter needs.
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_open_by_handle_at, SYS_bpf,
    SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_setrlimit, SYS_personality,
    SYS_init_module, SYS_finit_module, SYS_kexec_load, SYS_reboot, SYS_setpriority, SYS_sched_setaffinity,
    SYS_mq_open, SYS_shmget, SYS_msgget, SYS_semget,
    // fchmodat2, setxattrat and removexattrat, which are younger than some headers; the same numbers everywhere.
    452, 463, 466,
#if defined(SYS_fork)
    SYS_fork, SYS_vfork,
#endif
};

enum { count = sizeof refused / sizeof refused[0], capacity = count * 2 + 64 };

struct program {
    struct sock_filter steps[capacity];
    unsigned short length;
};

static void add(struct program *program, struct sock_filter step) { program->steps[program->length++] = step; }

#define STEP(code, value) add(program, (struct sock_filter)BPF_STMT(code, value))
#define JUMP(test, value, yes, no) add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, value, yes, no))
#define LOAD(offset) STEP(BPF_LD | BPF_W | BPF_ABS, offset)
#define ANSWER(action) STEP(BPF_RET | BPF_K, action)
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n))

static const unsigned int no = SECCOMP_RET_ERRNO | EPERM;

// Refuses call `number` when one of `bits` is set in its argument, or, with `wanted` 0, when none is. Loads the number
// again afterwards, because the next step compares it.
static void refuse_flags(struct program *program, int number, int argument, unsigned int bits, int wanted) {
    JUMP(BPF_JEQ, (unsigned int)number, 0, 4);
    LOAD(ARGUMENT(argument));
    JUMP(BPF_JSET, bits, wanted ? 0 : 1, wanted ? 1 : 0);
    ANSWER(no);
    LOAD(offsetof(struct seccomp_data, nr));
}

static void assemble(struct program *program) {
    LOAD(offsetof(struct seccomp_data, arch));
    JUMP(BPF_JEQ, NATIVE, 1, 0);
    ANSWER(SECCOMP_RET_KILL_PROCESS);
    LOAD(offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    JUMP(BPF_JGE, 0x40000000u, 0, 1);   // the x32 interface, another set of numbers for the same calls
    ANSWER(SECCOMP_RET_KILL_PROCESS);
#endif
    for (int i = 0; i < count; i++) {
        JUMP(BPF_JEQ, (unsigned int)refused[i], 0, 1);
        ANSWER(no);
    }
    // Threads are made, processes are not: killing this one ends everything. clone3 keeps its flags in memory, where a
    // filter cannot see them; the C library falls back to clone.
    JUMP(BPF_JEQ, SYS_clone3, 0, 1);
    ANSWER(SECCOMP_RET_ERRNO | ENOSYS);
    refuse_flags(program, SYS_clone, 0, CLONE_THREAD, 0);
    // Files are read, not written, even where there is no Landlock.
    const unsigned int writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    refuse_flags(program, SYS_openat, 2, writing, 1);
#if defined(SYS_open)
    refuse_flags(program, SYS_open, 1, writing, 1);
#endif
    // prlimit64 reads limits, but sets none: its third argument is a pointer.
    refuse_flags(program, SYS_prlimit64, 2, ~0u, 1);
    // raise(3) and abort(3) reach this process alone.
    JUMP(BPF_JEQ, SYS_tgkill, 0, 3);
    LOAD(ARGUMENT(0));
    JUMP(BPF_JEQ, (unsigned int)getpid(), 1, 0);
    ANSWER(no);
    ANSWER(SECCOMP_RET_ALLOW);
}

int carrel_restrict_calls(void) {
    struct program program = {.length = 0};
    assemble(&program);
    struct sock_fprog filter = {.len = program.length, .filter = program.steps};
    // prctl instead of seccomp(2): the unit's own filter knows it as part of process control.
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}
