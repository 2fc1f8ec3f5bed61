import Testing

@testable import Documents

@Suite("Lines of pages")
struct RightToLeftTests {
    /// As pdftotext writes a line, with `<R`, `<L` and `>` for the marks, and in the order of reading.
    static let lines: [(String, String)] = [
        ("plain", "plain"), ("", ""), ("<Rשלום עולם>", "שלום עולם"),
        // On a page that is mostly left-to-right, from the left end.
        (".<R ספינות>25 ,<Rשלום עולם>", "שלום עולם, 25 ספינות."),
        (".)<R (מס>12.5% <Rהמחיר>", "המחיר 12.5% (מס)."),
        ("the word <R שלום>inside it", "the word שלום inside it"), ("<R ,שלום>then", "שלום, then"),
        // On one that is mostly right-to-left, from the right end.
        ("<Rשלום עולם<L 25 ,>ספינות<L .>>", "שלום עולם, 25 ספינות. "),
        ("<Rהמערכת <L Carrel 2.0>עם <L.Swift>>", "המערכת Carrel 2.0 עם Swift."),
        ("<R<LEnglish, no 5.>>", "English, no 5."), ("<Rשלום <Lin an English line.>>", "in an English line. שלום"),
        // Marks that are not closed or not opened.
        ("a>b<Rשלום", "abשלום"),
    ]

    @Test("the order of reading", arguments: lines)
    func order(marked: String, text: String) {
        let line = marked.replacing("<R", with: "\u{202B}").replacing("<L", with: "\u{202A}").replacing(
            ">", with: "\u{202C}")
        #expect(RightToLeft.text("\(line)\n\n\(line)") == "\(text)\n\n\(text)")
    }

    static let hyphens: [(String, String)] = [
        ("infor-\nmation is\n\nmore", "information is\n\nmore"), ("A-\nB", "A-\nB"), ("1-\na", "1-\na"),
        ("-\na", "-\na"), ("soft\u{AD}\nware", "software"), ("\na", "\na"), ("", ""), ("end-", "end-"),
    ]

    @Test("divided words become one", arguments: hyphens)
    func hyphenation(lines: String, text: String) {
        #expect(Hyphenation.joined(lines) == text)
    }
}
