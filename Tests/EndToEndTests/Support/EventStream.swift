import Foundation
import Glibc
import Synchronization
import TestSupport

/// A streamed answer, read by curl and handed on through a pipe as it comes.
final class EventStream: Sendable {
    private let folder: TemporaryDirectory
    private let curl: ProcessServer
    private let pipe: Int32
    private let received = Mutex<[UInt8]>([])

    /// Sends the request.
    ///
    /// - Parameter body: of a POST; nil for a GET.
    init(_ nginx: NginxServer, _ path: String, headers: [String], body: String?, scheme: NginxServer.Scheme) throws {
        folder = try TemporaryDirectory()
        guard mkfifo(folder.file("events"), 0o600) == 0 else { throw ProcessFailure.system("mkfifo", errno) }
        // Opened before curl opens its end: until then there is nothing to read, and no end of file either.
        pipe = open(folder.file("events"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard pipe >= 0 else { throw ProcessFailure.system("open", errno) }
        var arguments = [
            "--silent", "--show-error", "--no-buffer", "--max-time", "120", "--cacert", nginx.certificate,
            "--dump-header", folder.file("head"), "--output", folder.file("events"),
        ]
        if let body { arguments += ["--data-binary", "@\(try folder.write(body, to: "request"))"] }
        for header in headers + ["Expect:"] { arguments += ["--header", header] }
        do {
            curl = try ProcessServer("curl", arguments + [nginx.origin(scheme) + path])
        } catch {
            close(pipe)
            throw error
        }
    }

    deinit { close(pipe) }

    /// What has been received so far.
    var text: String { String(decoding: received.withLock { $0 }, as: UTF8.self) }

    /// Waits until the answer contains `part`.
    ///
    /// - Returns: all that has been received.
    /// - Throws: ``ProcessFailure`` when the answer ends without it, or after a minute in which nothing came.
    @discardableResult
    func read(until part: String) async throws -> String {
        try await FastCGIClient.onThread { [self] in
            while !text.contains(part) {
                guard try receive() else { throw ProcessFailure.ended(status: 0, output: text) }
            }
            return text
        }
    }

    /// Waits for the end of the answer.
    ///
    /// - Returns: curl's exit status, 0 when the answer was whole; status line and headers as received; the body.
    func readToEnd() async throws -> (status: Int32, head: String, body: String) {
        try await FastCGIClient.onThread { [self] in while try receive() {} }
        let status = await curl.exitStatus()
        let head = FileManager.default.contents(atPath: folder.file("head")) ?? Data()
        return (status, String(decoding: head, as: UTF8.self), text)
    }

    /// Ends curl as a client that lost interest; when this returns, its connection is closed.
    func hangUp() async { await curl.crash() }

    /// - Returns: false at the end.
    private func receive() throws -> Bool {
        var watched = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 60_000) == 1 else { throw ProcessFailure.late("the next part of the answer") }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(pipe, &buffer, buffer.count)
        if count < 0, errno == EAGAIN { return true }
        guard count >= 0 else { throw ProcessFailure.system("read", errno) }
        received.withLock { $0 += buffer[..<count] }
        return count > 0
    }
}
