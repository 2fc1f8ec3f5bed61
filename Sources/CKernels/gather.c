#include "ck_search.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define CACHE_LINE 64
// Rows asked for ahead of the one at work: enough to hide the latency of memory behind six lines of arithmetic each,
// few enough that the core's line fill buffers hold them.
#define AHEAD 4

static inline const int8_t *row_at(const int8_t *const *segments, uint32_t row, size_t stride) {
    return segments[row >> CK_SEGMENT_SHIFT] + (row & ((1u << CK_SEGMENT_SHIFT) - 1)) * stride;
}

static inline void fetch(const int8_t *row, size_t stride) {
    for (size_t i = 0; i < stride; i += CACHE_LINE) __builtin_prefetch(row + i);
}

static void gather_scalar(
    const int16_t *query, const int8_t *const *segments, const uint32_t *rows, size_t count, size_t stride,
    int32_t *result) {
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = row_at(segments, rows[i], stride);
        int32_t sum = 0;
        for (size_t d = 0; d < stride; d++) sum += (int32_t)query[d] * row[d];
        result[i] = sum;
    }
}

// The loop over rows, once per instruction set; PRODUCT has the attributes of its set and so must the loop.
#define GATHER(NAME, PRODUCT, TARGET)                                                            \
    __attribute__((target(TARGET))) static void NAME(                                            \
        const int16_t *query, const int8_t *const *segments, const uint32_t *rows, size_t count, \
        size_t stride, int32_t *result) {                                                        \
        for (size_t i = 0; i < count && i < AHEAD; i++) {                                        \
            fetch(row_at(segments, rows[i], stride), stride);                                    \
        }                                                                                        \
        for (size_t i = 0; i < count; i++) {                                                     \
            if (i + AHEAD < count) fetch(row_at(segments, rows[i + AHEAD], stride), stride);     \
            result[i] = PRODUCT(query, row_at(segments, rows[i], stride), stride);               \
        }                                                                                        \
    }

#if defined(__x86_64__)

#define INLINE_FOR(TARGET) __attribute__((target(TARGET), always_inline)) static inline

INLINE_FOR("avx2") __m256i product_of_16(const int16_t *query, const int8_t *row) {
    __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)row));
    return _mm256_madd_epi16(wide, _mm256_loadu_si256((const __m256i *)query));
}

INLINE_FOR("avx2") int32_t product_avx2(const int16_t *query, const int8_t *row, size_t stride) {
    __m256i even = _mm256_setzero_si256(), odd = _mm256_setzero_si256();
    for (size_t d = 0; d < stride; d += 32) {
        even = _mm256_add_epi32(even, product_of_16(query + d, row + d));
        odd = _mm256_add_epi32(odd, product_of_16(query + d + 16, row + d + 16));
    }
    __m256i sums = _mm256_add_epi32(even, odd);
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1));
    return _mm_cvtsi128_si32(half);
}

GATHER(gather_avx2, product_avx2, "avx2")

#define AVX512 "avx512f,avx512bw,avx512dq,avx512vl"

INLINE_FOR(AVX512) __m512i product_of_32(const int16_t *query, const int8_t *row) {
    __m512i wide = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)row));
    return _mm512_madd_epi16(wide, _mm512_loadu_si512(query));
}

INLINE_FOR(AVX512) int32_t product_avx512(const int16_t *query, const int8_t *row, size_t stride) {
    __m512i even = _mm512_setzero_si512(), odd = _mm512_setzero_si512();
    for (size_t d = 0; d < stride; d += 64) {
        even = _mm512_add_epi32(even, product_of_32(query + d, row + d));
        odd = _mm512_add_epi32(odd, product_of_32(query + d + 32, row + d + 32));
    }
    return _mm512_reduce_add_epi32(_mm512_add_epi32(even, odd));
}

GATHER(gather_avx512, product_avx512, AVX512)

#endif

ck_gather_i8 ck_gather_i8_for(ck_instruction_set set) {
    // The table says whether the CPU has the set.
    if (ck_kernels_for(set) == NULL) return NULL;
    switch (set) {
    case ck_scalar:
        return gather_scalar;
#if defined(__x86_64__)
    case ck_avx2:
    case ck_avx2_wide:
        return gather_avx2;
    case ck_avx512:
    case ck_avx512_vnni:
        return gather_avx512;
#endif
    default:
        return NULL;
    }
}

ck_gather_i8 ck_best_gather_i8(void) {
    ck_gather_i8 best = ck_gather_i8_for(ck_best_kernels()->instruction_set);
    return best != NULL ? best : gather_scalar;
}
