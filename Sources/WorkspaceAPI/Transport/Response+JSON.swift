import HTTPTypes
import Hummingbird
import NIOCore
import OrderedJSON

extension Response {
    /// An answer of compact JSON.
    static func json(_ status: HTTPResponse.Status = .ok, _ value: JSONValue) -> Response {
        json(status, bytes: value.encoded())
    }

    /// An answer whose JSON is built member by member.
    static func json(_ status: HTTPResponse.Status = .ok, _ build: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter(reserving: 4096)
        build(&writer)
        return json(status, bytes: writer.bytes)
    }

    /// An answer of JSON that is encoded already.
    static func json(_ status: HTTPResponse.Status = .ok, body: ByteBuffer) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: body))
    }

    private static func json(_ status: HTTPResponse.Status, bytes: [UInt8]) -> Response {
        json(status, body: ByteBuffer(bytes: bytes))
    }

    /// An answer whose body is the reason phrase of its status (contract/workspaces.md 1.3).
    static func plain(_ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: status.reasonPhrase)))
    }
}
