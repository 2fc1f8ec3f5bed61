/// Makes a tree of what the parser reports.
final class HTMLTreeBuilder {
    /// Elements and texts of one page; a book of a thousand pages in one has some 100,000.
    static let nodeLimit = 500_000
    /// Elements that the parser has open at once. Each end tag looks through them.
    static let openLimit = 4_096
    /// Elements inside one another that are kept as such; what is deeper is kept beside them.
    private static let depthLimit = 256

    private(set) var flaw: HTMLFlaw?
    private var nodes: [HTMLTree.Node] = []
    private var text: [UInt8] = []
    /// Elements that the parser has open.
    private var openCount = 0
    private var open: [(name: String, index: Int)] = []
    /// Elements that are open but not kept.
    private var flattened: [String] = []
    /// Whether nothing has come between the last text and what comes next.
    private var continuesText = false

    /// Elements without content that old parsers do not know as such, and would leave open.
    private static let void: Set<String> = ["source", "track", "wbr", "embed"]

    var tree: HTMLTree {
        for (_, index) in open.reversed() { nodes[index].end = nodes.count }
        open = []
        return HTMLTree(nodes: nodes, text: text)
    }

    func start(_ element: HTMLElement) {
        openCount += 1
        guard openCount <= Self.openLimit else { return stop(.tooDeep) }
        guard open.count < Self.depthLimit else { return flattened.append(element.name) }
        continuesText = false
        guard add(.element(element)), !Self.void.contains(element.name) else { return }
        open.append((element.name, nodes.count - 1))
    }

    func end(_ name: String) {
        openCount -= 1
        if let index = flattened.lastIndex(of: name) {
            flattened.removeSubrange(index...)
            return
        }
        guard let depth = open.lastIndex(where: { $0.name == name }) else { return }
        flattened = []
        continuesText = false
        for (_, index) in open[depth...].reversed() { nodes[index].end = nodes.count }
        open.removeSubrange(depth...)
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        let start = text.count
        text.append(contentsOf: bytes)
        replaceNoBreakSpaces(from: start)
        if continuesText, let last = nodes.indices.last, case .text(let range) = nodes[last].content {
            nodes[last].content = .text(range.lowerBound..<text.count)
        } else {
            continuesText = add(.text(start..<text.count))
        }
    }

    /// With spaces: readers do not see the difference, and searches should not.
    private func replaceNoBreakSpaces(from start: Int) {
        guard text[start...].contains(0xC2) else { return }
        var kept = start
        var index = start
        while index < text.count {
            let isNoBreakSpace = text[index] == 0xC2 && index + 1 < text.count && text[index + 1] == 0xA0
            text[kept] = isNoBreakSpace ? UInt8(ascii: " ") : text[index]
            kept += 1
            index += isNoBreakSpace ? 2 : 1
        }
        text.removeSubrange(kept...)
    }

    private func stop(_ flaw: HTMLFlaw) {
        if self.flaw == nil { self.flaw = flaw }
    }

    private func add(_ content: HTMLTree.Content) -> Bool {
        guard nodes.count < Self.nodeLimit else {
            stop(.tooManyNodes)
            return false
        }
        nodes.append(HTMLTree.Node(content: content, end: nodes.count + 1))
        return true
    }
}
