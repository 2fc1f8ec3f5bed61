import Documents
import Testing

@Suite("Slugs")
struct SlugTests {
    @Test(
        "workspace slugs",
        arguments: [
            ("Sales Team", "sales-team"), ("  Sales   Team  ", "sales-team"), ("R&D", "randd"), ("R & D", "r-and-d"),
            ("v1.2 Release!", "v1-dot-2-release-bang"), ("C++ & C#", "c-plus-plus-and-c"),
            ("foo@bar.com", "foo-at-bar-dot-com"), ("a*b", "a-splat-b"), ("100% sure", "100percent-sure"),
            ("$5 <deal>", "dollar5-lessdealgreater"), ("Q1/Q2 plan", "q1q2-plan"), ("time: 10:30", "time-1030"),
            ("(beta) ~x~", "beta-x"), ("it's \"ok\"", "its-ok"), ("it\u{2019}s", "it's"),
            ("\u{201C}Quoted\u{201D}", "\"quoted\""), ("wait\u{2026}", "wait..."), ("a|b", "ab"),
            ("a--b__c", "a-b__c"), ("-lead-trail-", "lead-trail"), ("Übung Straße", "ubung-strasse"),
            ("Привет мир", "privet-mir"), ("Café \u{2014} Bar", "cafe-bar"), ("Café \u{2013} Bar", "cafe-bar"),
            ("a\u{A0}b", "a-b"), ("© 2024", "(c)-2024"), ("元気", "yuan"), ("...", "dot-dot-dot"),
            ("名前 Name 2", "name-2"), ("日本語", ""), ("😀", ""), ("½", ""), ("   ", ""), ("", ""),
            ("e\u{301}te\u{301}", "ete"), ("a\u{3000}b", "a-b"), ("x\u{200B}y\u{85}z", "xyz"), ("5 €", "5-euro"),
            ("/\\#,;?=[]{}^`", ""), ("a \u{2014} ", "a"),
        ])
    func workspace(_ name: String, _ expected: String) { #expect(Slug.workspace(name) == expected) }

    @Test("of a name of a million accents the beginning is looked at", .timeLimit(.minutes(1)))
    func manyAccents() {
        #expect(Slug.workspace(String(repeating: "e\u{301}", count: 1_500_000)) == String(repeating: "e", count: 4_096))
    }

    @Test(
        "thread slugs keep their case",
        arguments: [
            ("Sales Notes", "Sales-Notes"), ("Sales-Notes", "Sales-Notes"), ("v1.2", "v1-dot-2"),
            ("My Thread!", "My-Thread-bang"), ("日本語", ""), ("():~", ""), ("Invoice Questions", "Invoice-Questions"),
        ])
    func thread(_ name: String, _ expected: String) { #expect(Slug.thread(name) == expected) }

    @Test(
        "document slugs keep signs and separate at slashes",
        arguments: [
            ("Q3 Report (final).pdf", "Q3-Report-(final).pdf"), ("a -- b.txt", "a-b.txt"),
            ("profit & loss 10%.csv", "profit-and-loss-10percent.csv"), ("résumé.docx", "resume.docx"),
            ("文档.pdf", ".pdf"), ("a|b", "aorb"), ("a/b/c", "a-b-c"), ("/etc/", "etc"), ("a+b!@'\"~*:_", "a+b!@'\"~*:_"),
            ("résumé 你.txt", "resume-.txt"), ("5€ £ ¥ ¢ ™ • ∞ ♥", "5euro-pound-yen-cent-tm-*-infinity-love"),
        ])
    func document(_ name: String, _ expected: String) {
        #expect(Slug.document(name) == expected)
        #expect(Slug.documentLowercased(name) == expected.lowercased())
    }

    @Test("all 640 entries of the table, and no other unit of its lines")
    func table() {
        var count = 0
        for line in SlugTableData.lines.split(separator: "\n") {
            let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            for code in sides[1].split(separator: " ") {
                guard let scalar = UInt32(code, radix: 16).flatMap(Unicode.Scalar.init) else {
                    Issue.record("\(code) is no code point")
                    continue
                }
                count += 1
                let written = String(sides[0]).replacing(" ", with: "-")
                let expected = written == "-" ? "x-y" : "x\(written)y"
                #expect(Slug.thread("x\(scalar)y") == expected, "U+\(code)")
            }
        }
        #expect(count == 640)
    }
}
