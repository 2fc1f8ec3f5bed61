import CKernels

/// The kernel tables that this CPU can run beside the scalar reference.
enum KernelCases {
    static let sets: [ck_instruction_set] = [ck_avx2, ck_avx2_wide, ck_avx512].filter { ck_kernels_for($0) != nil }
    /// Around the vector widths, and around the dimensions of the default model.
    static let lengths = [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 383, 384, 385]

    static func table(_ set: ck_instruction_set) -> ck_kernels? { ck_kernels_for(set)?.pointee }
}
