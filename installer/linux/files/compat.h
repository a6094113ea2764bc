/* Old names of five functions of libm: the new ones, which gcc would take, are missing on glibc 2.28. */
#ifndef NIANBAO_COMPAT_H
#define NIANBAO_COMPAT_H
#if defined(__x86_64__)
#define NIANBAO_OLD "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define NIANBAO_OLD "GLIBC_2.17"
#endif
__asm__(".symver exp,exp@" NIANBAO_OLD);
__asm__(".symver log,log@" NIANBAO_OLD);
__asm__(".symver pow,pow@" NIANBAO_OLD);
__asm__(".symver log2,log2@" NIANBAO_OLD);
__asm__(".symver exp2,exp2@" NIANBAO_OLD);
#endif
