import Foundation
import Storage
import Testing

@testable import Workspaces

@Suite("Variables of a system prompt")
struct PromptVariablesTests {
    private func expand(_ prompt: String, name: String = "Ops") -> String {
        var record = WorkspaceRecord(name: name, slug: "ops", createdAt: 0)
        record.id = 12
        // 2026-03-04 20:30:25 UTC
        return PromptVariables(workspace: Workspace(record), now: 1_772_656_225_000, timeZone: .gmt).expand(prompt)
    }

    @Test(
        "are expanded as documented",
        arguments: [
            ("{time}", "8:30:25 PM"), ("{time_24}", "20:30:25"), ("{date}", "March 4, 2026"),
            ("{datetime}", "Wednesday, March 4, 2026 8:30 PM"), ("{datetime_24}", "2026-03-04 20:30:25"),
            ("Hi {workspace.name} {nope} {user.password}", "Hi Ops {nope} [User password]"),
            ("{workspace.id} {workspace.a.b} {user.id}", "12 [Workspace a] [User id]"),
            ("{} { date } {", "{} { date } {"), ("{time_24}{time_24}", "20:30:2520:30:25"),
        ])
    func expansion(prompt: String, expected: String) {
        #expect(expand(prompt) == expected)
    }

    @Test(
        "dates are those of the zone, at midnight and noon, in leap years and before 1970",
        arguments: [
            (1_709_164_800_000, "UTC", "Thursday, February 29, 2024 12:00 AM"),
            (1_709_208_000_000, "UTC", "Thursday, February 29, 2024 12:00 PM"),
            (1_709_164_800_000, "America/New_York", "Wednesday, February 28, 2024 7:00 PM"),
            (1_711_846_799_999, "Europe/Berlin", "Sunday, March 31, 2024 1:59 AM"),
            (1_711_846_800_000, "Europe/Berlin", "Sunday, March 31, 2024 3:00 AM"),
            (-1, "UTC", "Wednesday, December 31, 1969 11:59 PM"),
        ])
    func zones(now: Int64, zone: String, expected: String) throws {
        let date = PromptDate(now, in: try #require(TimeZone(identifier: zone)))
        #expect(date.dateTime == expected)
    }

    /// Key of an own variable, its value, the prompt and what becomes of it.
    static let own = [
        ("site", "Berlin", "Hi {workspace.name} {nope} {user.password} {site}", "Hi Ops {nope} [User password] Berlin"),
        ("date", "x", "{date}", "March 4, 2026"), ("site", "", "{site}", "{site}"),
        ("site", "$& {date}", "{site}", "$& {date}"),
        ("site", "Berlin {date}", "{site} {site}", "Berlin {date} Berlin {date}"),
    ]

    @Test("own variables are expanded, built-in ones win, empty ones leave the braces", arguments: own)
    func ownVariables(key: String, value: String, prompt: String, expected: String) {
        var record = WorkspaceRecord(name: "Ops", slug: "ops", createdAt: 0)
        record.id = 12
        let variables = PromptVariables(
            workspace: Workspace(record), now: 1_772_656_225_000, timeZone: .gmt, own: { $0 == key ? value : nil })
        #expect(variables.expand(prompt) == expected)
    }

    @Test("braces are paired as a regular expression would")
    func pairs() {
        #expect(PromptVariables.variables(of: "{a}{}{{b}c}{d") == ["a", "{b"])
    }

    @Test("a value with braces is not expanded again unless it equals a later variable")
    func braces() {
        #expect(expand("{workspace.name}", name: "{date}") == "{date}")
    }
}
