/// Why a rank file cannot be used.
public enum BytePairError: Error, Equatable, CustomStringConvertible {
    /// The line, counted from 1, is not `base64 rank`.
    case badLine(Int)
    /// The ranks are not 0, 1, 2, … in the order of the lines.
    case badRank(line: Int)
    /// One of the 256 single bytes has no rank, so not every text could be encoded.
    case missingByte(UInt8)

    public var description: String {
        switch self {
        case .badLine(let line): "line \(line) of the tokenizer's rank file is not \"base64 rank\""
        case .badRank(let line): "line \(line) of the tokenizer's rank file is out of order"
        case .missingByte(let byte): "the tokenizer's rank file has no token for the byte \(byte)"
        }
    }
}
