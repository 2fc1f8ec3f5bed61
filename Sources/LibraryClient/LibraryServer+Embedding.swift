import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OrderedJSON

extension LibraryServer {
    private static let running: Set<String> = ["queued", "running"]

    /// Embeds documents into a workspace by a job of the server, which goes on when this side is interrupted.
    ///
    /// - Throws: ``LibraryClientError`` with code `refused` when one of them could not be embedded.
    public func embed(
        _ docpaths: [String], workspace slug: String, progress: (EmbeddingProgress) -> Void
    ) async throws(LibraryClientError) {
        let body: JSONValue = ["adds": .array(docpaths.map(JSONValue.string))]
        let post = request(.POST, ["workspace", slug, "update-embeddings"], body, query: [("async", "true")])
        let accepted = try await send(post)
        guard accepted.status == 202, let id = accepted.json["job"]?["id"]?.stringValue else {
            throw refusal(accepted)
        }
        while true {
            await follow(id, progress)
            let answer = try await send(request(.GET, ["jobs", id]))
            guard answer.status == 200, let job = answer.json["job"], let state = job["state"]?.stringValue else {
                throw refusal(answer)
            }
            if !Self.running.contains(state) { return try Self.check(job, state) }
            // The stream ended early: the server stops, or something between cut it.
            do {
                try await Task.sleep(for: .milliseconds(500))
            } catch {
                throw LibraryClientError(.unreachable, "Interrupted.")
            }
        }
    }

    /// Until the job's stream of events ends, for whatever reason.
    private func follow(_ id: String, _ progress: (EmbeddingProgress) -> Void) async {
        // It only shows the way; whether the server is there tells the look at the job that follows.
        try? await exchange(request(.GET, ["jobs", id, "events"])) { response in
            var lines = EventLines()
            for try await piece in response.body {
                for event in lines.append(piece.readableBytesView) {
                    if let job = event["job"] { progress(EmbeddingProgress(job: job)) }
                }
            }
        }
    }

    /// - Parameter job: that has ended.
    private static func check(_ job: JSONValue, _ state: String) throws(LibraryClientError) {
        if let reason = job["failed"]?.arrayValue?.lazy.compactMap({ $0["error"]?.stringValue }).first {
            throw LibraryClientError(.refused, reason)
        }
        if let docpath = job["skipped"]?[0]?.stringValue {
            throw LibraryClientError(.refused, "\(docpath) was removed before it could be embedded.")
        }
        if state == "completed" { return }
        throw LibraryClientError(.refused, job["error"]?.stringValue ?? "The embedding was \(state).")
    }
}
