import Foundation
import Synchronization

/// The table that a run prints, and the wrong answers that it met.
final class Report: Sendable {
    struct Row {
        var what: String
        var unit: String
        var value: Double
        var peer: Double?
        var peerName = ""
        var budget: Budget?

        var ratio: Double? { peer.flatMap { $0 == 0 ? nil : value / $0 } }
    }

    private struct State {
        var rows: [Row] = []
        var wrong: [String] = []
    }

    private let state = Mutex(State())

    func add(
        _ what: String, _ unit: String, _ value: Double, peer: Double? = nil, named peerName: String = "",
        budget: Budget? = nil
    ) {
        let row = Row(what: what, unit: unit, value: value, peer: peer, peerName: peerName, budget: budget)
        state.withLock { $0.rows.append(row) }
    }

    /// Notes an answer that is not what it must be: the run fails, its figures are worth nothing.
    func wrong(_ message: String) { state.withLock { $0.wrong.append(message) } }

    var hasWrongAnswers: Bool { state.withLock { !$0.wrong.isEmpty } }

    func text(machine: String, isMarkdown: Bool = false) -> String {
        let failures = state.withLock { $0.wrong }.map { "WRONG: \($0)" }
        return (["", machine, ""] + table(isMarkdown: isMarkdown) + (failures.isEmpty ? [] : [""] + failures))
            .joined(separator: "\n")
    }

    /// For a document: when and on what it was measured, and the table in Markdown.
    func readmeTable(machine: String, date: Date) -> String {
        let day = date.formatted(.iso8601.year().month().day())
        return (["Measured on \(day): \(machine).", ""] + table(isMarkdown: true)).joined(separator: "\n")
    }

    private func table(isMarkdown: Bool) -> [String] {
        let head = ["measured", "Carrel", "unit", "peer", "", "ratio", "budget", "met"]
        let cells = [head] + state.withLock { $0.rows }.map(Self.cells)
        let widths = head.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let lines = cells.map { row in
            zip(row, widths).enumerated().map { column, cell in
                Self.pad(cell.0, cell.1, right: [1, 3, 5].contains(column))
            }
            .joined(separator: isMarkdown ? " | " : "  ")
        }
        .map { isMarkdown ? "| \($0) |" : $0 }
        let rule = isMarkdown ? ["|---|---:|---|---:|---|---:|---|---|"] : []
        return lines.prefix(1) + rule + lines.dropFirst()
    }

    private static func cells(_ row: Row) -> [String] {
        let met = row.budget.flatMap { $0.isMet(value: row.value, ratio: row.ratio) }
        return [
            row.what, number(row.value), row.unit, row.peer.map(number) ?? "", row.peerName,
            row.ratio.map { String(format: "%.2f", $0) } ?? "", row.budget?.text ?? "",
            met.map { $0 ? "yes" : "NO" } ?? (row.budget == nil ? "" : "no peer"),
        ]
    }

    private static func pad(_ text: String, _ width: Int, right: Bool) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }

    /// Three or more digits that mean something, none that do not.
    static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(format: "%.0f", value) }
        // Just below 1, where cosines are, what is missing means something: 0.99999975, not 1.000.
        if value > 0.999, value < 1 { return String(format: "%.\(1 - Int(log10(1 - value).rounded(.down)))f", value) }
        let digits = abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : abs(value) >= 1 ? 2 : 3
        return String(format: "%.\(digits)f", value)
    }
}
