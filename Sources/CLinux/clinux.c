#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

// openat2(2); linux/openat2.h is not everywhere.
#define CLINUX_OPENAT2 437
#define CLINUX_RESOLVE_NO_MAGICLINKS 0x02
#define CLINUX_RESOLVE_NO_SYMLINKS 0x04
#define CLINUX_RESOLVE_BENEATH 0x08

int clinux_pidfd_open(pid_t pid) {
  int fd = (int)syscall(SYS_pidfd_open, pid, 0);
  return fd < 0 ? -errno : fd;
}

int clinux_pidfd_has_exited(int pidfd) {
  struct pollfd state = {.fd = pidfd, .events = POLLIN};
  return poll(&state, 1, 0) < 0 ? -errno : (state.revents & POLLIN) != 0;
}

int clinux_pidfd_send_signal(int pidfd, int signal) {
  return syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0) < 0 ? -errno : 0;
}

// As in <linux/pidfd.h>, which older systems lack.
struct clinux_pidfd_info {
  uint64_t mask;
  uint64_t cgroup;
  uint32_t ids[11];
  int32_t exit_code;
};
#define CLINUX_PIDFD_GET_INFO _IOWR(0xFF, 11, struct clinux_pidfd_info)
#define CLINUX_PIDFD_INFO_EXIT (1UL << 3)

int clinux_pidfd_exit_status(int pidfd) {
  struct clinux_pidfd_info info = {.mask = CLINUX_PIDFD_INFO_EXIT};
  if (ioctl(pidfd, CLINUX_PIDFD_GET_INFO, &info) < 0) return -errno;
  return info.mask & CLINUX_PIDFD_INFO_EXIT ? info.exit_code : -ENODATA;
}

int clinux_exit_code(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int clinux_spawn_session(
    const char *path, char *const argv[], char *const envp[], const char *log, pid_t *pid) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);

  int error = posix_spawnattr_init(&attributes);
  if (error != 0) return -error;
  error = posix_spawn_file_actions_init(&actions);
  if (error != 0) {
    posix_spawnattr_destroy(&attributes);
    return -error;
  }
  if (error == 0)
    error = posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if (error == 0) error = posix_spawnattr_setsigmask(&attributes, &none);
  if (error == 0) error = posix_spawnattr_setsigdefault(&attributes, &all);
  if (error == 0) error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (error == 0)
    error = posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, 1, 2);
  if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  if (error == 0) error = posix_spawn(pid, path, &actions, &attributes, argv, envp);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return -error;
}

int clinux_reap(pid_t pid) {
  int status = 0;
  return waitpid(pid, &status, WNOHANG) == pid ? status : -1;
}

int clinux_unix_listener(const char *path, pid_t *pid, uid_t *uid) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) return -ENAMETOOLONG;
  strcpy(address.sun_path, path);

  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -errno;
  int result = 0;
  struct ucred peer;
  socklen_t length = sizeof peer;
  if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0 ||
      getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0) {
    result = -errno;
  } else {
    *pid = peer.pid;
    *uid = peer.uid;
  }
  close(fd);
  return result;
}

static int facts_of(int result, const struct stat *status, struct clinux_facts *facts) {
  if (result != 0) return -errno;
  facts->mode = status->st_mode;
  facts->owner = status->st_uid;
  facts->device = status->st_dev;
  facts->inode = status->st_ino;
  facts->size = status->st_size;
  facts->modified = (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
  facts->links = status->st_nlink;
  return 0;
}

int clinux_stat(const char *path, int follow, struct clinux_facts *facts) {
  struct stat status;
  return facts_of(follow ? stat(path, &status) : lstat(path, &status), &status, facts);
}

int clinux_stat_at(int directory, const char *name, struct clinux_facts *facts) {
  struct stat status;
  return facts_of(fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW), &status, facts);
}

int clinux_open_beneath(int directory, const char *path, int flags, mode_t mode, int follow) {
  struct {
    uint64_t flags;
    uint64_t mode;
    uint64_t resolve;
  } how = {
      .flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
      .mode = (flags & O_CREAT) ? mode : 0,
      .resolve = CLINUX_RESOLVE_BENEATH | CLINUX_RESOLVE_NO_MAGICLINKS |
                 (follow ? 0 : CLINUX_RESOLVE_NO_SYMLINKS),
  };
  // Somebody who moves directories meanwhile makes the kernel give up now and then.
  for (int tries = 0; tries < 100; tries++) {
    long descriptor = syscall(CLINUX_OPENAT2, directory, path, &how, sizeof how);
    if (descriptor >= 0) return (int)descriptor;
    if (errno != EAGAIN && errno != EINTR) return -errno;
  }
  return -EAGAIN;
}

int clinux_set_modified(int descriptor, int64_t modified) {
  int64_t seconds = modified / 1000000000, rest = modified % 1000000000;
  if (rest < 0) {
    seconds -= 1;
    rest += 1000000000;
  }
  struct timespec times[2] = {{.tv_sec = 0, .tv_nsec = UTIME_OMIT}, {.tv_sec = seconds, .tv_nsec = rest}};
  return futimens(descriptor, times) == 0 ? 0 : -errno;
}

void clinux_keep_memory(int keep) {
  mallopt(M_MMAP_THRESHOLD, keep ? 32 << 20 : 128 << 10);
  mallopt(M_TRIM_THRESHOLD, keep ? 64 << 20 : 128 << 10);
  if (!keep) malloc_trim(0);
}

int clinux_sync_file_system(int descriptor) { return syncfs(descriptor) == 0 ? 0 : -errno; }

void clinux_begin_writeback(int descriptor, int64_t offset, int64_t count) {
  sync_file_range(descriptor, offset, count, SYNC_FILE_RANGE_WRITE);
}

int clinux_fstat(int descriptor, struct clinux_facts *facts) {
  struct stat status;
  return facts_of(fstat(descriptor, &status), &status, facts);
}
