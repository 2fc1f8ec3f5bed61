import OrderedJSON
import Workspaces

extension JSONWriter {
    /// A job as lists, answers and events show it.
    mutating func job(_ status: JobStatus) {
        beginObject()
        jobMembers(status)
        endObject()
    }

    mutating func jobMembers(_ status: JobStatus) {
        let job = status.job
        member("id", job.uuid)
        member("type", "update-embeddings")
        member("workspace", job.workspaceSlug)
        member("state", job.state.rawValue)
        member("error", job.error)
        member("createdAt", ISODate.text(job.createdAt))
        member("startedAt", job.startedAt.map(ISODate.text))
        member("endedAt", job.endedAt.map(ISODate.text))
        key("documents")
        beginObject()
        member("total", job.total)
        member("pending", job.pending)
        member("embedded", job.embedded)
        member("skipped", job.skipped)
        member("failed", job.failed)
        endObject()
        member("chunks", job.chunks)
        key("working")
        beginArray()
        for document in status.working { jobDocument(document) }
        endArray()
        member("chunksPerSecond", status.chunksPerSecond.map { ($0 * 10).rounded() / 10 })
        member("secondsLeft", status.secondsLeft.map { $0.rounded(.up) })
    }

    mutating func jobDocument(_ document: JobDocument) {
        beginObject()
        member("path", document.docpath)
        member("stage", document.stage.rawValue)
        member("chunksDone", document.chunks?.done)
        member("chunksTotal", document.chunks?.total)
        member("error", document.error)
        endObject()
    }

    /// The lists `embedded`, `skipped` and `failed` of documents that update-embeddings was given.
    mutating func outcomes(embedded: [String], skipped: [String], failed: [(path: String, error: String)]) {
        for (name, paths) in [("embedded", embedded), ("skipped", skipped)] {
            key(name)
            beginArray()
            for path in paths { string(path) }
            endArray()
        }
        key("failed")
        beginArray()
        for failure in failed {
            beginObject()
            member("path", failure.path)
            member("error", failure.error)
            endObject()
        }
        endArray()
    }
}

extension JobEvent {
    /// The event's object: `type`, for documents `document`, and the job.
    var json: [UInt8] {
        let (type, document, status): (String, JobDocument?, JobStatus) =
            switch self {
            case .status(let status): ("status", nil, status)
            case .document(let document, let status): ("document", document, status)
            case .end(let status): ("end", nil, status)
            case .paused(let status): ("paused", nil, status)
            }
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("type", type)
        if let document {
            writer.key("document")
            writer.jobDocument(document)
        }
        writer.key("job")
        writer.job(status)
        writer.endObject()
        return writer.bytes
    }
}
