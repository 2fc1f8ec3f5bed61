// Included after vector_matmul.h: what works on whole rows, and the table of all kernels.

static float softmax_exponentials(float *values, size_t count, float scale) {
    if (count == 0) return 0;
    size_t whole = count / LANES * LANES, rest = count - whole;
    float lowest = -__builtin_inff();
    vfloat max = load_part(values + whole, rest, lowest);
    for (size_t i = 0; i < whole; i += LANES) max = __builtin_elementwise_max(max, load(values + i));
    vfloat offset = splat(__builtin_reduce_max(max)), factor = splat(scale), sum = splat(0);
    for (size_t i = 0; i < whole; i += LANES) {
        vfloat e = exp_of((load(values + i) - offset) * factor);
        store(values + i, e);
        sum += e;
    }
    if (rest > 0) {
        vfloat e = exp_of((load_part(values + whole, rest, lowest) - offset) * factor);
        store_part(values + whole, e, rest);
        sum += e;
    }
    return sum_of(sum);
}

static void gelu(float *values, size_t count) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) store(values + i, gelu_of(load(values + i)));
    if (i < count) store_part(values + i, gelu_of(load_part(values + i, count - i, 0)), count - i);
}

// One head, all query rows; q, k and v are columns of the same matrix.
static void attention_head(
    const float *q, const float *k, const float *v, size_t stride, size_t tokens, size_t head_size, float *result,
    size_t result_stride, float *scratch) {
    float *keys = scratch;
    float *values = keys + ck_round_up(tokens, PANEL_WIDTH) * head_size;
    float *scores = values + ck_round_up(head_size, PANEL_WIDTH) * tokens;
    float *sums = scores + CK_ATTENTION_ROWS * tokens;
    float scale = 1 / __builtin_sqrtf((float)head_size);
    pack(k, stride, tokens, head_size, keys);
    pack_transposed(v, stride, head_size, tokens, values);
    for (size_t first = 0; first < tokens; first += CK_ATTENTION_ROWS) {
        size_t rows = tokens - first < CK_ATTENTION_ROWS ? tokens - first : CK_ATTENTION_ROWS;
        float *out = result + first * result_stride;
        matmul(q + first * stride, stride, keys, NULL, ck_identity, scores, tokens, rows, head_size, tokens);
        for (size_t r = 0; r < rows; r++) sums[r] = softmax_exponentials(scores + r * tokens, tokens, scale);
        matmul(scores, tokens, values, NULL, ck_identity, out, result_stride, rows, tokens, head_size);
        // Dividing the few values of the result is cheaper than dividing every weight.
        for (size_t r = 0; r < rows; r++) {
            float factor = 1 / sums[r];
            for (size_t i = 0; i < head_size; i++) out[r * result_stride + i] *= factor;
        }
    }
}

static void attention(
    const float *qkv, size_t tokens, size_t heads, size_t head_size, float *result, float *scratch) {
    size_t width = heads * head_size;
    for (size_t head = 0; head < heads; head++) {
        const float *q = qkv + head * head_size;
        attention_head(
            q, q + width, q + 2 * width, 3 * width, tokens, head_size, result + head * head_size, width, scratch);
    }
}

static void normalize_row(
    const float *x, const float *residual, const float *gamma, const float *beta, float epsilon, float *result,
    size_t width) {
    size_t whole = width / LANES * LANES;
    vfloat sums = splat(0), squares = splat(0);
    for (size_t i = 0; i < whole; i += LANES) {
        vfloat value = residual != NULL ? load(x + i) + load(residual + i) : load(x + i);
        store(result + i, value);
        sums += value;
    }
    float mean = sum_of(sums);
    for (size_t i = whole; i < width; i++) {
        result[i] = residual != NULL ? x[i] + residual[i] : x[i];
        mean += result[i];
    }
    mean /= (float)width;
    for (size_t i = 0; i < whole; i += LANES) {
        vfloat centred = load(result + i) - splat(mean);
        squares = fused(centred, centred, squares);
    }
    float variance = sum_of(squares);
    for (size_t i = whole; i < width; i++) variance += (result[i] - mean) * (result[i] - mean);
    float factor = 1 / __builtin_sqrtf(variance / (float)width + epsilon);
    for (size_t i = 0; i < whole; i += LANES) {
        vfloat normal = (load(result + i) - splat(mean)) * splat(factor);
        store(result + i, fused(normal, load(gamma + i), load(beta + i)));
    }
    for (size_t i = whole; i < width; i++) result[i] = (result[i] - mean) * factor * gamma[i] + beta[i];
}

static void add_layer_norm(
    const float *x, const float *residual, const float *gamma, const float *beta, float epsilon, float *result,
    size_t rows, size_t width) {
    for (size_t r = 0; r < rows; r++) {
        const float *other = residual != NULL ? residual + r * width : NULL;
        normalize_row(x + r * width, other, gamma, beta, epsilon, result + r * width, width);
    }
}

static void mean_rows(const float *x, size_t rows, size_t width, float *result) {
    for (size_t i = 0; i < width; i++) result[i] = 0;
    if (rows == 0) return;
    for (size_t r = 0; r < rows; r++) {
        for (size_t i = 0; i < width; i++) result[i] += x[r * width + i];
    }
    for (size_t i = 0; i < width; i++) result[i] /= (float)rows;
}

#define CK_TABLE(NAME, SET)                                                                      \
    {                                                                                            \
        .name = NAME, .instruction_set = SET, .panel_width = PANEL_WIDTH, .dot_rows = dot_rows,   \
        .dot_rows_i8 = dot_rows_i8, .pack = pack, .pack_transposed = pack_transposed,            \
        .matmul = matmul, .attention = attention, .add_layer_norm = add_layer_norm, .gelu = gelu, \
        .softmax_exponentials = softmax_exponentials, .mean_rows = mean_rows, .pack_i8 = pack_i8, \
        .quantize_rows = quantize_rows, .matmul_i8 = matmul_i8, .pack_i16 = pack_i16,            \
        .quantize_rows_i16 = quantize_rows_i16, .matmul_i16 = matmul_i16,                        \
    }
