import Foundation

/// The folder of the package that the tests were built from, for tests of files that are not code.
public enum PackageRoot {
    public static let path = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The absolute path of a file or folder given relative to the package, such as `nginx/carrel.js`.
    public static func path(_ relative: String) -> String {
        path + "/" + relative
    }

    /// The text of a file given relative to the package.
    ///
    /// - Throws: Foundation's error when the file cannot be read as UTF-8.
    public static func text(of relative: String) throws -> String {
        try String(contentsOfFile: path(relative), encoding: .utf8)
    }

    /// All regular files below the given files and folders, relative to the package, sorted; hidden ones included,
    /// symbolic links not followed.
    public static func files(under relatives: [String]) -> [String] {
        relatives.flatMap { relative -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path(relative), isDirectory: &isFolder) else { return [] }
            guard isFolder.boolValue else { return [relative] }
            let names = FileManager.default.enumerator(atPath: path(relative))?.compactMap { $0 as? String } ?? []
            return names.map { relative + "/" + $0 }.filter { name in
                // What is gone meanwhile is no file.
                let attributes = try? FileManager.default.attributesOfItem(atPath: path(name))
                return attributes?[.type] as? FileAttributeType == .typeRegular
            }
        }
        .sorted()
    }
}
