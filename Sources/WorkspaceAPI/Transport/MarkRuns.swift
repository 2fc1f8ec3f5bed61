/// Runs of combining marks, kept as short as Unicode's Stream-Safe Text Format has them (UAX #15, section 13).
///
/// Marks behind one another are put into an order wherever texts are compared, hashed or normalised, which takes quadratic
/// time: 160 KB of them in a query took half a minute. No language has more than a few.
enum MarkRuns {
    private static let limit = 30
    /// Combining grapheme joiner: no mark to put in order, and invisible.
    private static let joiner: Unicode.Scalar = "\u{34F}"

    /// The text with a joiner behind every 30th mark of a run.
    static func bounded(_ text: String) -> String {
        guard mayBeLong(in: text) else { return text }
        var bounded = String.UnicodeScalarView()
        var run = 0
        for scalar in text.unicodeScalars {
            run = isMark(scalar) ? run + 1 : 0
            if run > limit {
                bounded.append(joiner)
                run = 1
            }
            bounded.append(scalar)
        }
        return String(bounded)
    }

    /// Whether there is a mark where one of a longer run would have to be: every 16th scalar is looked at.
    private static func mayBeLong(in text: String) -> Bool {
        // Most texts have no mark at all; none has a first byte below this one.
        guard text.utf8.contains(where: { $0 >= 0xCC }) else { return false }
        var count = 0
        for scalar in text.unicodeScalars {
            count &+= 1
            if count & 15 == 0, isMark(scalar) { return true }
        }
        return false
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
    }
}
