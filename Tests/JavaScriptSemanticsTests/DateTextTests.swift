import Foundation
import JavaScriptSemantics
import OrderedJSON
import Testing
import TestSupport

@Suite("Dates as JavaScript parses them")
struct DateTextTests {
    private let berlin = TimeZone(identifier: "Europe/Berlin")

    @Test(
        "dates without a local part",
        arguments: [
            ("2024-01-02T03:04:05.000Z", 1_704_164_645_000), ("2024-01-02", 1_704_153_600_000),
            ("2024-01", 1_704_067_200_000), ("2024", 1_704_067_200_000), ("1970-01-01T00:00:00Z", 0),
            ("2024-01-02T03:04Z", 1_704_164_640_000), ("2024-01-02T03:04:05.5+01:00", 1_704_161_045_500),
            ("2024-01-02T24:00:00Z", 1_704_240_000_000), ("-000001-01-01T00:00:00Z", -62_198_755_200_000),
            ("+010000-01-01T00:00:00Z", 253_402_300_800_000), ("Tue, 02 Jan 2024 03:04:05 GMT", 1_704_164_645_000),
            ("Tue, 02 Jan 2024 04:04:05 +0100", 1_704_164_645_000), ("Jan 2 2024 3:04:05 AM UTC", 1_704_164_645_000),
            ("Tue Jan 02 2024 04:04:05 GMT+0100 (Central European Standard Time)", 1_704_164_645_000),
            ("2024-01-02 03:04:05Z", 1_704_164_645_000), ("2 January 2024 03:04 EST", 1_704_182_640_000),
            ("2024-01-02T03:04:05+01", nil), ("1/2/2024 03:04 +05:30", 1_704_144_840_000),
            (0, 0), (1_700_000_000_000, 1_700_000_000_000), (1.9, 1), (-1.9, -1), (true, 1),
            (["2024-01-02"], 1_704_153_600_000), (8.64e15, 8_640_000_000_000_000), (8.65e15, nil), (false, nil),
            ("1700000000000", nil), ("5", nil), ("", nil), ([:], nil), (.null, nil), ("garbage", nil),
            ("2024-13-01", nil), ("2024-01-32", nil), ("2024-01-02T25:00:00Z", nil), ("2024-01-02T03:60:00Z", nil),
            ("32 Jan 2024 x", nil), ("Jan 2 2024 13:00 PM", nil), (.number(.infinity), nil), ("12:30", nil),
            ("1:2:3:4:5:6", nil), ("Jan 1 2 3 4", nil),
        ] as [(JSONValue, Int64?)])
    func absolute(_ value: JSONValue, _ expected: Int64?) {
        #expect(DateText.milliseconds(value, timeZone: .gmt) == expected)
    }

    @Test(
        "dates in local time",
        arguments: [
            ("2024-01-02T03:04:05", 1_704_161_045_000), ("March 4, 2026 8:30 PM", 1_772_652_600_000),
            ("Mar 4 2026", 1_772_578_800_000), ("4 Mar 2026 12:00 am", 1_772_578_800_000),
            ("3/4/2026", 1_772_578_800_000), ("2026/3/4", 1_772_578_800_000), ("2026-3-4", 1_772_578_800_000),
            ("Mar 4 26", 1_772_578_800_000), ("Wed Mar 4 2026 (a (nested) comment) 00:00", 1_772_578_800_000),
            ("2026-03-29T02:30:00", 1_774_747_800_000), ("2026-10-25T02:30:00", 1_792_888_200_000),
            ("2024-01-02", 1_704_153_600_000), ("Feb 31 2026", 1_772_492_400_000),
        ] as [(String, Int64)])
    func local(_ text: String, _ expected: Int64) throws {
        let zone = try #require(berlin)
        #expect(DateText.milliseconds(text, timeZone: zone) == expected)
    }

    @Test("no text crashes the parser", arguments: 0..<300)
    func fuzz(_ seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let pieces = [
            "Jan", "12", ":", "2024", "-", "+", " ", "PM", "Z", "(", ")", "T", "99999999999999999999", ".", "5", "é",
        ]
        let text = (0..<12).map { _ in pieces[random.next(pieces.count)] }.joined()
        let result = DateText.milliseconds(text, timeZone: .gmt)
        #expect(result.map { abs(Double($0)) <= DateText.limit } ?? true, "\(text)")
    }
}
