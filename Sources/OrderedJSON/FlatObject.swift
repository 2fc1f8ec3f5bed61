/// Looks at the text of a JSON object without reading it into values.
public enum FlatObject {
    /// Calls `body` with every key of an object whose members are texts, whole numbers, booleans and nulls.
    ///
    /// - Returns: whether `json` is exactly what ``JSONWriter`` would write after reading it, so that it can be handed on
    ///   as it is: compact, with the writer's escapes, with no key twice, and flat. False, after some calls or none, for
    ///   everything else, valid or not.
    public static func isCanonical(
        _ json: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) -> Bool {
        var scan = Scan(json: json)
        var keys: [Range<Int>] = []
        keys.reserveCapacity(16)
        guard scan.take("{") else { return false }
        if scan.take("}") { return scan.isAtEnd }
        repeat {
            guard let key = scan.string(), scan.take(":") else { return false }
            let text = UnsafeBufferPointer(rebasing: json[key])
            // Objects have a dozen keys: comparing costs less than hashing.
            for earlier in keys where earlier.count == key.count {
                if text.elementsEqual(json[earlier]) { return false }
            }
            keys.append(key)
            body(text)
            guard scan.value() else { return false }
        } while scan.take(",")
        return scan.take("}") && scan.isAtEnd
    }

    private struct Scan {
        let json: UnsafeBufferPointer<UInt8>
        var index = 0

        var isAtEnd: Bool { index == json.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard index < json.count, json[index] == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        /// The bytes between the quotes; nil for no string, or one that the writer would write otherwise.
        mutating func string() -> Range<Int>? {
            guard take("\"") else { return nil }
            let start = index
            while index < json.count {
                let byte = json[index]
                if byte == UInt8(ascii: "\"") {
                    index += 1
                    return start..<(index - 1)
                }
                if byte < 0x20 { return nil }
                if byte == UInt8(ascii: "\\"), !escape() { return nil }
                index += 1
            }
            return nil
        }

        /// Whether the writer writes this escape; stands on its last byte then.
        private mutating func escape() -> Bool {
            guard index + 1 < json.count else { return false }
            index += 1
            switch json[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return true
            case UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "f"), UInt8(ascii: "r"):
                return true
            default: return false  // The writer has \u00xx for rare control characters only.
            }
        }

        mutating func value() -> Bool {
            guard index < json.count else { return false }
            switch json[index] {
            case UInt8(ascii: "\""): return string() != nil
            case UInt8(ascii: "t"): return word("true")
            case UInt8(ascii: "f"): return word("false")
            case UInt8(ascii: "n"): return word("null")
            default: return integer()
            }
        }

        private mutating func word(_ word: StaticString) -> Bool {
            let count = word.utf8CodeUnitCount
            guard index + count <= json.count,
                json[index..<index + count].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: count))
            else { return false }
            index += count
            return true
        }

        /// At most 15 digits: every such number is a double and is written with all its digits.
        private mutating func integer() -> Bool {
            let isNegative = take("-")
            let start = index
            while index < json.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(json[index]) { index += 1 }
            let count = index - start
            guard (1...15).contains(count) else { return false }
            return json[start] != UInt8(ascii: "0") || count == 1 && !isNegative
        }
    }
}
