import OrderedJSON

/// A file of named tensors in the safetensors format: 8 bytes of little-endian header length, a JSON header that gives
/// each tensor's type, shape and place, then the numbers (huggingface.co/docs/safetensors, "Format").
///
/// Everything the header says is checked once, when the file is opened: every tensor lies inside the file, has as many
/// bytes as its shape needs, and the tensors cover the data without gap or overlap.
struct SafetensorsFile: Sendable {
    struct Tensor: Sendable, Equatable {
        var type: ElementType
        var shape: [Int]
        /// Place in the file, in bytes.
        var range: Range<Int>
    }

    enum ElementType: String, Sendable {
        case boolean = "BOOL"
        case unsigned8 = "U8"
        case signed8 = "I8"
        case float8E5M2 = "F8_E5M2"
        case float8E4M3 = "F8_E4M3"
        case signed16 = "I16"
        case unsigned16 = "U16"
        case float16 = "F16"
        case bfloat16 = "BF16"
        case signed32 = "I32"
        case unsigned32 = "U32"
        case float32 = "F32"
        case float64 = "F64"
        case signed64 = "I64"
        case unsigned64 = "U64"

        var byteCount: Int {
            switch self {
            case .boolean, .unsigned8, .signed8, .float8E5M2, .float8E4M3: 1
            case .signed16, .unsigned16, .float16, .bfloat16: 2
            case .signed32, .unsigned32, .float32: 4
            case .float64, .signed64, .unsigned64: 8
            }
        }
    }

    /// The format's own limit for the header.
    static let maximumHeaderLength = 100_000_000

    let file: MappedFile
    let tensors: [String: Tensor]

    /// - Throws: `badModel` naming the file and the first fault.
    init(path: String) throws(EmbeddingError) {
        file = try MappedFile(path: path)
        tensors = try file.withBytes { bytes throws(EmbeddingError) in
            try HeaderReader(path: path, bytes: bytes).read()
        }
    }

    /// A tensor of 32-bit floats of exactly this shape.
    ///
    /// - Throws: `badModel` when it is not there, has another type or another shape.
    func floats(_ name: String, shape: [Int]) throws(EmbeddingError) -> FloatTensor {
        guard let tensor = tensors[name] else {
            throw EmbeddingError(.badModel, "The model file \(file.path) has no tensor \(name).")
        }
        guard tensor.type == .float32 else {
            throw EmbeddingError(
                .badModel, "The model file \(file.path): \(name) is \(tensor.type.rawValue), expected F32.")
        }
        guard tensor.shape == shape else {
            throw EmbeddingError(
                .badModel, "The model file \(file.path): \(name) has the shape \(tensor.shape), expected \(shape).")
        }
        return FloatTensor(file: file, range: tensor.range)
    }
}

extension SafetensorsFile {
    /// Reads and checks the header.
    private struct HeaderReader {
        let path: String
        let bytes: UnsafeRawBufferPointer

        func fault(_ what: String) -> EmbeddingError {
            EmbeddingError(.badModel, "The model file \(path) is not a sound safetensors file: \(what).")
        }

        func read() throws(EmbeddingError) -> [String: Tensor] {
            guard bytes.count >= 8 else { throw fault("\(bytes.count) bytes are too few for the header's length") }
            let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
            guard length <= UInt64(maximumHeaderLength), length <= UInt64(bytes.count - 8) else {
                throw fault("the header's length is \(length), the file has \(bytes.count) bytes")
            }
            let dataStart = 8 + Int(length)
            guard let members = try header(bytes[8..<dataStart]) else { throw fault("the header is not an object") }
            var tensors: [String: Tensor] = [:]
            for member in members where member.key != "__metadata__" {
                tensors[member.key] = try tensor(member.key, member.value, dataStart: dataStart)
            }
            try checkCoverage(tensors, dataStart: dataStart)
            return tensors
        }

        func header(_ slice: Slice<UnsafeRawBufferPointer>) throws(EmbeddingError) -> JSONObject? {
            do {
                return try JSONParser.parse(slice).objectValue
            } catch {
                throw fault("the header is not JSON (\(error))")
            }
        }

        func tensor(_ name: String, _ value: JSONValue, dataStart: Int) throws(EmbeddingError) -> Tensor {
            guard let type = value["dtype"]?.stringValue.flatMap(ElementType.init(rawValue:)) else {
                throw fault("\(name) has no known dtype")
            }
            guard let shape = integers(value["shape"]), let offsets = integers(value["data_offsets"]),
                offsets.count == 2
            else { throw fault("\(name) has no sound shape and data_offsets") }
            let dataCount = bytes.count - dataStart
            guard offsets[0] <= offsets[1], offsets[1] <= dataCount else {
                throw fault("\(name) ends at byte \(offsets[1]) of \(dataCount); the file is truncated or damaged")
            }
            var size = type.byteCount
            for dimension in shape {
                let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
                guard !overflow else { throw fault("\(name) has the impossible shape \(shape)") }
                size = product
            }
            guard size == offsets[1] - offsets[0] else {
                throw fault("\(name) of shape \(shape) needs \(size) bytes and has \(offsets[1] - offsets[0])")
            }
            return Tensor(type: type, shape: shape, range: dataStart + offsets[0]..<dataStart + offsets[1])
        }

        func integers(_ value: JSONValue?) -> [Int]? {
            guard let items = value?.arrayValue else { return nil }
            let integers = items.compactMap(\.integerValue).filter { $0 >= 0 }
            return integers.count == items.count ? integers : nil
        }

        func checkCoverage(_ tensors: [String: Tensor], dataStart: Int) throws(EmbeddingError) {
            var end = dataStart
            let ranges = tensors.values.map(\.range).sorted {
                ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
            }
            for range in ranges {
                guard range.lowerBound == end else {
                    throw fault("the tensors overlap or leave a gap at byte \(min(end, range.lowerBound) - dataStart)")
                }
                end = range.upperBound
            }
            guard end == bytes.count else { throw fault("\(bytes.count - end) bytes at the end belong to no tensor") }
        }
    }
}
