import CKernels

/// Room for activations that are rounded to integers on their way into a layer with 8-bit weights.
struct RoundedRows {
    /// (rows, inputs rounded up to a multiple of `step`).
    private(set) var values = AlignedBuffer<UInt8>(count: 0)
    /// (rows).
    private(set) var scales = AlignedBuffer<ck_row_scale>(count: 0)
    /// One row, (inputs).
    private(set) var rotated = FloatBuffer(count: 0)

    /// What the kernels fill rows up to.
    private static let step = 8

    private static func length(_ inputs: Int) -> Int { (inputs + step - 1) / step * step }

    /// Makes room for `rows` rows of `inputs` numbers each; grows only.
    mutating func reserve(rows: Int, inputs: Int) {
        if rows * Self.length(inputs) > values.count { values = AlignedBuffer(count: rows * Self.length(inputs)) }
        if rows > scales.count { scales = AlignedBuffer(count: rows) }
        if inputs > rotated.count { rotated = FloatBuffer(count: inputs) }
    }

    func holds(rows: Int, inputs: Int) -> Bool {
        rows * Self.length(inputs) <= values.count && rows <= scales.count && inputs <= rotated.count
    }
}
