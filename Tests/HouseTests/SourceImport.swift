/// One `import` or `#include` line that reaches another module.
struct SourceImport: Equatable, Sendable {
    let module: String
    let line: Int

    /// The modules that a Swift file imports: access level and attributes before `import`, and a kind such as `struct`
    /// after it, do not hide the name; of `Module.Submodule` and `Module.Type` only the module counts. What stands in a
    /// text of several lines is no import.
    static func inSwift(_ text: String) -> [SourceImport] {
        var isText = false
        return numbered(text).compactMap { number, line in
            if line.ranges(of: "\"\"\"").count % 2 == 1 { isText.toggle() }
            guard !isText else { return nil }
            var words = line.split { $0 == " " || $0 == "\t" }[...]
            while let first = words.first, first.hasPrefix("@") || modifiers.contains(first) { words.removeFirst() }
            guard words.popFirst() == "import" else { return nil }
            if let first = words.first, kinds.contains(first) { words.removeFirst() }
            guard let name = words.first?.prefix(while: { $0 != "." && $0 != ";" }), !name.isEmpty else { return nil }
            return SourceImport(module: String(name), line: number)
        }
    }

    /// The includes of a C file that leave its own folder.
    static func outsideFolder(_ text: String) -> [SourceImport] {
        numbered(text).compactMap { number, line in
            let squeezed = line.filter { $0 != " " && $0 != "\t" }
            guard squeezed.hasPrefix("#include\"../") else { return nil }
            return SourceImport(module: String(squeezed.dropFirst("#include\"".count).dropLast()), line: number)
        }
    }

    private static func numbered(_ text: String) -> [(Int, Substring)] {
        zip(1..., text.split(separator: "\n", omittingEmptySubsequences: false)).map { ($0, $1) }
    }

    private static let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<Substring> = [
        "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]
}
