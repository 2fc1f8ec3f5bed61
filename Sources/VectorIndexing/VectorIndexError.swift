/// Why an index refuses a vector.
public enum VectorIndexError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The vector has another length than those of the index.
    case dimensionMismatch(expected: Int, found: Int)
    /// The vector of this chunk (nil: the query) has an element that is infinite or not a number.
    case notFinite(id: Int64?)
    /// A stored vector's bytes are not a whole number of 32-bit floats, or are none at all.
    case badLength(id: Int64, bytes: Int)
    /// The system gives no memory for more vectors.
    case noMemory(bytes: Int)

    public var description: String {
        switch self {
        case .dimensionMismatch(let expected, let found):
            "The vector has \(found) dimensions; the index has \(expected)."
        case .notFinite(let id?): "The vector of chunk \(id) has an element that is not a finite number."
        case .notFinite(nil): "The query's vector has an element that is not a finite number."
        case .badLength(let id, let bytes): "The vector of chunk \(id) has \(bytes) bytes, which make no vector."
        case .noMemory(let bytes): "There is no memory for \(bytes) bytes of vectors."
        }
    }
}
