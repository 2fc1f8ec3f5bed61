import Glibc

/// Texts for system calls that want an array of C strings.
enum CStrings {
    /// Calls `body` with a null-terminated array, valid during the call.
    static func with<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return body(copies)
    }
}
