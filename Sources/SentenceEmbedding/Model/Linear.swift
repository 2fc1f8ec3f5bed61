import CKernels

/// A dense layer y = x Wᵀ + b with its weights packed for the chosen kernels.
struct Linear: Sendable {
    let inputs: Int
    let outputs: Int
    private let packed: FloatBuffer
    private let bias: FloatBuffer

    /// - Parameters:
    ///   - weights: layers to stack along the outputs, each of shape (outputs of that layer, inputs).
    ///   - biases: one for each, shape (outputs of that layer).
    init(weights: [FloatTensor], biases: [FloatTensor], inputs: Int, kernels: Kernels) {
        self.inputs = inputs
        outputs = biases.reduce(0) { $0 + $1.values.count }
        let stacked = FloatBuffer(count: inputs * outputs)
        bias = FloatBuffer(count: outputs)
        var row = 0
        for (weight, part) in zip(weights, biases) {
            if let source = weight.values.baseAddress, let partSource = part.values.baseAddress {
                (stacked.start + row * inputs).update(from: source, count: part.values.count * inputs)
                (bias.start + row).update(from: partSource, count: part.values.count)
            }
            row += part.values.count
        }
        packed = FloatBuffer(count: kernels.packedCount(outputs: outputs, inputs: inputs))
        // Nothing else keeps the stacked copy alive while the kernel reads it.
        withExtendedLifetime(stacked) {
            kernels.table.pack(stacked.start, inputs, outputs, inputs, packed.start)
        }
    }

    /// - Parameters:
    ///   - x: shape (rows, inputs).
    ///   - result: shape (rows, outputs).
    func apply(
        _ x: UnsafePointer<Float>, rows: Int, activation: ck_activation = ck_identity,
        result: UnsafeMutablePointer<Float>, kernels: Kernels
    ) {
        kernels.table.matmul(
            x, inputs, packed.start, bias.start, activation, result, outputs, rows, inputs, outputs)
    }
}
