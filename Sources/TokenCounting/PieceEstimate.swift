/// The expected number of tokens of one piece.
struct PieceEstimate {
    private let words: TokenCosts.Words

    init(language: LanguageGroup) { words = language == .english ? TokenCosts.english : TokenCosts.otherLatin }

    /// - Returns: the cost in hundredths of a token, at least one token.
    func cost(of piece: UnsafeBufferPointer<UInt8>) -> Int {
        guard piece.allSatisfy({ $0 < 0x80 }) else { return mixed(piece) }
        let lead = piece.first.map { Self.isLetter($0) ? 0 : 1 } ?? 0
        let letters = UnsafeBufferPointer(rebasing: piece.dropFirst(lead))
        guard letters.first.map(Self.isLetter) == true else {
            let isNumberOrSpace = piece.allSatisfy { Self.isDigit($0) || Self.isSpace($0) }
            return isNumberOrSpace ? 100 : TokenCosts.signs[piece.count]
        }
        let table = lead == 0 ? words.bare : piece.first == UInt8(ascii: " ") ? words.afterSpace : words.afterSign
        return max(100, latin(letters, table))
    }

    /// Sums the words of `camelCase`; capitals alone have costs of their own.
    private func latin(_ letters: UnsafeBufferPointer<UInt8>, _ table: TokenCosts.ByLength) -> Int {
        if letters.count > 2, letters.allSatisfy(Self.isCapital) { return TokenCosts.capitals[letters.count] }
        var cost = 0
        var start = 0
        for index in 1..<max(letters.count, 1)
        where Self.isCapital(letters[index]) && !Self.isCapital(letters[index - 1]) {
            cost += start == 0 ? table[index] : 105
            start = index
        }
        return cost + (start == 0 ? table[letters.count] : words.bare[letters.count - start])
    }

    private func mixed(_ piece: UnsafeBufferPointer<UInt8>) -> Int {
        let text = String(decoding: piece, as: UTF8.self).unicodeScalars
        var (ascii, cost, accents) = (0, 0, 0)
        for scalar in text {
            if scalar.isASCII {
                ascii += Self.isLetter(UInt8(ascii: scalar)) ? 1 : 0
            } else if (0xC0..<0x250).contains(scalar.value) || (0x1E00..<0x1F00).contains(scalar.value) {
                accents += 1
            } else {
                cost += TokenCosts.cost(of: scalar)
            }
        }
        if accents > 0 {
            cost += TokenCosts.accented[ascii + accents]
        } else if ascii > 0 {
            cost += words.bare[ascii]
        }
        return max(100, cost)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
