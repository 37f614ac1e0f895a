#ifndef CLINUX_H
#define CLINUX_H

#include <stdint.h>
#include <sys/types.h>

/// Opens a descriptor that becomes readable when the process `pid` ends.
///
/// Works for any process, not only for children. The descriptor is close-on-exec.
/// Returns the descriptor, or a negated errno: -ESRCH where there is no such process.
int clinux_pidfd_open(pid_t pid);

/// Says whether the process behind a descriptor of `clinux_pidfd_open` has ended; a zombie has.
///
/// Returns 1 or 0, or a negated errno.
int clinux_pidfd_has_exited(int pidfd);

/// Sends `signal` to the process behind a descriptor of `clinux_pidfd_open`.
///
/// Unlike kill(2) it cannot reach another process that got the same number meanwhile.
/// Returns 0 or a negated errno.
int clinux_pidfd_send_signal(int pidfd, int signal);

/// Tells how the process behind a descriptor of `clinux_pidfd_open` ended, once its parent has asked for it.
///
/// Linux 6.15 and later (PIDFD_GET_INFO with PIDFD_INFO_EXIT, see pidfd_open(2)).
/// Returns the raw status as waitpid(2) gives it, or a negated errno.
int clinux_pidfd_exit_status(int pidfd);

/// The exit code that a shell shows for a raw status of waitpid(2): 128 and the signal where one ended the process.
int clinux_exit_code(int status);

/// Starts a program in a session and process group of its own.
///
/// Standard input is /dev/null; standard output and error are appended to the file `log` (created with mode
/// 0600). No other descriptor is inherited; signal mask and dispositions are the defaults, whatever the caller has
/// blocked or ignored. `argv` and `envp` end with NULL. Stores the process id in `pid`.
/// Returns 0 or a negated errno: that of opening `log`, or of executing `path`.
int clinux_spawn_session(
    const char *path, char *const argv[], char *const envp[], const char *log, pid_t *pid);

/// Collects the exit status of a child that has ended, without waiting.
///
/// Returns the raw status of waitpid(2), or -1 where the process is no child or has not ended.
int clinux_reap(pid_t pid);

/// Asks the kernel who listens on the unix stream socket at `path`.
///
/// Connects, reads the peer's credentials and closes the connection; never blocks. Stores the credentials that the
/// listener had when it called listen(2).
/// Returns 0 or a negated errno: -ENOENT without a file, -ECONNREFUSED where nobody listens, -EAGAIN where
/// the listener's queue is full, -ENAMETOOLONG.
int clinux_unix_listener(const char *path, pid_t *pid, uid_t *uid);

/// What stat(2) tells of a file.
///
/// A type of our own: `struct stat` reaches Swift through several C modules at once, and which one owns it
/// changes with the order of imports.
struct clinux_facts {
  uint32_t mode;
  uint32_t owner;
  uint64_t device;
  uint64_t inode;
  int64_t size;
  /// When it was last changed, in nanoseconds since 1970.
  int64_t modified;
  /// How many names it has.
  uint64_t links;
};

/// Looks at the file at `path`; a symbolic link is followed if `follow` is not 0.
///
/// Returns 0 or a negated errno.
int clinux_stat(const char *path, int follow, struct clinux_facts *facts);

/// Looks at the file called `name` in the directory behind `directory`; a symbolic link is not followed.
///
/// Returns 0 or a negated errno.
int clinux_stat_at(int directory, const char *name, struct clinux_facts *facts);

/// Opens what is at `path` below the directory behind `directory`, and nothing that lies elsewhere.
///
/// openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_MAGICLINKS, and with RESOLVE_NO_SYMLINKS if `follow` is 0: `..`, absolute
/// paths and symbolic links that lead out are -EXDEV, also where somebody swaps directories meanwhile. `flags` are those
/// of open(2); the descriptor is close-on-exec. `mode` counts where a file is made.
/// Returns the descriptor or a negated errno: -ENOSYS before Linux 5.6.
int clinux_open_beneath(int directory, const char *path, int flags, mode_t mode, int follow);

/// Sets the time of the last change of the file behind a descriptor, in nanoseconds since 1970.
///
/// Returns 0 or a negated errno.
int clinux_set_modified(int descriptor, int64_t modified);

/// Writes everything of the file system behind a descriptor to the disk (syncfs(2)).
///
/// Returns 0 or a negated errno.
int clinux_sync_file_system(int descriptor);

/// Lets the process keep memory that it frees, for as long as it moves much of it, or gives it back and keeps little again.
///
/// mallopt(3): without this every mebibyte that is sent is fetched from the kernel, zeroed, and given back.
void clinux_keep_memory(int keep);

/// Begins to write a part of a file back to the disk, without waiting (sync_file_range(2)).
void clinux_begin_writeback(int descriptor, int64_t offset, int64_t count);

/// Looks at the file behind a descriptor.
///
/// Returns 0 or a negated errno.
int clinux_fstat(int descriptor, struct clinux_facts *facts);

#endif
