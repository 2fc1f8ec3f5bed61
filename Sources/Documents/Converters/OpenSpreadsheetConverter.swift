/// OpenDocument spreadsheets, in the manner of Excel's: a document for each sheet with text.
struct OpenSpreadsheetConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let refusal = ConversionRefusal.unreadableSheets(fileName: conversion.file.name)
        let archive = try await Archive.read(["content.xml"], of: conversion, else: refusal)
        guard let content = archive["content.xml"] else { throw refusal }
        let pieces = try await Stylesheet.openSpreadsheet.pieces(of: [content], in: conversion, else: refusal)
        var sheets: [[Stylesheet.Piece]] = []
        for piece in pieces {
            if piece.kind == "sheet" { sheets.append([]) }
            if !sheets.isEmpty { sheets[sheets.count - 1].append(piece) }
        }
        let limit = conversion.tools.limits.output
        var grids: [SheetGrid] = []
        for sheet in sheets {
            guard let grid = Self.grid(sheet, upTo: limit) else {
                throw .tooMuchOutput(conversion.file.name, limit >> 20)
            }
            grids.append(grid)
        }
        return try SheetGrid.documents(grids, of: conversion, kind: "an ods")
    }

    /// Repeated empty cells and rows fill a sheet up to its border; repeated texts are written out.
    ///
    /// - Returns: nil when that takes more than the limit, bytes.
    private static func grid(_ pieces: [Stylesheet.Piece], upTo limit: Int) -> SheetGrid? {
        var grid = SheetGrid(name: pieces.first?[0] ?? "")
        var (row, next, column) = (0..<0, 1, 1)
        var size = 0
        for piece in pieces.dropFirst() {
            // No more than a sheet has of either, so that the sum with a place in it is a number.
            let repetitions = min(max(1, Int(piece[0]) ?? 1), SheetGrid.maximumRow)
            if piece.kind == "row" {
                row = next..<min(next + repetitions, SheetGrid.maximumRow + 1)
                (next, column) = (row.upperBound, 1)
            } else {
                let text = text(piece)
                let end = min(column + repetitions, SheetGrid.maximumColumn + 1)
                if !text.isEmpty {
                    size += (end - column) * row.count * (text.utf8.count + 16)
                    if size > limit { return nil }
                    for row in row { for column in column..<end { grid.set(row: row, column: column, text) } }
                }
                column = end
            }
        }
        return grid
    }

    /// A number and a truth value as such, an error as nothing (as in Excel's files), everything else as it is shown.
    private static func text(_ cell: Stylesheet.Piece) -> String {
        switch cell[1] {
        case "float", "percentage", "currency": SheetGrid.number(cell[2])
        case "boolean": cell[2]
        case "error": ""
        case "date": cell[2].isEmpty ? SheetGrid.quoted(cell[3]) : cell[2]
        default: SheetGrid.quoted(cell[3])
        }
    }
}
