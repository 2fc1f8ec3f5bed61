/// A page as a tree of elements and texts, kept as flat lists in the order of the document.
struct HTMLTree: Sendable {
    enum Content: Sendable {
        case element(HTMLElement)
        /// Bytes of ``HTMLTree/text``.
        case text(Range<Int>)
    }

    struct Node: Sendable {
        var content: Content
        /// Position of the first node behind this one that is not inside it.
        var end: Int
    }

    let nodes: [Node]
    /// All texts, in UTF-8.
    let text: [UInt8]

    func element(at index: Int) -> HTMLElement? {
        if case .element(let element) = nodes[index].content { element } else { nil }
    }

    /// The texts inside a node, one after another.
    func text(inside index: Int) -> String {
        var bytes: [UInt8] = []
        for node in nodes[index..<nodes[index].end] {
            if case .text(let range) = node.content { bytes += text[range] }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first element that fits, in the order of the document.
    func first(where fits: (HTMLElement) -> Bool) -> Int? {
        nodes.indices.first { element(at: $0).map(fits) ?? false }
    }
}
