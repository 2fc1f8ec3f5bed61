import CKernels

/// Room for activations that are rounded to integers on their way into a layer with weights of integers.
struct RoundedRows {
    /// (rows, inputs rounded up to a multiple of `step`); used with 8-bit weights.
    private(set) var bytes = AlignedBuffer<UInt8>(count: 0)
    /// (rows); used with 8-bit weights.
    private(set) var byteScales = AlignedBuffer<ck_row_scale>(count: 0)
    /// One row, (inputs); used with 8-bit weights.
    private(set) var rotated = FloatBuffer(count: 0)
    /// (rows, inputs rounded up to a multiple of `step`); used with 16-bit weights.
    private(set) var words = AlignedBuffer<Int16>(count: 0)
    /// (rows); used with 16-bit weights.
    private(set) var wordScales = FloatBuffer(count: 0)

    /// What the kernels fill rows up to.
    private static let step = 8

    private static func length(_ inputs: Int) -> Int { (inputs + step - 1) / step * step }

    /// Makes room for `rows` rows of `inputs` numbers each; grows only.
    mutating func reserve(rows: Int, inputs: Int, precision: EmbeddingPrecision) {
        let count = rows * Self.length(inputs)
        switch precision {
        case .fp32: break
        case .int16:
            if count > words.count { words = AlignedBuffer(count: count) }
            if rows > wordScales.count { wordScales = FloatBuffer(count: rows) }
        case .int8:
            if count > bytes.count { bytes = AlignedBuffer(count: count) }
            if rows > byteScales.count { byteScales = AlignedBuffer(count: rows) }
            if inputs > rotated.count { rotated = FloatBuffer(count: inputs) }
        }
    }

    func holdsBytes(rows: Int, inputs: Int) -> Bool {
        rows * Self.length(inputs) <= bytes.count && rows <= byteScales.count && inputs <= rotated.count
    }

    func holdsWords(rows: Int, inputs: Int) -> Bool {
        rows * Self.length(inputs) <= words.count && rows <= wordScales.count
    }
}
