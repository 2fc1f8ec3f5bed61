/// Sentences that mean nothing but have the words and lengths of English, the same for the same seed.
struct Prose {
    private static let words = """
        the of and to in a is that for it as was with be by on not he this are or his from at which but have an had they \
        you were their one all we can her has there been if more when will would who so no she other its may these what \
        them than some him time into only do could new about two then first any like should also work between people \
        library reader desk catalogue shelf letter volume archive manuscript edition printer paper binding index record \
        history science garden river market winter summer morning engine bridge harbour village council treaty contract \
        delivery supplier invoice payment account budget project meeting schedule decision research experiment result \
        measure pressure temperature energy material surface network server request answer question document passage \
        translation grammar language music theatre painting museum journey railway station mountain forest island coast
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    private var random: RandomSource

    init(seed: UInt64) { random = RandomSource(seed: seed) }

    /// A few words, such as one types into a search box.
    mutating func query() -> String {
        (0..<Int.random(in: 4...8, using: &random)).map { _ in word() }.joined(separator: " ")
    }

    /// Whole sentences.
    ///
    /// - Parameter length: characters; the last sentence goes over it by less than 80.
    mutating func paragraph(atLeast length: Int) -> String {
        var text = ""
        while text.utf8.count < length {
            let sentence = (0..<Int.random(in: 5...8, using: &random)).map { _ in word() }.joined(separator: " ")
            text += (text.isEmpty ? "" : " ") + sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
        }
        return text
    }

    /// Frequent words stand first and come more often, as in any language.
    private mutating func word() -> String {
        let position = random.unit() * random.unit() * Double(Self.words.count)
        return Self.words[Int(position)]
    }
}
