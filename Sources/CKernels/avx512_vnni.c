#if defined(__x86_64__)

// As avx512.c, with the instructions that multiply and add to 32-bit sums in one step (vpdpbusd, vpdpwssd).

#include "kernel_tables.h"

#include <immintrin.h>
#include <string.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma"))), apply_to = function)

#define LANES 16
// 12 rows × 2 vectors are 24 of the 32 registers.
#define TILE_ROWS 12
#include "vector_math.h"

typedef vint integer_sums;

static inline __attribute__((always_inline)) void multiply_add_i8(
    const int16_t *query, const int8_t *row, integer_sums *sums) {
    __m512i wide = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)row));
    *sums = (vint)_mm512_dpwssd_epi32((__m512i)*sums, wide, _mm512_loadu_si512(query));
}

static inline __attribute__((always_inline)) vint multiply_add_fours(vint sums, vint a0, vint w0, vint a1, vint w1) {
    sums = (vint)_mm512_dpbusd_epi32((__m512i)sums, (__m512i)a0, (__m512i)w0);
    return (vint)_mm512_dpbusd_epi32((__m512i)sums, (__m512i)a1, (__m512i)w1);
}

static inline __attribute__((always_inline)) vint multiply_add_pairs(vint sums, vint a, vint w) {
    return (vint)_mm512_dpwssd_epi32((__m512i)sums, (__m512i)a, (__m512i)w);
}

#include "vector_dot.h"
#include "vector_matmul.h"
#include "vector_matmul_i8.h"
#include "vector_matmul_i16.h"
#include "vector_rows.h"

#pragma clang attribute pop

const ck_kernels ck_avx512_vnni_kernels = CK_TABLE("avx512-vnni", ck_avx512_vnni);

#endif
