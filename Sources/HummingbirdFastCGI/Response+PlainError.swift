import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// An error of the transport itself, in JSON: `{"error":"Internal Server Error"}`.
    static func plainError(_ status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"error":"\#(status.reasonPhrase)"}"#)))
    }
}
