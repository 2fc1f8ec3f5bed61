/// The question of a stream and the answer that belongs to it.
enum StreamQuestion {
    private static let mark = "Stream number "

    static func message(_ number: Int) -> String { "\(mark)\(number)?" }

    static func token(_ index: Int, of number: Int) -> String { "\(number):\(index) " }

    /// - Parameter request: what has come of an HTTP request whose body has the question.
    /// - Returns: the number, once it has come in full; the last one, since history may stand before it.
    static func number(in request: [UInt8]) -> Int? {
        let text = String(decoding: request, as: UTF8.self)
        guard let start = text.ranges(of: mark).last?.upperBound else { return nil }
        let digits = text[start...].prefix { $0.isNumber }
        return text[digits.endIndex...].first == "?" ? Int(digits) : nil
    }
}
