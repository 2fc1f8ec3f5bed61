import JavaScriptSemantics
import OrderedJSON

/// The cells of one sheet, and their text (`contract/documents.md` 9.3).
struct SheetGrid: Sendable {
    /// What the format allows; a file that claims more is damaged.
    static let maximumRow = 1_048_576
    static let maximumColumn = 16_384

    let name: String
    /// Where the used range begins, counted from 1, when the file says so.
    var firstRow: Int?
    var firstColumn: Int?
    /// Texts by column, by row, all counted from 1.
    private(set) var rows: [Int: [(column: Int, text: String)]] = [:]

    init(name: String) { self.name = name }

    mutating func set(row: Int, column: Int, _ text: String) {
        guard (1...Self.maximumRow).contains(row), (1...Self.maximumColumn).contains(column) else { return }
        rows[row, default: []].append((column, text))
    }

    /// Rows one a line, cells with commas between them; without what is empty around the used range.
    ///
    /// - Parameter limit: bytes.
    /// - Returns: nil above the limit: a single cell far away makes many commas.
    func text(upTo limit: Int) -> String? {
        let used = rows.filter { $0.value.contains { !$0.text.isEmpty } }
        guard let last = used.keys.max(), let least = used.keys.min() else { return "" }
        let leastColumn = used.values.flatMap { $0.map(\.column) }.min() ?? 1
        let start = firstColumn.map { min($0, leastColumn) } ?? leastColumn
        var text = ""
        let first = firstRow.map { min($0, least) } ?? least
        for row in first...last {
            if row > first { text += "\n" }
            var column = start
            for cell in (used[row] ?? []).sorted(by: { $0.column < $1.column }) where !cell.text.isEmpty {
                if cell.column > column { text += String(repeating: ",", count: cell.column - column) }
                column = max(column, cell.column)
                text += cell.text
            }
            if text.utf8.count > limit { return nil }
        }
        return text
    }

    /// A string cell: in double quotes when it has a comma; quotes and line ends inside stay as they are.
    static func quoted(_ text: String) -> String { text.utf8.contains(UInt8(ascii: ",")) ? "\"\(text)\"" : text }

    /// A number as JavaScript writes it: `42.0` is `42`.
    static func number(_ text: String) -> String { Double(text).map { JavaScriptText.string(.number($0)) } ?? text }

    /// Row and column of a reference such as `AB12`; nil for what is none.
    static func position(_ reference: some StringProtocol) -> (row: Int, column: Int)? {
        let letters = reference.utf8.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        guard (1...3).contains(letters.count), let row = row(reference.dropFirst(letters.count))
        else { return nil }
        return (row, letters.reduce(0) { $0 * 26 + Int($1 - UInt8(ascii: "A")) + 1 })
    }

    /// The number of a row, at most the first one that no sheet has, so that the next can be counted on from any; nil for
    /// what is none.
    static func row(_ text: some StringProtocol) -> Int? {
        guard let row = Int(text), row > 0 else { return nil }
        return min(row, maximumRow + 1)
    }
}

extension SheetGrid {
    /// One document for each sheet that has text (`contract/documents.md` 9.2).
    ///
    /// - Parameter kind: `an xlsx` or the like.
    static func documents(
        _ sheets: [SheetGrid], of conversion: Conversion, kind: String
    ) throws(ConversionRefusal) -> [ConvertedDocument] {
        var documents: [ConvertedDocument] = []
        var taken: Set<String> = []
        var left = conversion.tools.limits.output
        for sheet in sheets {
            guard let text = sheet.text(upTo: left) else {
                throw .tooMuchOutput(conversion.file.name, conversion.tools.limits.output >> 20)
            }
            if text.isEmpty { continue }
            left -= text.utf8.count
            var document = ConvertedDocument(
                text: text, title: "\(conversion.file.name) - Sheet:\(sheet.name)", docAuthor: "Unknown",
                description: "Spreadsheet data from sheet: \(sheet.name)",
                docSource: "\(kind) file uploaded by the user.")
            document.place = .sheet(unique(Slug.document(sheet.name), &taken))
            documents.append(document)
        }
        guard !documents.isEmpty else { throw .noSheets(fileName: conversion.file.name) }
        return documents
    }

    /// Sheets whose names make the same slug get numbers (quirk 15).
    private static func unique(_ slug: String, _ taken: inout Set<String>) -> String {
        let name = FileName.sanitize(slug)
        var candidate = name
        var number = 2
        while !taken.insert(candidate.lowercased()).inserted {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }
}
