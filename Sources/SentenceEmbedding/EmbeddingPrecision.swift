/// In which numbers the native encoder multiplies.
public enum EmbeddingPrecision: String, Sendable, CaseIterable {
    /// 32-bit floats throughout.
    case fp32
    /// Dense layers with 16-bit weights, one scale an output, and activations rounded to 16 bits, one scale a row and found
    /// as they come (see `ck_quantize_weights_i16`); sums are exact integers. Everything else stays in 32-bit floats.
    /// The vectors' cosine to those of `fp32` is above 0.99999, so that vectors of both may stand side by side.
    case int16
    /// Dense layers with 8-bit weights, one scale an output, and activations rounded to 7 bits, one scale a row and found
    /// as they come, both rotated before (see `ck_quantize_weights`); sums are exact integers. Everything else stays in
    /// 32-bit floats. The vectors' cosine to those of `fp32` is above 0.99.
    case int8
}
