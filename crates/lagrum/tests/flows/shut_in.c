// Loaded into an agent before its first instruction: code of somebody else in its process. When the agent starts a
// thread, one more is started there, which tries what an agent has no need of. Each line that it writes is a try and its
// outcome: `ok`, or the name of the error.
//
// PROBE_OUT      where it writes; opened before the agent begins
// PROBE_OWN      a directory of the agent's own
// PROBE_OTHER    a directory that is none, with the files `kept` and `emptied`
// PROBE_NAMED    a port that the agent's configuration names; somebody listens there
// PROBE_PORT     one that it does not name; somebody listens there
// PROBE_PID      a process that is none of the agent's
// PROBE_OLD      set: the kernel has no Landlock, as far as anybody asks through the library
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int out = -1;
static int begun = 0;

static long (*libc_syscall)(long, ...);

long syscall(long number, ...) {
    if (!libc_syscall) libc_syscall = dlsym(RTLD_NEXT, "syscall");
    va_list given;
    va_start(given, number);
    long a[6];
    for (int i = 0; i < 6; i++) a[i] = va_arg(given, long);
    va_end(given);
    if (getenv("PROBE_OLD") && number >= 444 && number <= 446) {
        errno = ENOSYS;
        return -1;
    }
    return libc_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void told(const char *what, long result) {
    dprintf(out, "%s %s\n", what, result < 0 ? strerrorname_np(errno) : "ok");
}

static const char *at(const char *directory, const char *name) {
    static char path[2][4096];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", getenv(directory), name);
    return path[turn];
}

static int to_port(const char *port) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(atoi(getenv(port)))};
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
    if (socket_ < 0) return -1;
    int result = connect(socket_, (struct sockaddr *)&there, sizeof there);
    int why = errno;
    close(socket_);
    errno = why;
    return result;
}

static int listens(void) {
    struct sockaddr_in here = {.sin_family = AF_INET};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
    if (socket_ < 0) return -1;
    int result = bind(socket_, (struct sockaddr *)&here, sizeof here);
    int why = errno;
    close(socket_);
    errno = why;
    return result;
}

static int runs(void) {
    char *arguments[] = {"/bin/true", NULL};
    pid_t child;
    int why = posix_spawn(&child, arguments[0], NULL, NULL, arguments, NULL);
    errno = why;
    if (why) return -1;
    waitpid(child, NULL, 0);
    return 0;
}

static int looks_into(pid_t other) {
    char byte, *place = &byte;
    struct iovec here = {place, 1}, there = {place, 1};
    // An address that is not there is not what is asked.
    long result = process_vm_readv(other, &here, 1, &there, 1, 0);
    return result < 0 && errno == EFAULT ? 0 : result;
}

static int mounts(void) {
    // Whoever may mount is told that there is no such kind.
    int result = mount("none", at("PROBE_OTHER", ""), "no-such-kind", 0, "");
    return result < 0 && errno == ENODEV ? 0 : result;
}

static void *tries(void *nothing) {
    pid_t other = atoi(getenv("PROBE_PID"));
    // What an agent does itself.
    told("read", open(at("PROBE_OTHER", "kept"), O_RDONLY));
    told("own", open(at("PROBE_OWN", "probe"), O_CREAT | O_WRONLY, 0600));
    told("own-directory", mkdir(at("PROBE_OWN", "probes"), 0700));
    told("own-move", rename(at("PROBE_OWN", "probe"), at("PROBE_OWN", "probes/probe")));
    told("own-remove", unlink(at("PROBE_OWN", "probes/probe")));
    told("own-remove", rmdir(at("PROBE_OWN", "probes")));
    told("nothing", open("/dev/null", O_WRONLY));
    told("named-port", to_port("PROBE_NAMED"));
    // And what it does not.
    told("make", open(at("PROBE_OTHER", "made"), O_CREAT | O_WRONLY, 0600));
    told("write", open(at("PROBE_OTHER", "kept"), O_WRONLY));
    told("empty", truncate(at("PROBE_OTHER", "emptied"), 0));
    told("directory", mkdir(at("PROBE_OTHER", "directory"), 0700));
    told("link", symlink("kept", at("PROBE_OTHER", "link")));
    told("move", rename(at("PROBE_OTHER", "kept"), at("PROBE_OWN", "moved")));
    told("remove", unlink(at("PROBE_OTHER", "emptied")));
    told("port", to_port("PROBE_PORT"));
    told("listen", listens());
    told("socket", socket(AF_INET, SOCK_STREAM, 0));
    told("run", runs());
    told("signal", kill(other, 0));
    told("attach", ptrace(PTRACE_SEIZE, other, 0, 0));
    told("memory", looks_into(other));
    told("namespace", unshare(CLONE_NEWUTS));
    told("mount", mounts());
    int ring[40] = {0};
    told("ring", syscall(SYS_io_uring_setup, 1, ring, 0, 0, 0, 0));
    told("keys", syscall(SYS_keyctl, 0, -3, 0, 0, 0, 0));
    union bpf_attr map = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
    told("bpf", syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map, 0, 0, 0));
    told("clone3", syscall(SYS_clone3, 0, 0, 0, 0, 0, 0));
#ifdef __x86_64__
    // The same by the numbers of the second list: there ptrace is 521.
    told("ptrace-x32", syscall(0x40000000 + 521, PTRACE_SEIZE, other, 0, 0, 0, 0));
#endif
    told("end", 0);
    return nothing;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*begin)(void *), void *with) {
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = dlsym(RTLD_NEXT, "pthread_create");
    if (out >= 0 && !__atomic_exchange_n(&begun, 1, __ATOMIC_SEQ_CST)) {
        pthread_t mine;
        real(&mine, NULL, tries, NULL);
        pthread_join(mine, NULL);
    }
    return real(thread, how, begin, with);
}

__attribute__((constructor)) static void before(void) {
    const char *where = getenv("PROBE_OUT");
    if (!where) return;
    out = open(where, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    // What the library does not hide is asked for directly.
    int landlock = getenv("PROBE_OLD") ? 0 : syscall(444, 0, 0, 1, 0, 0, 0);
    dprintf(out, "landlock %d\n", landlock < 0 ? 0 : landlock);
}
