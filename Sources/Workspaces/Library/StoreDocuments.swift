import Crypto
import Documents
import Foundation
import Logging
import OrderedJSON
import Storage
import TokenCounting

/// Writes converted documents into the library and notes where they came from, in one transaction.
struct StoreDocuments: Sendable {
    let dependencies: Dependencies

    func callAsFunction(
        _ records: [DocumentRecord], event: String, details: JSONObject, telemetry: TelemetryEvent
    ) throws {
        let now = dependencies.source.now()
        try dependencies.database.write { transaction in
            for record in records {
                var row = LibraryDocumentRecord(record, createdAt: now)
                try transaction.insert(&row, text: record.pageContent)
            }
            let events = dependencies.events(transaction)
            try events.count(telemetry)
            try events.log(event, details)
        }
    }

    /// Over all that is embedded: the header of the chunks and the text (VQ-10).
    static func hash(_ record: DocumentRecord) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Data(ChunkHeader.text(for: record.metadata).utf8))
        hash.update(data: [0])
        // The text's own bytes: it may be large.
        var text = record.pageContent
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        return Array(hash.finalize())
    }
}

extension Dependencies {
    /// What documents are made with.
    var documentEnvironment: DocumentEnvironment {
        var tools = conversion
        tools.report = { [logger] program, reason in
            logger.warning(
                "converter failed", metadata: ["converter.program": .string(program), "error.reason": .string(reason)])
        }
        return DocumentEnvironment(
            now: source.now, timeZone: source.timeZone, makeID: source.uuid,
            tokenEstimate: { [tokens] text in DocumentTokenEstimate.count(text, with: tokens) }, tools: tools)
    }
}
