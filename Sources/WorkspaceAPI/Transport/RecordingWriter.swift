import HTTPTypes
import Hummingbird
import NIOCore
import Workspaces

/// Writes a streamed answer and notes it for a repetition of its request; comments, which tell nothing, are not noted.
struct RecordingWriter: ResponseBodyWriter {
    var writer: any ResponseBodyWriter
    let repetition: Repetition

    mutating func write(_ buffer: ByteBuffer) async throws {
        if buffer.readableBytesView.first != UInt8(ascii: ":") { repetition.record(buffer.readableBytesView) }
        do {
            try await writer.write(buffer)
        } catch {
            repetition.discard()
            throw error
        }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { try await writer.finish(trailingHeaders) }
}
