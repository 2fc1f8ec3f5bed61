import Foundation
import Testing

@testable import LanguageModels

struct UTCTimeTests {
    @Test(
        "moments are those of the calendar, back and forth",
        arguments: [
            (0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
            (1_709_251_199, "20240229T235959Z"), (4_107_542_400, "21000301T000000Z"), (-1, "19691231T235959Z"),
        ])
    func moments(seconds: Int, text: String) {
        let time = UTCTime(unixSeconds: seconds)
        #expect(time.basicDateTime == text)
        #expect(time.unixSeconds == seconds)
    }

    @Test("a thousand days from 1950 to 2130 agree with Foundation")
    func foundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for step in 0..<1000 {
            let seconds = -631_152_000 + step * 5_680_123
            let time = UTCTime(unixSeconds: seconds)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(
                [time.year, time.month, time.day, time.hour, time.minute, time.second]
                    == [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second])
        }
    }
}
