import CKernels

/// The kernel table that a model was packed for.
struct Kernels: Sendable {
    /// nonisolated(unsafe): points at a constant table of the C library.
    nonisolated(unsafe) private let pointer: UnsafePointer<ck_kernels>

    var table: ck_kernels { pointer.pointee }

    /// The fastest kernels of this CPU.
    static var best: Kernels { Kernels(pointer: ck_best_kernels()) }

    /// The kernels of one instruction set; nil when this CPU cannot run them.
    static func of(_ set: ck_instruction_set) -> Kernels? { ck_kernels_for(set).map(Kernels.init(pointer:)) }

    func packedCount(outputs: Int, inputs: Int) -> Int { ck_packed_count(pointer, outputs, inputs) }

    func packedIntegerCount(outputs: Int, inputs: Int) -> Int { ck_packed_integer_count(pointer, outputs, inputs) }

    /// Inputs that a layer with 8-bit or 16-bit weights may have.
    static var integerInputs: Int { ck_integer_inputs() }

    func attentionScratchCount(tokens: Int, headSize: Int) -> Int {
        ck_attention_scratch_count(pointer, tokens, headSize)
    }
}
