#if defined(__x86_64__)

#include "kernel_tables.h"

#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 8
// 6 rows × 2 vectors are 12 of the 16 registers; two hold weights, one the broadcast activation.
#define TILE_ROWS 6
#include "vector_math.h"

typedef vint integer_sums;

static inline __attribute__((always_inline)) void multiply_add_i8(
    const int16_t *query, const int8_t *row, integer_sums *sums) {
    __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)row));
    *sums += (vint)_mm256_madd_epi16(wide, _mm256_loadu_si256((const __m256i *)query));
}

static inline __attribute__((always_inline)) vint multiply_add_fours(vint sums, vint a0, vint w0, vint a1, vint w1) {
    __m256i low = _mm256_maddubs_epi16((__m256i)a0, (__m256i)w0), high = _mm256_maddubs_epi16((__m256i)a1, (__m256i)w1);
    return sums + (vint)_mm256_madd_epi16(_mm256_add_epi16(low, high), _mm256_set1_epi16(1));
}

static inline __attribute__((always_inline)) vint multiply_add_pairs(vint sums, vint a, vint w) {
    return sums + (vint)_mm256_madd_epi16((__m256i)a, (__m256i)w);
}

#include "vector_dot.h"
#include "vector_matmul.h"
#include "vector_matmul_i8.h"
#include "vector_matmul_i16.h"
#include "vector_rows.h"

#pragma clang attribute pop

const ck_kernels ck_avx2_kernels = CK_TABLE("avx2", ck_avx2);

#endif
