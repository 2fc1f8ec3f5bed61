/// The value of a `Content-Type` header (RFC 9110, section 8.3).
struct MediaType: Equatable {
    /// Type and subtype in lower case.
    let essence: String
    /// The `charset` parameter in lower case.
    let charset: String?

    init(_ value: String) {
        let parts = value.split(separator: ";").map { $0.trimming(while: \.isWhitespace) }
        essence = parts.first.map { $0.lowercased() } ?? ""
        charset =
            parts.dropFirst().lazy.compactMap { parameter -> String? in
                let pair = parameter.split(separator: "=", maxSplits: 1)
                guard pair.count == 2, pair[0].trimming(while: \.isWhitespace).lowercased() == "charset" else {
                    return nil
                }
                return pair[1].trimming { $0.isWhitespace || $0 == "\"" }.lowercased()
            }.first
    }
}

extension StringProtocol {
    fileprivate func trimming(while condition: (Character) -> Bool) -> SubSequence {
        let head = drop(while: condition)
        guard let last = head.lastIndex(where: { !condition($0) }) else { return head.prefix(0) }
        return head[...last]
    }
}
