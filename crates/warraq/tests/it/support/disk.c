/* A disk that fails when a test says so. Loaded before libc (LD_PRELOAD): the file WARRAQ_TEST_DISK says what is wrong
   with everything under the folder WARRAQ_TEST_FOLDER. "full": nothing can be written. "broken": what was written cannot
   be made durable. Anything else: the disk is well. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_ours(int fd) {
  const char *folder = getenv("WARRAQ_TEST_FOLDER");
  char link[64], path[4096];
  if (!folder) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

static int disk_is(const char *state) {
  const char *switch_file = getenv("WARRAQ_TEST_DISK");
  char word[16] = {0};
  if (!switch_file) return 0;
  int kept = errno, file = open(switch_file, O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    if (read(file, word, sizeof word - 1) < 0) word[0] = 0;
    close(file);
  }
  errno = kept;
  return strcmp(word, state) == 0;
}

#define FAIL_WHEN(state, code) \
  if (disk_is(state) && is_ours(fd)) { \
    errno = code; \
    return -1; \
  }

#define REAL(type, name) \
  static type (*real)(); \
  if (!real) real = (type(*)())dlsym(RTLD_NEXT, #name);

ssize_t write(int fd, const void *from, size_t count) {
  REAL(ssize_t, write) FAIL_WHEN("full", ENOSPC) return real(fd, from, count);
}
ssize_t writev(int fd, const struct iovec *from, int count) {
  REAL(ssize_t, writev) FAIL_WHEN("full", ENOSPC) return real(fd, from, count);
}
ssize_t pwrite(int fd, const void *from, size_t count, off_t at) {
  REAL(ssize_t, pwrite) FAIL_WHEN("full", ENOSPC) return real(fd, from, count, at);
}
ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
  REAL(ssize_t, pwrite64) FAIL_WHEN("full", ENOSPC) return real(fd, from, count, at);
}
int fsync(int fd) {
  REAL(int, fsync) FAIL_WHEN("broken", EIO) return real(fd);
}
int fdatasync(int fd) {
  REAL(int, fdatasync) FAIL_WHEN("broken", EIO) return real(fd);
}
