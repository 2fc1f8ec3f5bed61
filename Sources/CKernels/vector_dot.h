// Included after vector_math.h and `multiply_add_i8`: one query against a block of rows.

// Two accumulators per row hide the latency of the fused multiply-add when only one row is left; four rows at a time
// share the loads of the query. Every row is summed in the same order, wherever it stands.
#define DOT_ROWS 4

INLINE void dot_block(const float *query, const float *rows, const size_t count, size_t dimensions, float *result) {
    vfloat even[DOT_ROWS], odd[DOT_ROWS];
    for (size_t r = 0; r < count; r++) even[r] = odd[r] = splat(0);
    size_t i = 0;
    for (; i + 2 * LANES <= dimensions; i += 2 * LANES) {
        vfloat q0 = load(query + i), q1 = load(query + i + LANES);
        for (size_t r = 0; r < count; r++) {
            const float *row = rows + r * dimensions + i;
            even[r] = fused(q0, load(row), even[r]);
            odd[r] = fused(q1, load(row + LANES), odd[r]);
        }
    }
    for (size_t r = 0; r < count; r++) {
        float sum = sum_of(even[r] + odd[r]);
        for (size_t j = i; j < dimensions; j++) sum += query[j] * rows[r * dimensions + j];
        result[r] = sum;
    }
}

static void dot_rows(const float *query, const float *rows, size_t count, size_t dimensions, float *result) {
    size_t r = 0;
    for (; r + DOT_ROWS <= count; r += DOT_ROWS) {
        dot_block(query, rows + r * dimensions, DOT_ROWS, dimensions, result + r);
    }
    for (; r < count; r++) dot_block(query, rows + r * dimensions, 1, dimensions, result + r);
}

INLINE void dot_block_i8(
    const int16_t *query, const int8_t *rows, const size_t count, size_t dimensions, int32_t *result) {
    const size_t step = 2 * LANES;
    integer_sums sums[DOT_ROWS];
    for (size_t r = 0; r < count; r++) sums[r] = (integer_sums)0;
    size_t i = 0;
    for (; i + step <= dimensions; i += step) {
        for (size_t r = 0; r < count; r++) multiply_add_i8(query + i, rows + r * dimensions + i, &sums[r]);
    }
    for (size_t r = 0; r < count; r++) {
        int32_t sum = __builtin_reduce_add(sums[r]);
        for (size_t j = i; j < dimensions; j++) sum += (int32_t)query[j] * rows[r * dimensions + j];
        result[r] = sum;
    }
}

static void dot_rows_i8(
    const int16_t *query, const int8_t *rows, size_t count, size_t dimensions, int32_t *result) {
    size_t r = 0;
    for (; r + DOT_ROWS <= count; r += DOT_ROWS) {
        dot_block_i8(query, rows + r * dimensions, DOT_ROWS, dimensions, result + r);
    }
    for (; r < count; r++) dot_block_i8(query, rows + r * dimensions, 1, dimensions, result + r);
}
