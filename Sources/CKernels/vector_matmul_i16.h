// Included after vector_matmul_i8.h and `multiply_add_pairs`: dense layers with 16-bit weights.
//
// vpmaddwd multiplies sixteen pairs of integers where a fused multiply-add of the same width multiplies eight floats, and
// as often; its sums are added by other units. So 16 bits have twice the peak of floats, and lose next to nothing.

#if LANES == 8
// 6 rows × 2 vectors are 12 of the 16 registers; two hold weights, one activations, one products.
#define TILE_ROWS_I16 6
#else
#define TILE_ROWS_I16 12
#endif
// As many bytes of activations as the rows of floats have, so that fewer blocks read the weights again.
#define ROW_BLOCK_I16 (2 * ROW_BLOCK)

typedef int16_t vshort __attribute__((ext_vector_type(LANES)));
typedef int16_t vshort_unaligned __attribute__((ext_vector_type(LANES), aligned(2)));

static void pack_i16(const int16_t *weights, size_t outputs, size_t inputs, int16_t *packed) {
    for (size_t first = 0; first < outputs; first += PANEL_WIDTH) {
        for (size_t k = 0; k < ck_round_up(inputs, CK_INTEGER_STEP); k += 2) {
            for (size_t c = 0; c < PANEL_WIDTH; c++, packed += 2) {
                const int16_t *from = weights + (first + c) * inputs + k;
                for (size_t i = 0; i < 2; i++) packed[i] = first + c < outputs && k + i < inputs ? from[i] : 0;
            }
        }
    }
}

// The sum of squares in the order of CK_NORM_LANES running sums, whatever the width of a vector.
INLINE float squares_of_row(const float *row, size_t width) {
    enum { count = CK_NORM_LANES / LANES };
    float sums[CK_NORM_LANES];
    vfloat squares[count];
    for (size_t v = 0; v < count; v++) squares[v] = splat(0);
    size_t i = 0;
    for (; i + CK_NORM_LANES <= width; i += CK_NORM_LANES) {
        for (size_t v = 0; v < count; v++) {
            vfloat value = load(row + i + v * LANES);
            squares[v] = fused(value, value, squares[v]);
        }
    }
    for (size_t v = 0; v < count; v++) store(sums + v * LANES, squares[v]);
    for (size_t lane = 0; i < width; i++, lane++) sums[lane] = __builtin_fmaf(row[i], row[i], sums[lane]);
    return ck_norm_sum(sums);
}

static void quantize_rows_i16(
    const float *x, size_t stride, size_t rows, size_t width, int16_t *values, float *scales) {
    size_t whole = width / LANES * LANES, length = ck_round_up(width, CK_INTEGER_STEP);
    for (size_t r = 0; r < rows; r++, x += stride, values += length) {
        float factor = ck_row_factor(squares_of_row(x, width), &scales[r]);
        if (factor == 0) {
            memset(values, 0, length * sizeof *values);
            continue;
        }
        for (size_t i = 0; i < whole; i += LANES) {
            vint steps = __builtin_convertvector(__builtin_elementwise_roundeven(load(x + i) * splat(factor)), vint);
            *(vshort_unaligned *)(values + i) = __builtin_convertvector(steps, vshort);
        }
        for (size_t i = whole; i < length; i++) {
            values[i] = i < width ? (int16_t)__builtin_roundevenf(x[i] * factor) : 0;
        }
    }
}

INLINE vint broadcast_pair(const int16_t *pair) {
    int32_t value;
    memcpy(&value, pair, sizeof value);
    return (vint)value;
}

INLINE vint load_pairs(const int16_t *weights) {
    vint value;
    memcpy(&value, weights, sizeof value);
    return value;
}

// Sums of products of `rows` rows (a constant after inlining) with one panel.
INLINE void tile_i16(
    const size_t rows, const int16_t *a, size_t length, const int16_t *panel, vint sums[TILE_ROWS_I16][2]) {
    for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = (vint)0;
// Unrolled, the compiler adds products to each other first, for which the registers do not suffice.
#pragma clang loop unroll(disable)
    for (size_t k = 0; k < length; k += 2, panel += 2 * PANEL_WIDTH) {
        vint left = load_pairs(panel), right = load_pairs(panel + 2 * LANES);
        for (size_t r = 0; r < rows; r++) {
            vint pair = broadcast_pair(a + r * length + k);
            sums[r][0] = multiply_add_pairs(sums[r][0], pair, left);
            sums[r][1] = multiply_add_pairs(sums[r][1], pair, right);
        }
    }
}

#define TILE_CASE_I16(ROWS)                                                                      \
    case ROWS:                                                                                   \
        tile_i16(ROWS, a, length, panel, sums);                                                  \
        break

INLINE void tile_of_rows_i16(
    size_t rows, const int16_t *a, size_t length, const int16_t *panel, vint sums[TILE_ROWS_I16][2]) {
    switch (rows) {
        TILE_CASE_I16(1);
        TILE_CASE_I16(2);
        TILE_CASE_I16(3);
        TILE_CASE_I16(4);
        TILE_CASE_I16(5);
        TILE_CASE_I16(6);
#if TILE_ROWS_I16 > 6
        TILE_CASE_I16(7);
        TILE_CASE_I16(8);
        TILE_CASE_I16(9);
        TILE_CASE_I16(10);
        TILE_CASE_I16(11);
        TILE_CASE_I16(12);
#endif
    }
}

// One panel for all rows of a block, so that its weights stay in L1.
static void multiply_panel_i16(
    const int16_t *a, const float *row_scales, const int16_t *panel, size_t length, output_ends left,
    output_ends right, float *result, size_t result_stride, size_t rows) {
    for (size_t m = 0; m < rows; m += TILE_ROWS_I16) {
        size_t height = rows - m < TILE_ROWS_I16 ? rows - m : TILE_ROWS_I16;
        vint sums[TILE_ROWS_I16][2];
        tile_of_rows_i16(height, a + m * length, length, panel, sums);
        for (size_t r = 0; r < height; r++) {
            float *to = result + (m + r) * result_stride;
            // No offset: negative numbers have integers of their own.
            ck_row_scale row = {row_scales[m + r], 0};
            finish_outputs(sums[r][0], row, left, to);
            if (right.count > 0) finish_outputs(sums[r][1], row, right, to + LANES);
        }
    }
}

static void matmul_i16(
    const int16_t *a, const float *row_scales, const int16_t *packed, const float *output_scales, const float *bias,
    ck_activation activation, float *result, size_t result_stride, size_t rows, size_t inputs, size_t outputs) {
    size_t length = ck_round_up(inputs, CK_INTEGER_STEP);
    bool with_gelu = activation == ck_gelu;
    for (size_t m = 0; m < rows; m += ROW_BLOCK_I16) {
        size_t height = rows - m < ROW_BLOCK_I16 ? rows - m : ROW_BLOCK_I16;
        for (size_t n = 0; n < outputs; n += PANEL_WIDTH) {
            multiply_panel_i16(
                a + m * length, row_scales + m, packed + n * length, length,
                ends_of_outputs(output_scales, NULL, bias, n, outputs, with_gelu),
                ends_of_outputs(output_scales, NULL, bias, n + LANES, outputs, with_gelu),
                result + m * result_stride + n, result_stride, height);
        }
    }
}
