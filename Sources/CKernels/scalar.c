#include "kernel_tables.h"

#include <math.h>
#include <string.h>

// The reference: each function is the definition written down, one number at a time.

#define PANEL_WIDTH 16

static void dot_rows(const float *query, const float *rows, size_t count, size_t dimensions, float *result) {
    for (size_t r = 0; r < count; r++) {
        float sum = 0;
        for (size_t i = 0; i < dimensions; i++) sum += query[i] * rows[r * dimensions + i];
        result[r] = sum;
    }
}

static void dot_rows_i8(
    const int16_t *query, const int8_t *rows, size_t count, size_t dimensions, int32_t *result) {
    for (size_t r = 0; r < count; r++) {
        int32_t sum = 0;
        for (size_t i = 0; i < dimensions; i++) sum += (int32_t)query[i] * rows[r * dimensions + i];
        result[r] = sum;
    }
}

static void pack_elements(
    const float *weights, size_t output_stride, size_t input_stride, size_t outputs, size_t inputs, float *packed) {
    for (size_t first = 0; first < outputs; first += PANEL_WIDTH) {
        for (size_t k = 0; k < inputs; k++) {
            for (size_t c = 0; c < PANEL_WIDTH; c++) {
                size_t output = first + c;
                *packed++ = output < outputs ? weights[output * output_stride + k * input_stride] : 0;
            }
        }
    }
}

static void pack(const float *weights, size_t stride, size_t outputs, size_t inputs, float *packed) {
    pack_elements(weights, stride, 1, outputs, inputs, packed);
}

static void pack_transposed(const float *weights, size_t stride, size_t outputs, size_t inputs, float *packed) {
    pack_elements(weights, 1, stride, outputs, inputs, packed);
}

static float gelu_of(float x) { return 0.5f * x * (1 + erff(x * 0.70710678f)); }

static void matmul(
    const float *a, size_t a_stride, const float *packed, const float *bias, ck_activation activation, float *result,
    size_t result_stride, size_t rows, size_t inputs, size_t outputs) {
    for (size_t n = 0; n < outputs; n++) {
        const float *column = packed + n / PANEL_WIDTH * PANEL_WIDTH * inputs + n % PANEL_WIDTH;
        for (size_t m = 0; m < rows; m++) {
            float sum = bias != NULL ? bias[n] : 0;
            for (size_t k = 0; k < inputs; k++) sum += a[m * a_stride + k] * column[k * PANEL_WIDTH];
            result[m * result_stride + n] = activation == ck_gelu ? gelu_of(sum) : sum;
        }
    }
}

static float softmax_exponentials(float *values, size_t count, float scale) {
    if (count == 0) return 0;
    float max = values[0], sum = 0;
    for (size_t i = 1; i < count; i++) max = values[i] > max ? values[i] : max;
    for (size_t i = 0; i < count; i++) {
        float exponent = (values[i] - max) * scale;
        values[i] = exponent < -87 ? 0 : expf(exponent);
        sum += values[i];
    }
    return sum;
}

static void attention(
    const float *qkv, size_t tokens, size_t heads, size_t head_size, float *result, float *scores) {
    size_t width = heads * head_size, stride = 3 * width;
    float scale = 1 / sqrtf((float)head_size);
    for (size_t head = 0; head < heads; head++) {
        const float *queries = qkv + head * head_size, *keys = queries + width, *values = keys + width;
        for (size_t q = 0; q < tokens; q++) {
            float *out = result + q * width + head * head_size;
            for (size_t t = 0; t < tokens; t++) {
                scores[t] = 0;
                for (size_t i = 0; i < head_size; i++) scores[t] += queries[q * stride + i] * keys[t * stride + i];
            }
            float sum = softmax_exponentials(scores, tokens, scale);
            memset(out, 0, head_size * sizeof(float));
            for (size_t t = 0; t < tokens; t++) {
                for (size_t i = 0; i < head_size; i++) out[i] += scores[t] / sum * values[t * stride + i];
            }
        }
    }
}

static void add_layer_norm(
    const float *x, const float *residual, const float *gamma, const float *beta, float epsilon, float *result,
    size_t rows, size_t width) {
    for (size_t r = 0; r < rows; r++, x += width, result += width) {
        float mean = 0, variance = 0;
        for (size_t i = 0; i < width; i++) {
            result[i] = residual != NULL ? x[i] + residual[r * width + i] : x[i];
            mean += result[i];
        }
        mean /= (float)width;
        for (size_t i = 0; i < width; i++) variance += (result[i] - mean) * (result[i] - mean);
        float factor = 1 / sqrtf(variance / (float)width + epsilon);
        for (size_t i = 0; i < width; i++) result[i] = (result[i] - mean) * factor * gamma[i] + beta[i];
    }
}

static void gelu(float *values, size_t count) {
    for (size_t i = 0; i < count; i++) values[i] = gelu_of(values[i]);
}

static void mean_rows(const float *x, size_t rows, size_t width, float *result) {
    for (size_t i = 0; i < width; i++) {
        float sum = 0;
        for (size_t r = 0; r < rows; r++) sum += x[r * width + i];
        result[i] = rows == 0 ? 0 : sum / (float)rows;
    }
}

void ck_quantize_weights(
    float *weights, size_t outputs, size_t inputs, int8_t *values, float *scales, float *sums) {
    // Both sides of a product are rotated without the factor 1/√block; the weights' scale makes up for it.
    float share = 1 / (float)(inputs > 0 ? ck_rotation_block(inputs) : 1);
    for (size_t n = 0; n < outputs; n++, weights += inputs, values += inputs) {
        ck_rotate(weights, inputs);
        float largest = 0, total = 0;
        for (size_t k = 0; k < inputs; k++) {
            largest = fmaxf(largest, fabsf(weights[k]));
            total += fabsf(weights[k]);
        }
        float factor = ck_usable_range(largest) ? CK_WEIGHT_LIMIT / largest : 0;
        bool finite = total <= __FLT_MAX__;
        int32_t sum = 0;
        for (size_t k = 0; k < inputs; k++) {
            values[k] = finite ? (int8_t)rintf(weights[k] * factor) : 0;
            sum += values[k];
        }
        scales[n] = finite ? largest / CK_WEIGHT_LIMIT * share : NAN;
        sums[n] = scales[n] * (float)sum;
    }
}

static void pack_i8(const int8_t *weights, size_t outputs, size_t inputs, int8_t *packed) {
    for (size_t first = 0; first < outputs; first += PANEL_WIDTH) {
        for (size_t k = 0; k < ck_round_up(inputs, CK_INTEGER_STEP); k += 4) {
            for (size_t c = 0; c < 4 * PANEL_WIDTH; c++) {
                size_t output = first + c / 4, input = k + c % 4;
                *packed++ = output < outputs && input < inputs ? weights[output * inputs + input] : 0;
            }
        }
    }
}

static void quantize_rows(
    const float *x, size_t stride, size_t rows, size_t width, uint8_t *values, ck_row_scale *scales, float *scratch) {
    size_t length = ck_round_up(width, CK_INTEGER_STEP);
    for (size_t r = 0; r < rows; r++, x += stride, values += length) {
        memcpy(scratch, x, width * sizeof(float));
        ck_rotate(scratch, width);
        float low = width > 0 ? __builtin_inff() : 0, high = -low;
        for (size_t i = 0; i < width; i++) {
            low = fminf(low, scratch[i]);
            high = fmaxf(high, scratch[i]);
        }
        float range = high - low, factor = ck_usable_range(range) ? CK_ACTIVATION_LIMIT / range : 0;
        scales[r] = (ck_row_scale){range / CK_ACTIVATION_LIMIT, low};
        for (size_t i = 0; i < length; i++) {
            values[i] = i < width ? (uint8_t)fmaxf(rintf((scratch[i] - low) * factor), 0) : 0;
        }
    }
}

static void matmul_i8(
    const uint8_t *a, const ck_row_scale *row_scales, const int8_t *packed, const float *output_scales,
    const float *output_sums, const float *bias, ck_activation activation, float *result, size_t result_stride,
    size_t rows, size_t inputs, size_t outputs) {
    size_t length = ck_round_up(inputs, CK_INTEGER_STEP);
    for (size_t n = 0; n < outputs; n++) {
        const int8_t *column = packed + n / PANEL_WIDTH * PANEL_WIDTH * length + 4 * (n % PANEL_WIDTH);
        for (size_t m = 0; m < rows; m++) {
            int32_t sum = 0;
            for (size_t k = 0; k < inputs; k++) {
                sum += (int32_t)a[m * length + k] * column[k / 4 * 4 * PANEL_WIDTH + k % 4];
            }
            float start = fmaf(row_scales[m].offset, output_sums[n], bias[n]);
            float value = fmaf((float)sum, output_scales[n] * row_scales[m].scale, start);
            result[m * result_stride + n] = activation == ck_gelu ? gelu_of(value) : value;
        }
    }
}

// Each output's weights in steps of a scale that keeps the largest number and the norm within their limits.
void ck_quantize_weights_i16(const float *weights, size_t outputs, size_t inputs, int16_t *values, float *scales) {
    for (size_t n = 0; n < outputs; n++, weights += inputs, values += inputs) {
        double largest = 0, squares = 0;
        for (size_t k = 0; k < inputs; k++) {
            largest = fmax(largest, fabs((double)weights[k]));
            squares += (double)weights[k] * weights[k];
        }
        double scale = fmax(largest / CK_WEIGHT_LIMIT_I16, sqrt(squares) / CK_WEIGHT_NORM);
        bool finite = squares <= __DBL_MAX__, usable = finite && scale >= 1e-35;
        for (size_t k = 0; k < inputs; k++) values[k] = usable ? (int16_t)rint(weights[k] / scale) : 0;
        scales[n] = finite ? (float)scale : NAN;
    }
}

static void pack_i16(const int16_t *weights, size_t outputs, size_t inputs, int16_t *packed) {
    for (size_t first = 0; first < outputs; first += PANEL_WIDTH) {
        for (size_t k = 0; k < ck_round_up(inputs, CK_INTEGER_STEP); k += 2) {
            for (size_t c = 0; c < 2 * PANEL_WIDTH; c++) {
                size_t output = first + c / 2, input = k + c % 2;
                *packed++ = output < outputs && input < inputs ? weights[output * inputs + input] : 0;
            }
        }
    }
}

static void quantize_rows_i16(
    const float *x, size_t stride, size_t rows, size_t width, int16_t *values, float *scales) {
    size_t length = ck_round_up(width, CK_INTEGER_STEP);
    for (size_t r = 0; r < rows; r++, x += stride, values += length) {
        float sums[CK_NORM_LANES] = {0};
        for (size_t i = 0; i < width; i++) {
            size_t lane = i % CK_NORM_LANES;
            sums[lane] = fmaf(x[i], x[i], sums[lane]);
        }
        float factor = ck_row_factor(ck_norm_sum(sums), &scales[r]);
        for (size_t i = 0; i < length; i++) {
            values[i] = i < width && factor > 0 ? (int16_t)rintf(x[i] * factor) : 0;
        }
    }
}

static void matmul_i16(
    const int16_t *a, const float *row_scales, const int16_t *packed, const float *output_scales, const float *bias,
    ck_activation activation, float *result, size_t result_stride, size_t rows, size_t inputs, size_t outputs) {
    size_t length = ck_round_up(inputs, CK_INTEGER_STEP);
    for (size_t n = 0; n < outputs; n++) {
        const int16_t *column = packed + n / PANEL_WIDTH * PANEL_WIDTH * length + 2 * (n % PANEL_WIDTH);
        for (size_t m = 0; m < rows; m++) {
            int32_t sum = 0;
            for (size_t k = 0; k < inputs; k++) {
                sum += (int32_t)a[m * length + k] * column[k / 2 * 2 * PANEL_WIDTH + k % 2];
            }
            float value = fmaf((float)sum, output_scales[n] * row_scales[m], bias[n]);
            result[m * result_stride + n] = activation == ck_gelu ? gelu_of(value) : value;
        }
    }
}

const ck_kernels ck_scalar_kernels = {
    .name = "scalar",
    .instruction_set = ck_scalar,
    .panel_width = PANEL_WIDTH,
    .dot_rows = dot_rows,
    .dot_rows_i8 = dot_rows_i8,
    .pack = pack,
    .pack_transposed = pack_transposed,
    .matmul = matmul,
    .attention = attention,
    .add_layer_norm = add_layer_norm,
    .gelu = gelu,
    .softmax_exponentials = softmax_exponentials,
    .mean_rows = mean_rows,
    .pack_i8 = pack_i8,
    .quantize_rows = quantize_rows,
    .matmul_i8 = matmul_i8,
    .pack_i16 = pack_i16,
    .quantize_rows_i16 = quantize_rows_i16,
    .matmul_i16 = matmul_i16,
};
