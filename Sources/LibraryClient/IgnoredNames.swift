/// Names of files and folders that programs make for themselves while they work, and that nobody wants to search.
enum IgnoredNames {
    private static let endings = [
        "~", ".bak", ".crdownload", ".download", ".filepart", ".lock", ".part", ".partial", ".swo", ".swp", ".swx",
        ".temp", ".tmp",
    ]
    /// Of open documents: LibreOffice's locks begin with a dot, as all hidden files do.
    private static let beginnings = [".", "~$", "#"]
    private static let whole: Set<String> = ["Thumbs.db", "desktop.ini", "lost+found", "node_modules", "__pycache__"]

    /// - Parameter name: without its folder.
    static func contains(_ name: String) -> Bool {
        let lowered = name.lowercased()
        return whole.contains(name) || beginnings.contains { name.hasPrefix($0) }
            || endings.contains { lowered.hasSuffix($0) }
    }
}
