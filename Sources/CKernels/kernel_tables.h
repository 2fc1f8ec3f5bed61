#ifndef CARREL_KERNEL_TABLES_H
#define CARREL_KERNEL_TABLES_H

#include "CKernels.h"

// Query rows whose attention scores exist at the same time: 48 rows × 512 tokens × 4 bytes stay within a 512 KB L2.
#define CK_ATTENTION_ROWS 48

extern const ck_kernels ck_scalar_kernels;
#if defined(__x86_64__)
extern const ck_kernels ck_avx2_kernels;
extern const ck_kernels ck_avx2_wide_kernels;
extern const ck_kernels ck_avx512_kernels;
#endif

static inline size_t ck_round_up(size_t value, size_t multiple) {
    return (value + multiple - 1) / multiple * multiple;
}

#endif
