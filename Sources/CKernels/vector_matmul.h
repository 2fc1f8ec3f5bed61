// Included after vector_math.h: packing and the register-blocked matrix product.
//
// Blocking after Goto and van de Geijn (ACM TOMS 34(3), 2008): a slice of a weight panel (INPUT_BLOCK × PANEL_WIDTH)
// stays in L1 while the tiles of a block of activations pass over it; that block (ROW_BLOCK × INPUT_BLOCK) stays in L2.

#define PANEL_WIDTH (2 * LANES)
#define INPUT_BLOCK 384
#define ROW_BLOCK 192
// Unrolled, a loop of 16 lanes would hold the activations of four inputs at once, and the registers do not suffice: 37
// instead of 57 billion multiplications a second on a core of Zen 4.
#if LANES == 8
#define UNROLL_INPUTS _Pragma("clang loop unroll_count(4)")
#else
#define UNROLL_INPUTS _Pragma("clang loop unroll(disable)")
#endif

static void pack(const float *weights, size_t stride, size_t outputs, size_t inputs, float *packed) {
    for (size_t first = 0; first < outputs; first += PANEL_WIDTH, packed += PANEL_WIDTH * inputs) {
        const float *row = weights + first * stride;
        size_t width = outputs - first < PANEL_WIDTH ? outputs - first : PANEL_WIDTH;
        // Written in order: storing down the columns of a panel meets the same few sets of the cache again and again.
        for (size_t k = 0; k < inputs; k++) {
            for (size_t c = 0; c < width; c++) packed[k * PANEL_WIDTH + c] = row[c * stride + k];
            for (size_t c = width; c < PANEL_WIDTH; c++) packed[k * PANEL_WIDTH + c] = 0;
        }
    }
}

static void pack_transposed(const float *weights, size_t stride, size_t outputs, size_t inputs, float *packed) {
    for (size_t first = 0; first < outputs; first += PANEL_WIDTH) {
        size_t width = outputs - first < PANEL_WIDTH ? outputs - first : PANEL_WIDTH;
        for (size_t k = 0; k < inputs; k++, packed += PANEL_WIDTH) {
            memcpy(packed, weights + k * stride + first, width * sizeof(float));
            memset(packed + width, 0, (PANEL_WIDTH - width) * sizeof(float));
        }
    }
}

// What happens to a tile before and after its products: the first slice of inputs starts from the bias, later ones from
// what is stored; the last slice applies the activation.
typedef struct tile_ends {
    const float *bias;
    bool first;
    bool gelu;
} tile_ends;

// result (rows, PANEL_WIDTH) += a (rows, inputs) × panel (inputs, PANEL_WIDTH); `rows` is a constant after inlining.
INLINE void tile(
    const size_t rows, const float *a, size_t a_stride, const float *panel, size_t inputs, tile_ends ends,
    float *result, size_t result_stride) {
    vfloat sums[TILE_ROWS][2];
    for (size_t r = 0; r < rows; r++) {
        if (!ends.first) {
            sums[r][0] = load(result + r * result_stride);
            sums[r][1] = load(result + r * result_stride + LANES);
        } else {
            sums[r][0] = ends.bias != NULL ? load(ends.bias) : splat(0);
            sums[r][1] = ends.bias != NULL ? load(ends.bias + LANES) : splat(0);
        }
    }
    UNROLL_INPUTS
    for (size_t k = 0; k < inputs; k++) {
        vfloat left = load(panel + k * PANEL_WIDTH), right = load(panel + k * PANEL_WIDTH + LANES);
        for (size_t r = 0; r < rows; r++) {
            vfloat value = splat(a[r * a_stride + k]);
            sums[r][0] = fused(value, left, sums[r][0]);
            sums[r][1] = fused(value, right, sums[r][1]);
        }
    }
    for (size_t r = 0; r < rows; r++) {
        store(result + r * result_stride, ends.gelu ? gelu_of(sums[r][0]) : sums[r][0]);
        store(result + r * result_stride + LANES, ends.gelu ? gelu_of(sums[r][1]) : sums[r][1]);
    }
}

#define TILE_CASE(ROWS)                                                                          \
    case ROWS:                                                                                   \
        tile(ROWS, a, a_stride, panel, inputs, ends, result, result_stride);                     \
        break

static void tile_of_rows(
    size_t rows, const float *a, size_t a_stride, const float *panel, size_t inputs, tile_ends ends, float *result,
    size_t result_stride) {
    switch (rows) {
        TILE_CASE(1);
        TILE_CASE(2);
        TILE_CASE(3);
        TILE_CASE(4);
        TILE_CASE(5);
        TILE_CASE(6);
#if TILE_ROWS > 6
        TILE_CASE(7);
        TILE_CASE(8);
        TILE_CASE(9);
        TILE_CASE(10);
        TILE_CASE(11);
        TILE_CASE(12);
#endif
    }
}

// A tile at the right edge: computed at full width beside the result, then only the columns that exist are copied.
static void edge_tile(
    size_t rows, size_t columns, const float *a, size_t a_stride, const float *panel, size_t inputs, tile_ends ends,
    float *result, size_t result_stride) {
    float whole[TILE_ROWS * PANEL_WIDTH], bias[PANEL_WIDTH];
    if (ends.bias != NULL) {
        memset(bias, 0, sizeof bias);
        memcpy(bias, ends.bias, columns * sizeof(float));
        ends.bias = bias;
    }
    if (!ends.first) {
        memset(whole, 0, sizeof whole);
        for (size_t r = 0; r < rows; r++) {
            memcpy(whole + r * PANEL_WIDTH, result + r * result_stride, columns * sizeof(float));
        }
    }
    tile_of_rows(rows, a, a_stride, panel, inputs, ends, whole, PANEL_WIDTH);
    for (size_t r = 0; r < rows; r++) {
        memcpy(result + r * result_stride, whole + r * PANEL_WIDTH, columns * sizeof(float));
    }
}

// One slice of the inputs over one block of rows; `packed` points at the slice in the first panel.
static void multiply_slice(
    const float *a, size_t a_stride, const float *packed, size_t panel_size, tile_ends ends, float *result,
    size_t result_stride, size_t rows, size_t inputs, size_t outputs) {
    const float *bias = ends.bias;
    for (size_t n = 0; n < outputs; n += PANEL_WIDTH, packed += panel_size) {
        size_t columns = outputs - n;
        ends.bias = bias != NULL ? bias + n : NULL;
        for (size_t m = 0; m < rows; m += TILE_ROWS) {
            size_t height = rows - m < TILE_ROWS ? rows - m : TILE_ROWS;
            const float *from = a + m * a_stride;
            float *to = result + m * result_stride + n;
            if (columns >= PANEL_WIDTH) {
                tile_of_rows(height, from, a_stride, packed, inputs, ends, to, result_stride);
            } else {
                edge_tile(height, columns, from, a_stride, packed, inputs, ends, to, result_stride);
            }
        }
    }
}

static void matmul(
    const float *a, size_t a_stride, const float *packed, const float *bias, ck_activation activation, float *result,
    size_t result_stride, size_t rows, size_t inputs, size_t outputs) {
    for (size_t m = 0; m < rows; m += ROW_BLOCK) {
        size_t height = rows - m < ROW_BLOCK ? rows - m : ROW_BLOCK;
        size_t k = 0;
        // Runs once for no inputs too: the result is then the activation of the bias.
        do {
            size_t depth = inputs - k < INPUT_BLOCK ? inputs - k : INPUT_BLOCK;
            tile_ends ends = {bias, k == 0, activation == ck_gelu && k + depth == inputs};
            multiply_slice(
                a + m * a_stride + k, a_stride, packed + k * PANEL_WIDTH, inputs * PANEL_WIDTH, ends,
                result + m * result_stride, result_stride, height, depth, outputs);
            k += depth;
        } while (k < inputs);
    }
}
