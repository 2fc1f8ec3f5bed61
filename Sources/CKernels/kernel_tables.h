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
extern const ck_kernels ck_avx512_vnni_kernels;
#endif

// Activations of 0...127 and weights of -64...64: four products fit into 16 bits.
#define CK_ACTIVATION_LIMIT 127.0f
#define CK_WEIGHT_LIMIT 64.0f
// Inputs that are multiplied in one step; rows of integers are filled up with zeros to a multiple.
#define CK_INTEGER_STEP 8
// Numbers that are rotated together.
#define CK_ROTATION 128

static inline bool ck_usable_range(float range) { return range >= 1e-30f && range <= __FLT_MAX__; }

// Butterflies of the Walsh-Hadamard transform without its factor 1/√block, on each block of the row. The block is the
// largest power of two that divides the width, at most CK_ROTATION. Every sum is made in the same order everywhere.
static inline size_t ck_rotation_block(size_t width) {
    size_t block = width & (~width + 1);
    return block < CK_ROTATION ? block : CK_ROTATION;
}

static inline void ck_rotate(float *row, size_t width) {
    size_t block = ck_rotation_block(width);
    for (size_t step = 1; step < block; step *= 2) {
        for (size_t first = 0; first < width; first += 2 * step) {
            for (size_t i = first; i < first + step; i++) {
                float a = row[i], b = row[i + step];
                row[i] = a + b;
                row[i + step] = a - b;
            }
        }
    }
}

// Norm of a row of 16-bit activations: no number of it leaves 16 bits. That of a row of 16-bit weights, whose largest
// number is limited by itself. The product of both, with what rounding up adds to each, stays below 2^31.
#define CK_ACTIVATION_NORM 32700.0f
#define CK_WEIGHT_NORM 60000.0
#define CK_WEIGHT_LIMIT_I16 32767.0
// Running sums that the squares of a row are added to in turn; a multiple of every LANES.
#define CK_NORM_LANES 32

// Joins the running sums, which are lost.
static inline float ck_norm_sum(float sums[CK_NORM_LANES]) {
    for (size_t width = CK_NORM_LANES / 2; width > 0; width /= 2) {
        for (size_t i = 0; i < width; i++) sums[i] += sums[i + width];
    }
    return sums[0];
}

// What a row of activations is multiplied with before it is rounded; its scale is the reciprocal. 0 for a row to be
// filled with zeros: one of hardly more than zeros, or one whose squares have no finite sum, which gets the scale NaN.
static inline float ck_row_factor(float squares, float *scale) {
    if (!(squares <= __FLT_MAX__)) {
        *scale = __builtin_nanf("");
        return 0;
    }
    if (squares < 1e-30f) {
        *scale = 0;
        return 0;
    }
    float norm = __builtin_sqrtf(squares);
    *scale = norm / CK_ACTIVATION_NORM;
    return CK_ACTIVATION_NORM / norm;
}

static inline size_t ck_round_up(size_t value, size_t multiple) {
    return (value + multiple - 1) / multiple * multiple;
}

#endif
