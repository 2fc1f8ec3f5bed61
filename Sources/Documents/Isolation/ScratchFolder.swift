import Foundation
import Glibc

/// A folder of one conversion: the server puts files in, the converter program reads them. It goes with the last
/// reference.
final class ScratchFolder: Sendable {
    let path: String

    /// - Throws: ``ConversionRefusal/noSpace``.
    init() throws(ConversionRefusal) {
        let template = (NSTemporaryDirectory() as NSString).appendingPathComponent("carrel-conversion-XXXXXX")
        let made = template.withCString { text in
            let copy = strdup(text)
            defer { free(copy) }
            return copy.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made else { throw .noSpace }
        path = made
    }

    deinit {
        // Nobody is there to be told; the temporary folder is emptied by the system.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// - Parameter name: chosen by the server, never by an archive or a client.
    /// - Throws: ``ConversionRefusal/noSpace``.
    func write(_ bytes: [UInt8], to name: String) throws(ConversionRefusal) {
        let file = URL(filePath: path + "/" + name)
        do {
            try bytes.withUnsafeBytes { bytes in
                // Files are large, so they are written from where they are.
                guard let start = bytes.baseAddress else { return try Data().write(to: file) }
                try Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
                    .write(to: file)
            }
        } catch {
            throw .noSpace
        }
    }

    func remove(_ name: String) {
        // What cannot be removed now is removed with the folder.
        try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
}
