import Workspaces

/// The report of an import as the terminal shows it.
struct ImportReportText {
    let report: ImportReport
    let isDryRun: Bool

    var text: String {
        let verb = isDryRun ? "to import" : "imported"
        let rows: [(String, ImportReport.Count)] = [
            ("workspaces", report.workspaces), ("threads", report.threads), ("chats", report.chats),
            ("documents", report.documents), ("documents in workspaces", report.placements),
            ("settings", report.settings), ("presets", report.presets), ("prompt variables", report.variables),
            ("API keys", report.keys),
        ]
        var lines = [isDryRun ? "Dry run: nothing has been written." : "Import finished."]
        lines.append(Self.row("", ["found", verb, "there already", "left out"]))
        for (name, count) in rows {
            lines.append(Self.row(name, [count.found, count.imported, count.present, count.left].map(String.init)))
        }
        lines.append(
            "Vectors: \(report.reusedVectors) documents keep theirs, \(report.embedded) "
                + (isDryRun ? "would be embedded again." : "embedded again."))
        for (reason, number) in report.reasons.sorted(by: { $0.key < $1.key }) {
            lines.append("- \(number) × \(reason)")
        }
        lines += report.notes.map { "- " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        let name = name + String(repeating: " ", count: max(0, 24 - name.count))
        return name + cells.map { String(repeating: " ", count: max(1, 15 - $0.count)) + $0 }.joined()
    }
}
