#include "kernel_tables.h"

static bool supported(ck_instruction_set set) {
#if defined(__x86_64__)
    // The builtins read CPUID and XCR0 once and keep the answer; init is needed only before constructors, but is cheap.
    __builtin_cpu_init();
    switch (set) {
    case ck_scalar:
        return true;
    case ck_avx2:
    case ck_avx2_wide:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case ck_avx512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    case ck_avx512_vnni:
        return supported(ck_avx512) && __builtin_cpu_supports("avx512vnni");
    }
    return false;
#else
    return set == ck_scalar;
#endif
}

const ck_kernels *ck_kernels_for(ck_instruction_set set) {
    if (!supported(set)) return NULL;
    switch (set) {
    case ck_scalar:
        return &ck_scalar_kernels;
#if defined(__x86_64__)
    case ck_avx2:
        return &ck_avx2_kernels;
    case ck_avx2_wide:
        return &ck_avx2_wide_kernels;
    case ck_avx512:
        return &ck_avx512_kernels;
    case ck_avx512_vnni:
        return &ck_avx512_vnni_kernels;
#else
    default:
        return NULL;
#endif
    }
    return NULL;
}

const ck_kernels *ck_best_kernels(void) {
    const ck_kernels *best = ck_kernels_for(ck_avx512_vnni);
    if (best == NULL) best = ck_kernels_for(ck_avx512);
    if (best == NULL) best = ck_kernels_for(ck_avx2);
    return best != NULL ? best : &ck_scalar_kernels;
}

size_t ck_packed_count(const ck_kernels *kernels, size_t outputs, size_t inputs) {
    return ck_round_up(outputs, kernels->panel_width) * inputs;
}

size_t ck_packed_integer_count(const ck_kernels *kernels, size_t outputs, size_t inputs) {
    return ck_round_up(outputs, kernels->panel_width) * ck_round_up(inputs, CK_INTEGER_STEP);
}

size_t ck_integer_inputs(void) { return INT32_MAX / (size_t)(CK_ACTIVATION_LIMIT * CK_WEIGHT_LIMIT); }

size_t ck_attention_scratch_count(const ck_kernels *kernels, size_t tokens, size_t head_size) {
    return ck_packed_count(kernels, tokens, head_size) + ck_packed_count(kernels, head_size, tokens)
        + CK_ATTENTION_ROWS * (tokens + 1);
}
