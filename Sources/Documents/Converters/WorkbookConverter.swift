/// Excel's `.xlsx`: a document for each sheet with text (`contract/documents.md` 9.2 and 9.3).
struct WorkbookConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let refusal = ConversionRefusal.unreadableSheets(fileName: conversion.file.name)
        let archive = try await Archive.read(
            ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/worksheets/*.xml"],
            of: conversion, else: refusal)
        guard archive["xl/workbook.xml"] != nil else { throw refusal }
        let names = archive.members.keys.sorted()
        let pieces = try await Stylesheet.workbook.pieces(
            of: names.compactMap { archive[$0] }, in: conversion, else: refusal)
        let parts = Dictionary(zip(names, PieceGroups.files(pieces))) { first, _ in first }
        let strings = (parts["xl/sharedStrings.xml"] ?? []).filter { $0.kind == "string" }.map {
            EscapedCharacters.decode($0[0])
        }
        let sheets = Self.sheets(parts).map { name, path in Self.grid(name, parts[path] ?? [], strings) }
        return try SheetGrid.documents(sheets, of: conversion, kind: "an xlsx")
    }

    /// Names of the sheets and their parts, in the order of the workbook; chart sheets have none.
    private static func sheets(_ parts: [String: [Stylesheet.Piece]]) -> [(name: String, path: String)] {
        var targets: [String: String] = [:]
        for relation in parts["xl/_rels/workbook.xml.rels"] ?? [] { targets[relation[0]] = path(relation[2]) }
        return (parts["xl/workbook.xml"] ?? []).compactMap { piece in
            guard piece.kind == "sheet", let path = targets[piece[1]], parts[path] != nil else { return nil }
            return (piece[0], path)
        }
    }

    /// Relative to the workbook, or absolute in the package.
    private static func path(_ target: String) -> String {
        target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
    }

    private static func grid(_ name: String, _ pieces: [Stylesheet.Piece], _ strings: [String]) -> SheetGrid {
        var grid = SheetGrid(name: name)
        var (row, column) = (0, 0)
        for piece in pieces {
            switch piece.kind {
            case "range":
                let start = SheetGrid.position(piece[0].prefix { $0 != ":" })
                (grid.firstRow, grid.firstColumn) = (start?.row, start?.column)
            case "row": (row, column) = (SheetGrid.row(piece[0]) ?? row + 1, 0)
            case "cell":
                // A reference may be left out: the cell follows the one before.
                if let position = SheetGrid.position(piece[0]) {
                    (row, column) = position
                } else {
                    column += 1
                }
                grid.set(row: row, column: column, text(piece[1], piece[2], strings))
            default: break
            }
        }
        return grid
    }

    /// The text of a cell by its type (ECMA-376, part 1, 18.18.11); dates are numbers, errors are nothing.
    private static func text(_ type: String, _ value: String, _ strings: [String]) -> String {
        switch type {
        case "s": Int(value).flatMap { strings.indices.contains($0) ? SheetGrid.quoted(strings[$0]) : nil } ?? ""
        case "str", "inlineStr", "d": SheetGrid.quoted(EscapedCharacters.decode(value))
        case "b": value.isEmpty ? "" : value == "0" ? "false" : "true"
        case "e": ""
        default: SheetGrid.number(value)
        }
    }
}
