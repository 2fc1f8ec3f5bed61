import GRDB

/// What ``LexicalTokenizer`` makes of the words of one text.
struct LexicalTokens {
    /// UTF-8.
    let text: UnsafeRawBufferPointer
    /// Texts that are stored, as opposed to queries.
    let isDocument: Bool
    let context: UnsafeMutableRawPointer?
    let emit: FTS5TokenCallback

    /// The parts of a code so far, without the punctuation between them, and where the last one ended.
    private var joined: [UInt8] = []
    private var end: CInt = -1

    /// Bytes; longer ones are no codes.
    private static let longestCode = 64

    init(text: UnsafeRawBufferPointer, isDocument: Bool, context: UnsafeMutableRawPointer?, emit: FTS5TokenCallback) {
        self.text = text
        self.isDocument = isDocument
        self.context = context
        self.emit = emit
    }

    /// - Parameters:
    ///   - word: in lower case; valid during the call.
    ///   - start, end: its bytes in the text.
    /// - Returns: SQLite's result code.
    mutating func accept(_ word: UnsafeRawBufferPointer, flags: CInt, from start: CInt, to end: CInt) -> CInt {
        // No such character has a first byte below 0xE1.
        if word.contains(where: { $0 >= 0xE1 }), WritingRuns.hasUnspaced(word) {
            return acceptUnspaced(word, start, end)
        }
        let code = send(word, flags, start, end)
        if code != 0 || !isDocument { return code }
        return join(word, start, end)
    }

    private func send(_ word: UnsafeRawBufferPointer, _ flags: CInt, _ start: CInt, _ end: CInt) -> CInt {
        emit(context, flags, word.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(word.count), start, end)
    }

    /// Adds the word to the code that it goes on with, if it does.
    private mutating func join(_ word: UnsafeRawBufferPointer, _ start: CInt, _ end: CInt) -> CInt {
        let goesOn = start == self.end + 1 && !joined.isEmpty && Self.isJoint(text[Int(self.end)])
        self.end = end
        if !goesOn {
            joined = Array(word)
            return 0
        }
        joined.append(contentsOf: word)
        guard joined.count <= Self.longestCode, joined.contains(where: Self.isDigit) else { return 0 }
        return joined.withUnsafeBytes { send($0, FTS5TokenFlags.colocated.rawValue, start, end) }
    }

    private static func isJoint(_ byte: UInt8) -> Bool { "-./_".utf8.contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// A word that is, or contains, a run of characters without spaces between words.
    private mutating func acceptUnspaced(_ word: UnsafeRawBufferPointer, _ start: CInt, _ end: CInt) -> CInt {
        joined = []
        for run in WritingRuns.split(String(decoding: word, as: UTF8.self)) {
            let pieces = run.isUnspaced ? Self.pairs(run.text, withLast: isDocument) : [String(run.text)]
            for piece in pieces {
                var piece = piece
                let code = piece.withUTF8 { send(UnsafeRawBufferPointer($0), 0, start, end) }
                if code != 0 { return code }
            }
        }
        return 0
    }

    /// Overlapping pairs of characters; a single character is itself.
    static func pairs(_ run: Substring, withLast: Bool) -> [String] {
        let scalars = Array(run.unicodeScalars)
        if scalars.count == 1 { return [String(run)] }
        var pieces = zip(scalars, scalars.dropFirst()).map { first, second in
            var pair = String.UnicodeScalarView()
            pair.append(first)
            pair.append(second)
            return String(pair)
        }
        if withLast, let last = scalars.last { pieces.append(String(last)) }
        return pieces
    }
}
