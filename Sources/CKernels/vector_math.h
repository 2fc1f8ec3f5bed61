// Included once by each instruction set's file, after LANES and TILE_ROWS: vector types and elementary functions.
// No include guard and only static functions, because every including file compiles its own copy.

typedef float vfloat __attribute__((ext_vector_type(LANES)));
typedef int32_t vint __attribute__((ext_vector_type(LANES)));
// The same vector at any address of a float.
typedef float vfloat_unaligned __attribute__((ext_vector_type(LANES), aligned(4)));

#define INLINE static inline __attribute__((always_inline))

INLINE vfloat load(const float *p) { return *(const vfloat_unaligned *)p; }
INLINE void store(float *p, vfloat v) { *(vfloat_unaligned *)p = v; }
INLINE vfloat fused(vfloat a, vfloat b, vfloat c) { return __builtin_elementwise_fma(a, b, c); }
INLINE vfloat splat(float x) { return (vfloat)x; }

INLINE float sum_of(vfloat v) {
    float sum[LANES];
    store(sum, v);
    for (size_t width = LANES / 2; width > 0; width /= 2) {
        for (size_t i = 0; i < width; i++) sum[i] += sum[i + width];
    }
    return sum[0];
}

// The first `count` (fewer than LANES) elements, the rest `fill`.
INLINE vfloat load_part(const float *p, size_t count, float fill) {
    float lanes[LANES];
    for (size_t i = 0; i < LANES; i++) lanes[i] = i < count ? p[i] : fill;
    return load(lanes);
}

INLINE void store_part(float *p, vfloat v, size_t count) {
    float lanes[LANES];
    store(lanes, v);
    for (size_t i = 0; i < count; i++) p[i] = lanes[i];
}

// exp(x) for x ≤ 0: x = n ln 2 + r with |r| ≤ ln 2 / 2, the Taylor polynomial of degree 7 for exp(r) (remainder below
// 6e-9), and n added to the exponent bits. ln 2 is split so that n times its upper part is exact. Below -87 the result
// would be subnormal; it becomes 0.
INLINE vfloat exp_of(vfloat x) {
    vint underflow = x < splat(-87.0f);
    x = __builtin_elementwise_max(x, splat(-87.0f));
    vfloat n = __builtin_elementwise_roundeven(x * splat(1.44269504f));
    vfloat r = fused(n, splat(-0.693359375f), x);
    r = fused(n, splat(2.12194440e-4f), r);
    // Pairs of terms first (Estrin's scheme): Horner's chain of eight steps is longer than a CPU looks ahead.
    vfloat square = r * r, fourth = square * square;
    vfloat low = fused(fused(r, splat(1.0f / 6), splat(0.5f)), square, splat(1.0f) + r);
    vfloat high = fused(r, splat(1.0f / 120), splat(1.0f / 24));
    high = fused(fused(r, splat(1.0f / 5040), splat(1.0f / 720)), square, high);
    vfloat p = fused(high, fourth, low);
    vint exponent = (__builtin_convertvector(n, vint) + 127) << 23;
    vfloat result = p * (vfloat)exponent;
    return (vfloat)((vint)result & ~underflow);
}

// x Φ(x) = x / 2 × (1 + erf(x / √2)). erf(z) ≈ z P(z²) / Q(z²) with degrees 5 and 5, fitted on [0, 3.92] for the least
// maximal error by reweighted least squares (1.6e-8 exact, 4e-7 evaluated in f32); beyond 3.92, erf rounds to ±1.
INLINE vfloat gelu_of(vfloat x) {
    vfloat z = x * splat(0.70710678f);
    z = __builtin_elementwise_min(__builtin_elementwise_max(z, splat(-3.92f)), splat(3.92f));
    vfloat s = z * z;
    vfloat p = splat(2.034846501e-6f);
    p = fused(p, s, splat(2.874657608e-4f));
    p = fused(p, s, splat(3.867712151e-3f));
    p = fused(p, s, splat(5.305858652e-2f));
    p = fused(p, s, splat(1.927496440e-1f));
    p = fused(p, s, splat(1.128379023f));
    vfloat q = splat(3.807109077e-5f);
    q = fused(q, s, splat(1.187966349e-3f));
    q = fused(q, s, splat(1.517106535e-2f));
    q = fused(q, s, splat(1.150786691e-1f));
    q = fused(q, s, splat(5.041515955e-1f));
    q = fused(q, s, splat(1.0f));
    vfloat half = x * splat(0.5f);
    return fused(half, z * p / q, half);
}
