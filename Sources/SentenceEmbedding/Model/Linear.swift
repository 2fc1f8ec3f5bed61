import CKernels

/// A dense layer y = x Wᵀ + b with its weights packed for the chosen kernels.
struct Linear: Sendable {
    let inputs: Int
    let outputs: Int
    private let weights: Weights
    private let bias: FloatBuffer

    private enum Weights: Sendable {
        case floats(FloatBuffer)
        /// One scale an output.
        case words(AlignedBuffer<Int16>, scales: FloatBuffer)
        /// One scale and one sum an output.
        case bytes(AlignedBuffer<Int8>, scales: FloatBuffer, sums: FloatBuffer)
    }

    /// - Parameters:
    ///   - weights: layers to stack along the outputs, each of shape (outputs of that layer, inputs).
    ///   - biases: one for each, shape (outputs of that layer).
    ///   - precision: with integers, `inputs` is at most ``Kernels/integerInputs``.
    init(
        weights: [FloatTensor], biases: [FloatTensor], inputs: Int, precision: EmbeddingPrecision, kernels: Kernels
    ) {
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
        self.weights =
            switch precision {
            case .fp32: Self.pack(stacked, outputs: outputs, inputs: inputs, kernels: kernels)
            case .int16: Self.words(stacked, outputs: outputs, inputs: inputs, kernels: kernels)
            case .int8: Self.bytes(stacked, outputs: outputs, inputs: inputs, kernels: kernels)
            }
    }

    private static func pack(_ stacked: FloatBuffer, outputs: Int, inputs: Int, kernels: Kernels) -> Weights {
        let packed = FloatBuffer(count: kernels.packedCount(outputs: outputs, inputs: inputs))
        // Nothing else keeps the stacked copy alive while the kernel reads it.
        withExtendedLifetime(stacked) {
            kernels.table.pack(stacked.start, inputs, outputs, inputs, packed.start)
        }
        return .floats(packed)
    }

    private static func words(_ stacked: FloatBuffer, outputs: Int, inputs: Int, kernels: Kernels) -> Weights {
        let values = AlignedBuffer<Int16>(count: inputs * outputs)
        let scales = FloatBuffer(count: outputs)
        let packed = AlignedBuffer<Int16>(count: kernels.packedIntegerCount(outputs: outputs, inputs: inputs))
        withExtendedLifetime((stacked, values)) {
            ck_quantize_weights_i16(stacked.start, outputs, inputs, values.start, scales.start)
            kernels.table.pack_i16(values.start, outputs, inputs, packed.start)
        }
        return .words(packed, scales: scales)
    }

    private static func bytes(_ stacked: FloatBuffer, outputs: Int, inputs: Int, kernels: Kernels) -> Weights {
        let values = AlignedBuffer<Int8>(count: inputs * outputs)
        let scales = FloatBuffer(count: outputs)
        let sums = FloatBuffer(count: outputs)
        let packed = AlignedBuffer<Int8>(count: kernels.packedIntegerCount(outputs: outputs, inputs: inputs))
        withExtendedLifetime((stacked, values)) {
            ck_quantize_weights(stacked.start, outputs, inputs, values.start, scales.start, sums.start)
            kernels.table.pack_i8(values.start, outputs, inputs, packed.start)
        }
        return .bytes(packed, scales: scales, sums: sums)
    }

    /// - Parameters:
    ///   - x: shape (rows, inputs).
    ///   - result: shape (rows, outputs).
    ///   - rounded: room for the rounded activations, when the layer is one of integers.
    func apply(
        _ x: UnsafePointer<Float>, rows: Int, activation: ck_activation = ck_identity,
        result: UnsafeMutablePointer<Float>, rounded: RoundedRows, kernels: Kernels
    ) {
        switch weights {
        case .floats(let packed):
            kernels.table.matmul(
                x, inputs, packed.start, bias.start, activation, result, outputs, rows, inputs, outputs)
        case .words(let packed, let scales):
            assert(rounded.holdsWords(rows: rows, inputs: inputs))
            let (values, rowScales) = (rounded.words.start, rounded.wordScales.start)
            kernels.table.quantize_rows_i16(x, inputs, rows, inputs, values, rowScales)
            kernels.table.matmul_i16(
                values, rowScales, packed.start, scales.start, bias.start, activation, result, outputs, rows, inputs,
                outputs)
        case .bytes(let packed, let scales, let sums):
            assert(rounded.holdsBytes(rows: rows, inputs: inputs))
            let (values, rowScales) = (rounded.bytes.start, rounded.byteScales.start)
            kernels.table.quantize_rows(x, inputs, rows, inputs, values, rowScales, rounded.rotated.start)
            kernels.table.matmul_i8(
                values, rowScales, packed.start, scales.start, sums.start, bias.start, activation, result, outputs,
                rows, inputs, outputs)
        }
    }
}
