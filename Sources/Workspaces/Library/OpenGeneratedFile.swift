import Foundation
import OrderedJSON
import Storage

/// Opens files of agents, and counts their downloads.
public struct OpenGeneratedFile: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Throws: ``GeneratedFile/Failure``, ``StorageError``.
    public func callAsFunction(_ name: String) throws -> GeneratedFile {
        guard Self.isName(name) else { throw GeneratedFile.Failure.invalidName }
        let folder = URL(filePath: dependencies.settings.storageDirectory).appending(path: "generated-files")
        let descriptor = open(folder.appending(path: name).path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? GeneratedFile.Failure.notFound : .unreadable
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw GeneratedFile.Failure.unreadable
        }
        let file = GeneratedFile(name: name, size: Int(status.st_size), descriptor: descriptor)
        try dependencies.database.write { transaction in
            try dependencies.events(transaction).count(
                .generatedFileDownloaded, ["type": .string(file.mediaType)])
        }
        return file
    }

    /// Letters, a hyphen, 36 characters of a UUID, a dot, and letters, digits or `_`.
    private static func isName(_ name: String) -> Bool {
        name.wholeMatch(of: #/[A-Za-z]+-[0-9A-Fa-f\-]{36}\.[A-Za-z0-9_]+/#) != nil && name.utf8.count <= 255
    }
}
