#if defined(__x86_64__)

#include "kernel_tables.h"

#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)

#define LANES 16
// 12 rows × 2 vectors are 24 of the 32 registers.
#define TILE_ROWS 12
#include "vector_math.h"

typedef vint integer_sums;

static inline __attribute__((always_inline)) void multiply_add_i8(
    const int16_t *query, const int8_t *row, integer_sums *sums) {
    __m512i wide = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)row));
    *sums += (vint)_mm512_madd_epi16(wide, _mm512_loadu_si512(query));
}

static inline __attribute__((always_inline)) vint multiply_add_fours(vint sums, vint a0, vint w0, vint a1, vint w1) {
    __m512i low = _mm512_maddubs_epi16((__m512i)a0, (__m512i)w0), high = _mm512_maddubs_epi16((__m512i)a1, (__m512i)w1);
    return sums + (vint)_mm512_madd_epi16(_mm512_add_epi16(low, high), _mm512_set1_epi16(1));
}

static inline __attribute__((always_inline)) vint multiply_add_pairs(vint sums, vint a, vint w) {
    return sums + (vint)_mm512_madd_epi16((__m512i)a, (__m512i)w);
}

#include "vector_dot.h"
#include "vector_matmul.h"
#include "vector_matmul_i8.h"
#include "vector_matmul_i16.h"
#include "vector_rows.h"

#pragma clang attribute pop

const ck_kernels ck_avx512_kernels = CK_TABLE("avx512", ck_avx512);

#endif
