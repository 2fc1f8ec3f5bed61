import Foundation
import Testing

@testable import Workspaces

@Suite("Dates on the wire")
struct ISODateTests {
    @Test(
        "are ISO 8601 in UTC with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_772_615_727_481, "2026-03-04T09:15:27.481Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"), (-62_167_219_200_001, "-000001-12-31T23:59:59.999Z"),
            (.max, "+275760-09-13T00:00:00.000Z"), (.min, "-271821-04-20T00:00:00.000Z"),
        ] as [(Int64, String)])
    func text(milliseconds: Int64, expected: String) {
        #expect(ISODate.text(milliseconds) == expected)
    }

    /// From 1600-01-01 on: before October 1582 Foundation counts in the Julian calendar, JavaScript never does.
    @Test("agree with Foundation on days of seven centuries")
    func foundation() {
        for day in stride(from: Int64(-135_140), through: 146_097, by: 97) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            #expect(ISODate.text(day * 86_400_000).prefix(10) == date.formatted(.iso8601.year().month().day()))
        }
    }
}
