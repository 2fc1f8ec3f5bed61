/// Which part of a page is its content (`contract/documents.md` 8.3).
enum MainContent {
    /// The first `article`, else the first `main`, else the first element with that role; nil for the whole page.
    static func scope(of tree: HTMLTree) -> Int? {
        tree.first { $0.name == "article" } ?? tree.first { $0.name == "main" }
            ?? tree.first { $0.attribute("role", is: "main") }
    }

    /// Whether an element and all in it is left out: navigation, what is not shown, and lists of references.
    static func isRemoved(_ element: HTMLElement) -> Bool {
        if removedNames.contains(element.name) || element["hidden"] != nil { return true }
        if element.attribute("aria-hidden", is: "true") { return true }
        if let role = element["role"], removedRoles.contains(role.lowercased()) { return true }
        return isInvisible(element) || isCitation(element)
    }

    private static func isInvisible(_ element: HTMLElement) -> Bool {
        guard let style = element["style"] else { return false }
        let rules = style.lowercased().filter { !$0.isWhitespace }
        return rules.contains("display:none") || rules.contains("visibility:hidden")
    }

    private static func isCitation(_ element: HTMLElement) -> Bool {
        if element["id"] == "References" { return true }
        let classes = element.classes
        if element.name == "sup", classes.contains("reference") || classes.contains("noprint") { return true }
        return classes.contains { removedClasses.contains(String($0)) }
    }

    private static let removedNames: Set<String> = [
        "script", "style", "noscript", "nav", "footer", "header", "aside", "iframe", "svg",
        // Not shown either; the title is told apart.
        "head", "title", "template",
    ]
    private static let removedRoles: Set<String> = ["navigation", "banner", "contentinfo"]
    private static let removedClasses: Set<String> = [
        "reflist", "references", "refbegin", "catlinks", "mw-authority-control",
    ]
}
