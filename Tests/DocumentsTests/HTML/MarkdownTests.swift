import Testing

@testable import Documents

@Suite("Pages as Markdown")
struct MarkdownTests {
    private static func page(_ html: String, at url: String = "https://h.test/a/b") throws -> LinkedPage {
        try HTMLPage(html, url: try WebURL(parsing: url)).markdown
    }

    private static func check(_ html: String, _ expected: String, _ location: SourceLocation = #_sourceLocation) throws
    {
        #expect(try page(html).text == expected, sourceLocation: location)
    }

    /// contract/documents.md 8.3, "scope" and "removed".
    static let scopes: [(String, String)] = [
        ("<p>a</p><main>b</main><article>c</article>", "c"), ("<p>a</p><main>b</main>", "b"),
        ("<p>a</p><div role=main>b</div>", "b"), ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<article>a</article><article>b</article>", "a"), ("<div><article><p>a<p>b</article></div>c", "a\n\nb"),
        ("<nav>x</nav><header>x</header><footer>x</footer><aside>x</aside>a", "a"),
        (
            "a<script>x<b>x</b></script><style>x</style><noscript>x</noscript><iframe>x</iframe><svg><text>x</text></svg>",
            "a"
        ),
        ("<div role=navigation>x</div><div role=BANNER>x</div><div role=contentinfo>x</div>a", "a"),
        ("<p aria-hidden=true>x</p><p aria-hidden=false>a</p><p hidden>x</p>", "a"),
        (
            "<p style='color:red; Display : none'>x</p><p style='visibility:hidden'>x</p><p style='display:block'>a</p>",
            "a"
        ),
        ("a<sup class='x reference'>1</sup><sup class=noprint>2</sup><sup>3</sup>", "a3"),
        (
            "a<div class=reflist>x</div><ol class=references><li>x</ol><div class=refbegin>x</div><p id=References>x</p>",
            "a"
        ),
        ("a<div class=catlinks>x</div><div class='mw-authority-control navbox'>x</div>", "a"),
        ("<html><head><title>t</title></head><body>a</body></html>", "a"), ("<article></article><p>a</p>", ""),
    ]

    @Test("only the main content counts", arguments: scopes)
    func scope(html: String, expected: String) throws { try Self.check(html, expected) }

    static let lines: [(String, String)] = [
        ("<h1>a</h1><h6>b <b>c</b></h6>", "# a\n\n###### b **c**"), ("<p>a\n  b\t c</p>", "a b c"),
        ("a<br>b<br>\n c", "a\nb\nc"),
        ("<p>a<p>b<div>c</div>d", "a\n\nb\n\nc\n\nd"),
        ("<em>a</em> <i>b</i> <strong>c</strong><b> d </b>e", "_a_ _b_ **c** **d** e"),
        ("<b><b>a</b></b><b></b><em> </em>", "**a**"),
        ("<code>a b</code> <code>x`y</code> <code>`z</code>", "`a b` ``x`y`` `` `z ``"),
        ("a<hr>b", "a\n\n---\n\nb"), ("a&nbsp;b &amp; c&lt;d", "a b & c<d"), ("<span>a</span><span>b</span>", "ab"),
        ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"), ("<pre>a\n  b &lt;\n</pre>", "```\na\n  b <\n```"),
        ("<pre><code class='x language-swift'>let a = b[12]\n</code></pre>", "```swift\nlet a = b[12]\n```"),
        ("<pre>a ``` b</pre>", "````\na ``` b\n````"), ("<dl><dt>a<dd>b</dl>", "a\n\nb"),
    ]

    @Test("headings, paragraphs, emphasis, code, quotes", arguments: lines)
    func inline(html: String, expected: String) throws { try Self.check(html, expected) }

    static let lists: [(String, String)] = [
        ("<ul><li>a<li>b</ul>", "- a\n- b"), ("<ol><li>a</li>\n<li>b</li></ol>", "1. a\n2. b"),
        ("<ol start=9><li>a<li>b</ol>", "9. a\n10. b"),
        ("<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", "- a\n  - b\n  - c\n- d"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<ol><li>a<pre>x\ny</pre></ol>", "1. a\n\n   ```\n   x\n   y\n   ```"),
        ("<ul><li></li><li>a</li></ul>", "- a"), ("<li>a</li>", "- a"),
    ]

    @Test("lists", arguments: lists)
    func list(html: String, expected: String) throws { try Self.check(html, expected) }

    static let tables: [(String, String)] = [
        ("<table><tr><th>a<th>b<tr><td>1|2<td><p>x</p><p>y</p></table>", "| a | b |\n| --- | --- |\n| 1\\|2 | x y |"),
        (
            "<table><caption>t</caption><thead><tr><td>a</td><td>b</td></tr></thead><tbody><tr><td>c</td></tr></tbody></table>",
            "t\n\n| a | b |\n| --- | --- |\n| c |  |"
        ),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
        ("<table><tr><td><ul><li>a</ul><td>b<tr><td>c<td>d</table>", "- a\n\nb\n\nc\n\nd"),
    ]

    @Test("tables of data are tables, others what is in them", arguments: tables)
    func table(html: String, expected: String) throws { try Self.check(html, expected) }

    private static let long = String(repeating: "x", count: 200)

    static let links: [(String, String)] = [
        ("<a href=c>x\n y</a>", "[x y](https://h.test/a/c)"),
        ("<a href='/c?d=e'> x </a>y", "[x](https://h.test/c?d=e) y"),
        ("<a href='#f'>x</a>", "[x](https://h.test/a/b#f)"), ("<a href=c></a><a href=c> </a>", ""),
        ("<a href='javascript:f()'>x</a><a>y</a>", "xy"), ("<a href='mailto:a@b.test'>x</a>", "[x](mailto:a@b.test)"),
        ("<a href='/(c'>x</a> <a href='/(d)'>y</a>", "[x](https://h.test/%28c) [y](https://h.test/(d))"),
        ("<a href='/\(long)'>x</a>", "x"), ("<a href=c><div>x</div><div>y</div></a>", "[x y](https://h.test/a/c)"),
        ("<base href='https://o.test/z/'><a href=c>x</a>", "[x](https://o.test/z/c)"),
        ("<img src=c.png alt='A  picture'>", "![A picture](https://h.test/a/c.png)"),
        ("<img src='/p/c%20d.png'>", "![c d.png](https://h.test/p/c%20d.png)"), ("<img alt=x><img src=''>", ""),
        ("<img src='data:image/png;base64,AAAA'>a", "a"), ("<img src='/\(long).png'>a", "a"),
        (
            "<img src='https://img.shields.io/x'><img src='https://coveralls.io/repos/x'><img src='https://github.com/favicon.ico'>",
            ""
        ),
        ("<img src='https://coveralls.io/x.png' alt=k>", "![k](https://coveralls.io/x.png)"),
        ("<a href=c><img src=d.png alt=e></a>", "[![e](https://h.test/a/d.png)](https://h.test/a/c)"),
    ]

    @Test("links and images have absolute addresses", arguments: links)
    func link(html: String, expected: String) throws { try Self.check(html, expected) }

    static let marks: [(String, String)] = [
        ("a[12] b[edit] c[#cite_note-1] d", "a b c d"), ("a[1x] [b] c[]", "a[1x] [b] c[]"),
        ("a<a href='#c'>[3]</a> b", "a b"), ("A <span>[</span><a href='/e'>edit</a><span>]</span>", "A"),
        ("<a href='/2'>2</a>", "[2](https://h.test/2)"), ("<code>a[12]</code> b[12]", "`a[12]` b"), ("a[", "a["),
        ("a[[[12]", "a[["),
    ]

    @Test("marks of citations and editing go, code stays", arguments: marks)
    func mark(html: String, expected: String) throws { try Self.check(html, expected) }

    @Test("the title is told apart, in one line")
    func title() throws {
        #expect(try Self.page("<title> A\n &amp; B </title>c") == LinkedPage(title: "A & B", text: "c"))
        #expect(try Self.page("c").title == nil)
        #expect(try Self.page("<title></title>c").title == nil)
    }

    static let broken: [(String, String)] = [
        ("<p>a</b></i></div>b", "ab"), ("<p a=\"b>c", ""), ("&#0;&#x110000;&bogus;a", "&bogus;a"),
        ("a<!-- b", "a"), ("a\0b", "a b"), ("", ""), ("<wbr>a<wbr>b<source>c", "abc"),
    ]

    @Test("what authors have left broken is read as well as it goes", arguments: broken)
    func repair(html: String, expected: String) throws {
        let text = try Self.page(html).text
        #expect(text.replacing("\u{FFFD}", with: "") == expected || text == expected, "\(text)")
    }

    /// Made to cost time or memory; each is some hundred kilobytes.
    static let hostile: [String] = [
        String(repeating: "<div>", count: 3_000) + "x", String(repeating: "<b>", count: 3_000) + "x",
        String(repeating: "<blockquote>", count: 3_000) + "x", String(repeating: "<ul><li>", count: 1_500) + "x",
        String(repeating: "<table><tr><td>", count: 1_000) + "x", String(repeating: "<a href=x>", count: 10_000) + "x",
        "<table><tr>" + String(repeating: "<td>x", count: 10_000) + String(repeating: "<tr><td>x", count: 10_000),
        String(repeating: "[", count: 100_000) + "x", String(repeating: "`", count: 100_000) + "x",
        "x" + String(repeating: "</b>", count: 100_000), "x<!--" + String(repeating: "-", count: 100_000),
        "x<p a=\"" + String(repeating: "b", count: 100_000), "<p>x" + String(repeating: "&", count: 100_000),
        String(repeating: "<p>x<br>", count: 10_000), "x" + String(repeating: "<", count: 100_000),
    ]

    @Test("pages made to cost much cost little", arguments: hostile.indices)
    func endure(index: Int) throws {
        let text = try Self.page(Self.hostile[index]).text
        #expect(text.utf8.count < 3_000_000)
        #expect(text.contains("x"))
    }

    @Test("too many elements, and elements too deep in one another, are refused")
    func limits() {
        #expect(throws: HTMLFlaw.tooDeep) { try Self.page(String(repeating: "<div>", count: 5_000)) }
        #expect(throws: HTMLFlaw.tooManyNodes) { try Self.page(String(repeating: "a<br>", count: 260_000)) }
        #expect(throws: HTMLFlaw.tooSlow) {
            try HTMLParser.parse(String(repeating: "a", count: 100_000), timeLimit: .zero)
        }
    }
}
