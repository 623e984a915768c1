// Put before the C library, this moves the wall clock of one program by CLOCK_OFFSET seconds.
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
	long failed = syscall(SYS_clock_gettime, clock, now);
	const char *offset = getenv("CLOCK_OFFSET");
	if (!failed && offset && clock == CLOCK_REALTIME) now->tv_sec += atol(offset);
	return (int)failed;
}
