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

#include "vector_dot.h"
#include "vector_matmul.h"
#include "vector_rows.h"

#pragma clang attribute pop

const ck_kernels ck_avx2_wide_kernels = CK_TABLE("avx2-wide", ck_avx2_wide);

#endif
