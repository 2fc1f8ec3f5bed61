extension MarkdownWriter {
    /// Gives what an element has become to the element around it.
    mutating func close(_ frame: MarkdownFrame) {
        var frame = frame
        if frame.isInline { return closeInline(frame) }
        if frame.kind != .preformatted { frame.flush() }
        let text = frame.blocks.map(\.text).joined(separator: "\n\n")
        switch frame.kind {
        case .heading(let level):
            if !text.isEmpty { add(String(repeating: "#", count: level) + " " + MarkdownText.collapsed(text)) }
        case .quote:
            if !text.isEmpty { add(MarkdownText.prefixed(text, with: "> ")) }
        case .list:
            let items = frame.blocks.map(\.text).joined(separator: "\n")
            if !items.isEmpty { add(items, isList: true) }
        case .item: closeItem(frame)
        case .preformatted: closePreformatted(frame)
        case .table: closeTable(frame)
        case .row: closeRow(frame)
        case .cell: closeCell(frame)
        case .block, .link, .emphasis, .code: add(frame.blocks)
        }
    }

    private mutating func add(_ blocks: [MarkdownFrame.Block]) {
        // Boxes in boxes in boxes hand on what they have.
        let parent = frames.count - 1
        if frames[parent].blocks.isEmpty { frames[parent].blocks = blocks } else { frames[parent].blocks += blocks }
    }

    private mutating func add(_ text: String, isList: Bool = false) {
        frames[frames.count - 1].blocks.append(MarkdownFrame.Block(text: text, isList: isList))
    }

    /// Spaces at the ends of an element belong to the line around it.
    private mutating func closeInline(_ frame: MarkdownFrame) {
        let parent = frames.count - 1
        let isSeparator = frame.kind == .link(nil)
        let text = isSeparator ? MarkdownText.trimmed(frame.inline) : MarkdownText.collapsed(frame.inline)
        if frame.inline.utf8.first.map({ MarkdownText.isSpace($0) }) ?? false { frames[parent].appendSpace() }
        if !text.isEmpty { frames[parent].inline += Self.written(text, as: frame.kind) }
        if frame.inline.utf8.last.map({ MarkdownText.isSpace($0) }) ?? false { frames[parent].appendSpace() }
    }

    private static func written(_ text: String, as kind: MarkdownFrame.Kind) -> String {
        switch kind {
        case .link(let target?): "[\(text)](\(target))"
        case .emphasis(let mark): mark + text + mark
        case .code: MarkdownText.code(text)
        default: text
        }
    }

    /// Lists inside an item follow its text at once, other blocks after an empty line.
    private mutating func closeItem(_ frame: MarkdownFrame) {
        let list = frames.count - 1
        var marker = "- "
        if case .list(let next?) = frames[list].kind {
            marker = "\(next). "
            frames[list].kind = .list(next: next &+ 1)
        }
        guard let first = frame.blocks.first else { return }
        let body = frame.blocks.dropFirst().reduce(first.text) { $0 + ($1.isList ? "\n" : "\n\n") + $1.text }
        add(marker + MarkdownText.indented(body, by: marker.count), isList: true)
    }

    private mutating func closePreformatted(_ frame: MarkdownFrame) {
        var text = frame.inline.replacing("\r\n", with: "\n")[...]
        if text.first == "\n" { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        if !text.isEmpty { add(MarkdownText.codeBlock(String(text), language: frame.language)) }
    }

    private mutating func closeCell(_ frame: MarkdownFrame) {
        guard let row = frames.lastIndex(where: { $0.kind == .row }) else { return }
        if frames[row].cells.isEmpty { frames[row].cells = [[]] }
        frames[row].cells[0].append(frame.blocks)
    }

    private mutating func closeRow(_ frame: MarkdownFrame) {
        guard let table = frames.lastIndex(where: { $0.kind == .table }) else { return }
        frames[table].cells += frame.cells
        frames[table].blocks += frame.blocks
    }

    /// A table of data as a table; one that only arranges a page as what stands in its cells.
    private mutating func closeTable(_ frame: MarkdownFrame) {
        add(frame.blocks)
        let rows = frame.cells.filter { row in row.contains { !$0.isEmpty } }
        let width = rows.map(\.count).max() ?? 0
        let isData = rows.count > 1 && (2...Self.widthLimit).contains(width)
        guard isData, rows.allSatisfy({ $0.allSatisfy(Self.fitsIntoCell) }) else {
            return add(rows.flatMap { $0 }.flatMap { $0 })
        }
        let lines = rows.map { row in
            let cells = row.map { MarkdownText.cell($0.map(\.text).joined(separator: " ")) }
            return "| " + (cells + Array(repeating: "", count: width - cells.count)).joined(separator: " | ") + " |"
        }
        let ruler = "|" + String(repeating: " --- |", count: width)
        add(([lines[0], ruler] + lines.dropFirst()).joined(separator: "\n"))
    }

    /// Columns; wider ones are no tables to read, and each of their rows would be as wide.
    private static let widthLimit = 64

    private static func fitsIntoCell(_ blocks: [MarkdownFrame.Block]) -> Bool {
        blocks.allSatisfy { !$0.isList && !$0.text.contains("```") && !$0.text.hasPrefix("| ") }
    }
}
