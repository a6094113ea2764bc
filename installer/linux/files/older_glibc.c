/* What glibc has only since 2.30, for binaries that ask for it on 2.28: waiting until a time of a given clock. */
#include <pthread.h>
#include <time.h>

#define BILLION 1000000000LL

int pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until)
{
    struct timespec there, here;
    clock_gettime(clock, &there);
    clock_gettime(CLOCK_REALTIME, &here);
    long long left = (until->tv_sec - there.tv_sec) * BILLION + until->tv_nsec - there.tv_nsec;
    long long end = here.tv_nsec + (left > 0 ? left : 0);
    here.tv_sec += end / BILLION;
    here.tv_nsec = end % BILLION;
    return pthread_cond_timedwait(condition, mutex, &here);
}
