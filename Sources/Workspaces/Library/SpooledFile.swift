import Foundation

/// An upload on the disk instead of in memory: a file without a name, which is gone when nobody holds it, even after a
/// crash.
public final class SpooledFile: @unchecked Sendable {
    // The descriptor never changes, reading does not move its position, and `size` is written before it is shared.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let descriptor: Int32
    /// Bytes.
    public private(set) var size = 0

    /// In the storage directory, which has room for documents; where there is none, in the system's temporary folder.
    ///
    /// - Throws: ``Failure``.
    public convenience init(_ dependencies: Dependencies) throws {
        do {
            try self.init(directory: dependencies.settings.storageDirectory)
        } catch {
            try self.init(directory: FileManager.default.temporaryDirectory.path)
        }
    }

    init(directory: String) throws {
        let path = "\(directory)/upload-\(RandomUUID.text())"
        descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("create a file in \(directory)") }
        unlink(path)
    }

    deinit { close(descriptor) }

    private static func failure(_ what: String) -> Failure {
        Failure(description: "Cannot \(what): \(String(cString: strerror(errno)))")
    }

    /// - Throws: ``Failure``, when the disk is full for example.
    public func append(_ bytes: ArraySlice<UInt8>) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw Self.failure("store an upload") }
                rest = rest.dropFirst(count)
            }
        }
        size += bytes.count
    }

    /// At most `count` bytes from `offset` on; fewer only at the end.
    ///
    /// - Throws: ``Failure``.
    public func bytes(at offset: Int = 0, count: Int = .max) throws -> [UInt8] {
        let wanted = min(count, max(0, size - offset))
        return try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let space = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let read = pread(descriptor, space.baseAddress, space.count, offset + filled)
                if read < 0, errno == EINTR { continue }
                guard read > 0 else { throw Self.failure("read an upload") }
                filled += read
            }
        }
    }
}
