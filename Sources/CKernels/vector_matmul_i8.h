// Included after vector_matmul.h and `multiply_add_fours`: dense layers with 8-bit weights.
//
// vpmaddubsw multiplies twice as many integers as vpmaddwd, but saturates its 16-bit sums of two. With 7 bits on both
// sides not even the sum of four products can overflow, so that two of its results are added before they are widened: 5
// instructions for 64 products, where exact 16-bit products take 8. What 7 bits lose, the rotation wins back.

#if LANES == 8
// 4 rows × 2 vectors are 8 of the 16 registers; four hold weights, two activations, two products.
#define TILE_ROWS_I8 4
#else
#define TILE_ROWS_I8 8
#endif

typedef uint8_t vbyte __attribute__((ext_vector_type(LANES)));
typedef uint8_t vbyte_unaligned __attribute__((ext_vector_type(LANES), aligned(1)));

static void pack_i8(const int8_t *weights, size_t outputs, size_t inputs, int8_t *packed) {
    for (size_t first = 0; first < outputs; first += PANEL_WIDTH) {
        for (size_t k = 0; k < ck_round_up(inputs, CK_INTEGER_STEP); k += 4) {
            for (size_t c = 0; c < PANEL_WIDTH; c++, packed += 4) {
                for (size_t i = 0; i < 4; i++) {
                    bool inside = first + c < outputs && k + i < inputs;
                    packed[i] = inside ? weights[(first + c) * inputs + k + i] : 0;
                }
            }
        }
    }
}

// The butterflies between lanes that are STEP apart: the lower lane becomes a + b, the upper a - b.
#define LANE_BUTTERFLY(V, STEP, SIGN, ...)                                                       \
    do {                                                                                         \
        vint signs = (lanes & STEP) << SIGN;                                                     \
        V = __builtin_shufflevector(V, V, __VA_ARGS__) + (vfloat)((vint)V ^ signs);              \
    } while (0)

INLINE vfloat rotate_lanes(vfloat v) {
#if LANES == 8
    const vint lanes = {0, 1, 2, 3, 4, 5, 6, 7};
    LANE_BUTTERFLY(v, 1, 31, 1, 0, 3, 2, 5, 4, 7, 6);
    LANE_BUTTERFLY(v, 2, 30, 2, 3, 0, 1, 6, 7, 4, 5);
    LANE_BUTTERFLY(v, 4, 29, 4, 5, 6, 7, 0, 1, 2, 3);
#else
    const vint lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    LANE_BUTTERFLY(v, 1, 31, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
    LANE_BUTTERFLY(v, 2, 30, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    LANE_BUTTERFLY(v, 4, 29, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
    LANE_BUTTERFLY(v, 8, 28, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
#endif
    return v;
}

// `ck_rotate` for one whole block.
INLINE void rotate_block(const float *x, float *result) {
    enum { count = CK_ROTATION / LANES };
    vfloat v[count];
    for (size_t i = 0; i < count; i++) v[i] = rotate_lanes(load(x + i * LANES));
#pragma clang loop unroll(full)
    for (size_t step = 1; step < count; step *= 2) {
#pragma clang loop unroll(full)
        for (size_t i = 0; i < count; i++) {
            if (i & step) continue;
            vfloat a = v[i], b = v[i + step];
            v[i] = a + b;
            v[i + step] = a - b;
        }
    }
    for (size_t i = 0; i < count; i++) store(result + i * LANES, v[i]);
}

static void rotate_row(const float *x, size_t width, float *result) {
    if (ck_rotation_block(width) == CK_ROTATION) {
        for (size_t i = 0; i < width; i += CK_ROTATION) rotate_block(x + i, result + i);
    } else {
        memcpy(result, x, width * sizeof(float));
        ck_rotate(result, width);
    }
}

INLINE ck_row_scale range_of_row(const float *row, size_t width) {
    size_t whole = width / LANES * LANES;
    vfloat lows = splat(__builtin_inff()), highs = -lows;
    for (size_t i = 0; i < whole; i += LANES) {
        lows = __builtin_elementwise_min(lows, load(row + i));
        highs = __builtin_elementwise_max(highs, load(row + i));
    }
    float low = __builtin_reduce_min(lows), high = __builtin_reduce_max(highs);
    for (size_t i = whole; i < width; i++) {
        low = __builtin_fminf(low, row[i]);
        high = __builtin_fmaxf(high, row[i]);
    }
    if (width == 0) low = high = 0;
    return (ck_row_scale){high - low, low};
}

static void quantize_rows(
    const float *x, size_t stride, size_t rows, size_t width, uint8_t *values, ck_row_scale *scales, float *scratch) {
    size_t whole = width / LANES * LANES, length = ck_round_up(width, CK_INTEGER_STEP);
    for (size_t r = 0; r < rows; r++, x += stride, values += length) {
        rotate_row(x, width, scratch);
        ck_row_scale range = range_of_row(scratch, width);
        float low = range.offset, factor = ck_usable_range(range.scale) ? CK_ACTIVATION_LIMIT / range.scale : 0;
        scales[r] = (ck_row_scale){range.scale / CK_ACTIVATION_LIMIT, low};
        for (size_t i = 0; i < whole; i += LANES) {
            vfloat steps = __builtin_elementwise_roundeven((load(scratch + i) - splat(low)) * splat(factor));
            vint integers = __builtin_convertvector(__builtin_elementwise_max(steps, splat(0)), vint);
            *(vbyte_unaligned *)(values + i) = __builtin_convertvector(integers, vbyte);
        }
        for (size_t i = whole; i < length; i++) {
            float step = i < width ? __builtin_roundevenf((scratch[i] - low) * factor) : 0;
            values[i] = (uint8_t)__builtin_fmaxf(step, 0);
        }
    }
}

INLINE vint broadcast_four(const uint8_t *four) {
    int32_t value;
    memcpy(&value, four, sizeof value);
    return (vint)value;
}

INLINE vint load_weights(const int8_t *weights) {
    vint value;
    memcpy(&value, weights, sizeof value);
    return value;
}

// Sums of products of `rows` rows (a constant after inlining) with one panel.
INLINE void tile_i8(
    const size_t rows, const uint8_t *a, size_t length, const int8_t *panel, vint sums[TILE_ROWS_I8][2]) {
    const size_t four = 4 * PANEL_WIDTH, half = 4 * LANES;
    for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = (vint)0;
    for (size_t k = 0; k < length; k += CK_INTEGER_STEP, panel += 2 * four) {
        vint left0 = load_weights(panel), right0 = load_weights(panel + half);
        vint left1 = load_weights(panel + four), right1 = load_weights(panel + four + half);
        for (size_t r = 0; r < rows; r++) {
            vint a0 = broadcast_four(a + r * length + k), a1 = broadcast_four(a + r * length + k + 4);
            sums[r][0] = multiply_add_fours(sums[r][0], a0, left0, a1, left1);
            sums[r][1] = multiply_add_fours(sums[r][1], a0, right0, a1, right1);
        }
    }
}

#define TILE_CASE_I8(ROWS)                                                                       \
    case ROWS:                                                                                   \
        tile_i8(ROWS, a, length, panel, sums);                                                   \
        break

INLINE void tile_of_rows_i8(
    size_t rows, const uint8_t *a, size_t length, const int8_t *panel, vint sums[TILE_ROWS_I8][2]) {
    switch (rows) {
        TILE_CASE_I8(1);
        TILE_CASE_I8(2);
        TILE_CASE_I8(3);
        TILE_CASE_I8(4);
#if TILE_ROWS_I8 > 4
        TILE_CASE_I8(5);
        TILE_CASE_I8(6);
        TILE_CASE_I8(7);
        TILE_CASE_I8(8);
#endif
    }
}

// What turns the sums of LANES outputs into the layer's result.
typedef struct output_ends {
    vfloat scale, sum, bias;
    size_t count;
    bool gelu;
} output_ends;

INLINE vfloat load_outputs(const float *from, size_t count) {
    return count == LANES ? load(from) : load_part(from, count, 0);
}

// Those of the outputs from `first` on, none when there are no more; without sums (NULL) these are zero.
INLINE output_ends ends_of_outputs(
    const float *scales, const float *sums, const float *bias, size_t first, size_t outputs, bool with_gelu) {
    size_t count = outputs > first ? outputs - first : 0;
    if (count > LANES) count = LANES;
    if (count == 0) return (output_ends){splat(0), splat(0), splat(0), 0, with_gelu};
    vfloat sum = sums != NULL ? load_outputs(sums + first, count) : splat(0);
    return (output_ends){
        load_outputs(scales + first, count), sum, load_outputs(bias + first, count), count, with_gelu};
}

INLINE void finish_outputs(vint sums, ck_row_scale row, output_ends ends, float *result) {
    vfloat start = fused(splat(row.offset), ends.sum, ends.bias);
    vfloat value = fused(__builtin_convertvector(sums, vfloat), ends.scale * splat(row.scale), start);
    if (ends.gelu) value = gelu_of(value);
    if (ends.count == LANES) {
        store(result, value);
    } else {
        store_part(result, value, ends.count);
    }
}

// One panel for all rows of a block, so that its weights stay in L1.
static void multiply_panel_i8(
    const uint8_t *a, const ck_row_scale *row_scales, const int8_t *panel, size_t length, output_ends left,
    output_ends right, float *result, size_t result_stride, size_t rows) {
    for (size_t m = 0; m < rows; m += TILE_ROWS_I8) {
        size_t height = rows - m < TILE_ROWS_I8 ? rows - m : TILE_ROWS_I8;
        vint sums[TILE_ROWS_I8][2];
        tile_of_rows_i8(height, a + m * length, length, panel, sums);
        for (size_t r = 0; r < height; r++) {
            float *to = result + (m + r) * result_stride;
            finish_outputs(sums[r][0], row_scales[m + r], left, to);
            if (right.count > 0) finish_outputs(sums[r][1], row_scales[m + r], right, to + LANES);
        }
    }
}

static void matmul_i8(
    const uint8_t *a, const ck_row_scale *row_scales, const int8_t *packed, const float *output_scales,
    const float *output_sums, const float *bias, ck_activation activation, float *result, size_t result_stride,
    size_t rows, size_t inputs, size_t outputs) {
    size_t length = ck_round_up(inputs, CK_INTEGER_STEP);
    bool with_gelu = activation == ck_gelu;
    for (size_t m = 0; m < rows; m += ROW_BLOCK) {
        size_t height = rows - m < ROW_BLOCK ? rows - m : ROW_BLOCK;
        for (size_t n = 0; n < outputs; n += PANEL_WIDTH) {
            multiply_panel_i8(
                a + m * length, row_scales + m, packed + n * length, length,
                ends_of_outputs(output_scales, output_sums, bias, n, outputs, with_gelu),
                ends_of_outputs(output_scales, output_sums, bias, n + LANES, outputs, with_gelu),
                result + m * result_stride + n, result_stride, height);
        }
    }
}
