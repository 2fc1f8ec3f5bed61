#ifndef CARREL_CKERNELS_H
#define CARREL_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Numerical kernels for search and sentence embedding, one table of functions per instruction set.
///
/// Matrices are row-major f32; "(rows, columns)" gives a shape, a stride is in elements. No kernel allocates: scratch
/// is the caller's. All pointers may have the natural alignment of their element type.

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// The instruction sets for which a kernel table exists.
typedef enum ck_instruction_set {
    /// Plain C, one number at a time: the reference that every other table is compared with, and the fallback.
    ck_scalar = 0,
    /// AVX2 with FMA: 8 lanes.
    ck_avx2 = 1,
    /// AVX-512 F, BW, DQ, VL: 16 lanes.
    ck_avx512 = 2,
    /// The 16-lane source lowered to AVX2, so that it is tested on a CPU without AVX-512; never chosen for work.
    ck_avx2_wide = 3,
    /// AVX-512 with VNNI: as `ck_avx512`, integer products and sums in one instruction.
    ck_avx512_vnni = 4,
} ck_instruction_set;

/// What a matrix product does with its result.
typedef enum ck_activation {
    ck_identity = 0,
    /// x · Φ(x) with the normal distribution function Φ (Hendrycks and Gimpel, arXiv:1606.08415, the erf form).
    ck_gelu = 1,
} ck_activation;

/// What the integers of one row of activations stand for: scale × integer + offset.
typedef struct ck_row_scale {
    float scale;
    float offset;
} ck_row_scale;

/// The kernels of one instruction set.
typedef struct ck_kernels {
    const char *name;
    ck_instruction_set instruction_set;
    /// Output columns in one packed panel; the layout of packed weights depends on it.
    size_t panel_width;

    /// result[r] = query · rows[r].
    /// query (dimensions), rows (count, dimensions), result (count). A row's result does not depend on its position.
    void (*dot_rows)(
        const float *query, const float *rows, size_t count, size_t dimensions, float *result);

    /// result[r] = Σ query[i] × rows[r][i] in 32-bit integers.
    /// The caller keeps 128 × max|query| × dimensions below 2^31, so that no sum overflows.
    /// query (dimensions), rows (count, dimensions), result (count).
    void (*dot_rows_i8)(
        const int16_t *query, const int8_t *rows, size_t count, size_t dimensions, int32_t *result);

    /// Packs weights (outputs, inputs) into panels: panel p holds for every input the weights of outputs
    /// p × panel_width and following, padded with zeros. packed: `ck_packed_count` elements.
    void (*pack)(const float *weights, size_t stride, size_t outputs, size_t inputs, float *packed);

    /// As `pack`, for a matrix that is stored transposed, (inputs, outputs).
    void (*pack_transposed)(const float *weights, size_t stride, size_t outputs, size_t inputs, float *packed);

    /// result = activation(a × weightsᵀ + bias).
    /// a (rows, inputs), packed from weights (outputs, inputs), bias (outputs) or NULL, result (rows, outputs).
    void (*matmul)(
        const float *a, size_t a_stride, const float *packed, const float *_Nullable bias, ck_activation activation,
        float *result, size_t result_stride, size_t rows, size_t inputs, size_t outputs);

    /// Self-attention of one sequence, all heads: softmax(Q Kᵀ / √head_size) V per head (Vaswani et al. 2017, eq. 1).
    /// qkv (tokens, 3 × heads × head_size): query, key and value side by side; result (tokens, heads × head_size).
    /// scratch: `ck_attention_scratch_count` elements. The score matrix exists only for a block of query rows.
    void (*attention)(
        const float *qkv, size_t tokens, size_t heads, size_t head_size, float *result, float *scratch);

    /// result = layer_norm(x + residual) × gamma + beta, per row, variance over `width` (Ba et al. 2016).
    /// x, residual (or NULL), result (rows, width); gamma, beta (width). result may be x or residual.
    void (*add_layer_norm)(
        const float *x, const float *_Nullable residual, const float *gamma, const float *beta, float epsilon,
        float *result, size_t rows, size_t width);

    /// values[i] = gelu(values[i]); absolute error below 4e-7 × |x|.
    void (*gelu)(float *values, size_t count);

    /// values[i] = exp((values[i] - max) × scale); returns the sum, 0 when count is 0.
    /// Relative error of an exponential below 2e-7; exponents below -87 give 0.
    float (*softmax_exponentials)(float *values, size_t count, float scale);

    /// result = mean of the rows of x (rows, width); zeros when there are no rows.
    void (*mean_rows)(const float *x, size_t rows, size_t width, float *result);

    /// As `pack`, for 8-bit weights (outputs, inputs) in rows without gaps: a panel holds four inputs of each output side
    /// by side. packed: `ck_packed_integer_count` elements.
    void (*pack_i8)(const int8_t *weights, size_t outputs, size_t inputs, int8_t *packed);

    /// Rows of activations as integers of 0...127, each row in its own range: with y the row after the rotation that
    /// `ck_quantize_weights` describes, values = round((y - offset) / scale), half to even. The numbers are the same with
    /// every table.
    /// x (rows, width), values (rows, width rounded up to a multiple of 8, filled up with zeros), scales (rows),
    /// scratch (width).
    void (*quantize_rows)(
        const float *x, size_t stride, size_t rows, size_t width, uint8_t *values, ck_row_scale *scales,
        float *scratch);

    /// result = activation(y × weightsᵀ + bias) for the rows y that the integers stand for.
    /// The sums of integers are exact, so that the result is the same with every table, except for GELU.
    /// a, row_scales from `quantize_rows`; packed from `pack_i8`; output_scales, output_sums (outputs) from
    /// `ck_quantize_weights`; bias (outputs); result (rows, outputs). inputs: at most `ck_integer_inputs()`.
    void (*matmul_i8)(
        const uint8_t *a, const ck_row_scale *row_scales, const int8_t *packed, const float *output_scales,
        const float *output_sums, const float *bias, ck_activation activation, float *result, size_t result_stride,
        size_t rows, size_t inputs, size_t outputs);

    /// As `pack`, for 16-bit weights (outputs, inputs) in rows without gaps: a panel holds two inputs of each output side by
    /// side. packed: `ck_packed_integer_count` elements.
    void (*pack_i16)(const int16_t *weights, size_t outputs, size_t inputs, int16_t *packed);

    /// Rows of activations as integers whose norm is about 32,700: values = round(x / scale), half to even. The numbers are
    /// the same with every table. A row whose norm is below 1e-15 becomes zeros; one whose squares have no finite sum gets
    /// the scale NaN.
    /// x (rows, width), values (rows, width rounded up to a multiple of 8, filled up with zeros), scales (rows).
    void (*quantize_rows_i16)(
        const float *x, size_t stride, size_t rows, size_t width, int16_t *values, float *scales);

    /// result = activation(y × weightsᵀ + bias) for the rows y that the integers stand for.
    /// The sums of integers are exact, so that the result is the same with every table, except for GELU.
    /// a, row_scales from `quantize_rows_i16`; packed from `pack_i16`; output_scales (outputs) from
    /// `ck_quantize_weights_i16`; bias (outputs); result (rows, outputs). inputs: at most `ck_integer_inputs()`.
    void (*matmul_i16)(
        const int16_t *a, const float *row_scales, const int16_t *packed, const float *output_scales,
        const float *bias, ck_activation activation, float *result, size_t result_stride, size_t rows, size_t inputs,
        size_t outputs);
} ck_kernels;

/// The kernels for an instruction set, or NULL when this CPU or build cannot run them.
const ck_kernels *_Nullable ck_kernels_for(ck_instruction_set instruction_set);

/// The fastest kernels that this CPU can run; the CPU is asked once.
const ck_kernels *ck_best_kernels(void);

/// Elements of the packed form of weights (outputs, inputs).
size_t ck_packed_count(const ck_kernels *kernels, size_t outputs, size_t inputs);

/// Elements of the packed form of 8-bit or 16-bit weights (outputs, inputs).
size_t ck_packed_integer_count(const ck_kernels *kernels, size_t outputs, size_t inputs);

/// Inputs that a layer with 8-bit or 16-bit weights may have, so that no sum overflows.
size_t ck_integer_inputs(void);

/// Weights as integers of -64...64 with a scale for each output.
///
/// Each row is first rotated in place: blocks of 128 numbers (or of the largest power of two that divides `inputs`) pass
/// the Walsh-Hadamard transform. It leaves products as they are when the activations pass it too, and spreads the few
/// activations that are far larger than the rest over the block, which would otherwise take all steps of a narrow integer
/// (Ashkboos et al. 2024, QuaRot, arXiv:2404.00456).
/// weights, values (outputs, inputs); scales, sums (outputs): the sums of the weights that the integers stand for.
/// An output with a weight that is not finite gets the scale NaN.
void ck_quantize_weights(
    float *weights, size_t outputs, size_t inputs, int8_t *values, float *scales, float *sums);

/// Weights as 16-bit integers with a scale for each output: the norm of an output's integers is at most 60,000, rounding
/// aside. With the norm of a row of activations its product bounds every sum of products, whichever of them are summed
/// (Cauchy and Schwarz), and stays below 2^31; this uses the 32 bits better than a limit for each number would. The
/// error of a product is about 1e-5 of the product of the norms.
/// weights, values (outputs, inputs); scales (outputs). An output with a weight that is not finite gets the scale NaN.
void ck_quantize_weights_i16(
    const float *weights, size_t outputs, size_t inputs, int16_t *values, float *scales);

/// Elements of scratch that `attention` needs.
size_t ck_attention_scratch_count(const ck_kernels *kernels, size_t tokens, size_t head_size);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#include "ck_search.h"

#endif
