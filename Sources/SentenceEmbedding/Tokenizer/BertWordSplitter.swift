import Foundation

/// Splits text into normalised words as BERT's uncased models expect: control characters dropped, ideographs apart,
/// accents stripped, lower case, punctuation apart.
///
/// Runs of ASCII between white space take a fast path over bytes; only the other runs are decomposed.
struct BertWordSplitter {
    private var word: [UInt8] = []

    /// - Parameters:
    ///   - text: UTF-8.
    ///   - body: gets each word's bytes; returning false ends the split.
    mutating func split(_ text: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Bool) {
        var start = text.startIndex
        while start < text.endIndex {
            var end = start
            var highBits: UInt8 = 0
            while end < text.endIndex, !Self.isSpace(text[end]) {
                highBits |= text[end]
                end += 1
            }
            if end > start {
                let goesOn =
                    highBits < 128 ? splitASCII(text[start..<end], body) : splitUnicode(text[start..<end], body)
                if !goesOn { return }
            }
            start = end + 1
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private mutating func splitASCII(_ run: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Bool) -> Bool {
        word.removeAll(keepingCapacity: true)
        for byte in run {
            switch UnicodeClasses.ascii[Int(byte)] {
            case .dropped, .space: continue
            case .letter:
                let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
                word.append(isUpper ? byte | 0x20 : byte)
            case .punctuation:
                guard flush(body), body([byte]) else { return false }
            }
        }
        return flush(body)
    }

    private mutating func splitUnicode(_ run: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Bool) -> Bool {
        word.removeAll(keepingCapacity: true)
        for scalar in Self.decomposed(run).unicodeScalars {
            // Nonspacing marks are what the decomposition has split off: the accents.
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                if UnicodeClasses.isSpace(lower) {
                    guard flush(body) else { return false }
                } else if UnicodeClasses.isPunctuation(lower) {
                    guard flush(body), body(Array(UTF8.encode(lower).map(Array.init) ?? [])[...]) else { return false }
                } else if let bytes = UTF8.encode(lower) {
                    word.append(contentsOf: bytes)
                }
            }
        }
        return flush(body)
    }

    /// Drops what vanishes, sets ideographs apart, then decomposes canonically (NFD).
    private static func decomposed(_ run: ArraySlice<UInt8>) -> String {
        var cleaned = String.UnicodeScalarView()
        for scalar in String(decoding: run, as: UTF8.self).unicodeScalars where !UnicodeClasses.isDropped(scalar) {
            let apart = UnicodeClasses.isIdeograph(scalar)
            if apart { cleaned.append(" ") }
            cleaned.append(scalar)
            if apart { cleaned.append(" ") }
        }
        return decomposed(cleaned)
    }

    /// Piece by piece: where a text becomes longer, Foundation moves all that follows, and a long run of accents took
    /// minutes. What is behind a mark stays with it, as marks change places.
    private static func decomposed(_ scalars: String.UnicodeScalarView) -> String {
        if scalars.count <= pieceLength { return String(scalars).decomposedStringWithCanonicalMapping }
        var decomposed = ""
        var piece = String.UnicodeScalarView()
        var length = 0
        for scalar in scalars {
            if length >= pieceLength, scalar.properties.canonicalCombiningClass == .notReordered {
                decomposed += String(piece).decomposedStringWithCanonicalMapping
                piece = String.UnicodeScalarView()
                length = 0
            }
            piece.append(scalar)
            length += 1
        }
        return decomposed + String(piece).decomposedStringWithCanonicalMapping
    }

    /// Scalars.
    private static let pieceLength = 1_000

    private mutating func flush(_ body: (ArraySlice<UInt8>) -> Bool) -> Bool {
        if word.isEmpty { return true }
        defer { word.removeAll(keepingCapacity: true) }
        return body(word[...])
    }
}
