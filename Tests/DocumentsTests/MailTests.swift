import OrderedJSON
import Testing

@testable import Documents

@Suite("Mail in whichever encoding")
struct MailTests {
    /// Headers and text with `|` for line ends, and sender, subject and text of the document.
    static let mails: [(String, [String])] = [
        // A byte order mark, and a character in two words.
        (
            "\u{EF}\u{BB}\u{BF}From: a@e.org|Subject: =?utf-8?B?4g==?=| =?utf-8?Q?=82=AC_5?= more||x",
            ["a@e.org", "€ 5 more", "x"]
        ),
        // Encodings by their labels; several mean more than they say.
        (
            "From: =?ISO-2022-JP?B?GyRCRURDZhsoQg==?= <t@e.jp>|Subject: x|Content-Type: text/plain; charset=ISO-2022-JP||"
                + "\u{1B}$B9bD,\u{1B}(B", ["田中 <t@e.jp>", "x", "高潮"]
        ),
        (
            "From: =?gb18030?B?zfXOsA==?= <w@e.cn>|Subject: =?GB2312?Q?=B3=B1=CF=AB?= =?gb18030?B?lTCOOA==?=|"
                + "Content-Type: text/plain; charset=\"gb18030\"|Content-Transfer-Encoding: base64||1f3O58/fLJUwjjgu",
            ["王伟 <w@e.cn>", "潮汐🚢", "正午线,🚢."]
        ),
        (plain("Shift_JIS") + "\u{87}\u{40}\u{92}\u{AA}", ["a@e.org", "x", "①潮"]),
        (plain("iso-8859-1") + "caf\u{E9} \u{80}", ["a@e.org", "x", "café €"]),
        (plain("us-ascii") + "It\u{92}s", ["a@e.org", "x", "It’s"]),
        (plain("x-none") + "\u{C3}\u{A9}", ["a@e.org", "x", "é"]),
        (plain("ks_c_5601-1987") + "\u{B8}\u{B8}", ["a@e.org", "x", "만"]),
        (plain("big5") + "\u{BC}\u{E9}", ["a@e.org", "x", "潮"]),
        (plain("utf-8") + "\u{FF}a", ["a@e.org", "x", "\u{FFFD}a"]),
        (
            "From: a@e.org|Subject: x|Content-Type: text/plain; charset=utf-16le|Content-Transfer-Encoding: base64||aADpAA==",
            ["a@e.org", "x", "hé"]
        ),
        // Headers as they must not be.
        (
            "From: \"M\u{FC}ller, J\u{C3}\u{B6}rg\" <j@e.org>|Subject: Gr\u{FC}\u{DF}e \"K\u{C3}\u{B6}ln\"||x",
            ["\"Müller, Jörg\" <j@e.org>", "Grüße \"Köln\"", "x"]
        ),
        // Parts.
        (
            mixed("text/plain||one", "image/png|Content-Transfer-Encoding: base64||AAAA", "text/plain||two"),
            ["a@e.org", "x", "one\ntwo"]
        ),
        (
            mixed("text/plain||one", "text/plain|Content-Disposition: attachment; filename=b.txt||two"),
            ["a@e.org", "x", "one"]
        ),
        (mixed("text/html||<p>one</p>", "text/html||<p>two</p>"), ["a@e.org", "x", "one\n\ntwo"]),
        (mixed("message/rfc822||From: b@e.org|Subject: inner||forwarded"), ["a@e.org", "x", "forwarded"]),
        (mixed("text/plain||one", "message/rfc822||From: b@e.org||two"), ["a@e.org", "x", "one"]),
    ]

    private static func plain(_ charset: String) -> String {
        "From: a@e.org|Subject: x|Content-Type: text/plain; charset=\(charset)|Content-Transfer-Encoding: 8bit||"
    }

    private static func mixed(_ parts: String...) -> String {
        "From: a@e.org|Subject: x|Content-Type: multipart/mixed; boundary=b||"
            + parts.map { "--b|Content-Type: \($0)|" }.joined() + "--b--"
    }

    @Test("sender, subject and text", arguments: ["\n", "\r\n"])
    func mail(lineEnd: String) async throws {
        // One run of the program for all of them.
        let box = Self.mails.map { $0.0.replacing("|", with: lineEnd) }.joined(
            separator: "\(lineEnd)\(lineEnd)From x\(lineEnd)")
        let file = UploadedFile(name: "a.mbox", bytes: RawBytes.of(box))
        let conversion = Conversion(file, tools: ConversionFixture().environment.tools)
        let messages = try await MailReader.messages(of: conversion, isMailbox: true, else: .processing)
        #expect(messages.count == Self.mails.count)
        for (message, mail) in zip(messages, Self.mails) {
            #expect([message.from, message.subject, message.body.trimmed] == mail.1)
        }
    }

    @Test(
        "a mailbox of either line end, with lines that only look like the beginning of a mail",
        arguments: ["\n", "\r\n"])
    func mailbox(lineEnd: String) async throws {
        let text = "From a Mon|Subject: one.txt||first||>From here|From there||From b Tue|Subject: two||second|"
        let records = try await ConversionFixture().records("a.mbox", RawBytes.of(text.replacing("|", with: lineEnd)))
        #expect(records.map(\.pageContent) == ["first\n\nFrom here\nFrom there\n\n", "second\n"])
        #expect(records.map(\.metadata["title"]) == ["onetxt.mbox", "two.mbox"])
    }
}
