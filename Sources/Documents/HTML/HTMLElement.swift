/// An element with those of its attributes that say something about its text.
struct HTMLElement: Sendable {
    /// In small letters.
    let name: String
    private let attributes: [(name: String, value: String)]

    /// Other attributes are not kept: they may be most of a page.
    static let keptAttributes: Set<String> = [
        "alt", "aria-hidden", "class", "hidden", "href", "id", "role", "src", "start", "style",
    ]

    init(name: String, attributes: [(name: String, value: String)] = []) {
        self.name = name
        self.attributes = attributes
    }

    subscript(_ attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

    /// Compared as CSS does: in any case, white space at the ends does not count.
    func attribute(_ attribute: String, is value: String) -> Bool {
        self[attribute].map { $0.trimmingASCIISpace.lowercased() == value } ?? false
    }

    var classes: [Substring] { (self["class"] ?? "").split { $0.isWhitespace } }
}

extension String {
    fileprivate var trimmingASCIISpace: String {
        let isSpace: (Character) -> Bool = { " \t\n\r\u{C}".contains($0) }
        return String(String(drop(while: isSpace).reversed()).drop(while: isSpace).reversed())
    }
}
