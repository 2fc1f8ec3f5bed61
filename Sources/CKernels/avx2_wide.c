#if defined(__x86_64__)

// The 16-lane source compiled for AVX2: every 16-lane value becomes two registers. It exists for the tests.

#include "kernel_tables.h"

#include <immintrin.h>
#include <string.h>

// Vectors are only passed between functions that are inlined, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 16
#define TILE_ROWS 12
#include "vector_math.h"

typedef vint integer_sums;

static inline __attribute__((always_inline)) void multiply_add_i8(
    const int16_t *query, const int8_t *row, integer_sums *sums) {
    for (int half = 0; half < 2; half++) {
        __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)row + half));
        __m256i products = _mm256_madd_epi16(wide, _mm256_loadu_si256((const __m256i *)query + half));
        for (int lane = 0; lane < 8; lane++) (*sums)[half * 8 + lane] += ((__v8si)products)[lane];
    }
}

typedef int32_t vint_half __attribute__((ext_vector_type(8)));

static inline __attribute__((always_inline)) vint_half products_of_fours(
    vint_half a0, vint_half w0, vint_half a1, vint_half w1) {
    __m256i low = _mm256_maddubs_epi16((__m256i)a0, (__m256i)w0), high = _mm256_maddubs_epi16((__m256i)a1, (__m256i)w1);
    return (vint_half)_mm256_madd_epi16(_mm256_add_epi16(low, high), _mm256_set1_epi16(1));
}

static inline __attribute__((always_inline)) vint multiply_add_fours(vint sums, vint a0, vint w0, vint a1, vint w1) {
    vint_half low = products_of_fours(a0.lo, w0.lo, a1.lo, w1.lo), high = products_of_fours(a0.hi, w0.hi, a1.hi, w1.hi);
    return sums + __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

static inline __attribute__((always_inline)) vint multiply_add_pairs(vint sums, vint a, vint w) {
    vint_half low = (vint_half)_mm256_madd_epi16((__m256i)a.lo, (__m256i)w.lo);
    vint_half high = (vint_half)_mm256_madd_epi16((__m256i)a.hi, (__m256i)w.hi);
    return sums + __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

#include "vector_dot.h"
#include "vector_matmul.h"
#include "vector_matmul_i8.h"
#include "vector_matmul_i16.h"
#include "vector_rows.h"

#pragma clang attribute pop

const ck_kernels ck_avx2_wide_kernels = CK_TABLE("avx2-wide", ck_avx2_wide);

#endif
