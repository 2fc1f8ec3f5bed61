import CKernels

/// The kernel tables that this CPU can run beside the scalar reference.
enum KernelCases {
    static let sets: [ck_instruction_set] = [ck_avx2, ck_avx2_wide, ck_avx512, ck_avx512_vnni].filter {
        ck_kernels_for($0) != nil
    }
    /// Around the vector widths, and around the dimensions of the default model.
    static let lengths = [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 383, 384, 385]

    static func table(_ set: ck_instruction_set) -> ck_kernels? { ck_kernels_for(set)?.pointee }
}

/// Repeatable numbers (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }
}
