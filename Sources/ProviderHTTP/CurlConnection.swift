import CCurl
import DescriptorWaiting
import Glibc
import NIOCore

/// One connection to a provider, kept open between exchanges: a libcurl multi handle with one easy handle.
///
/// @unchecked Sendable: used by one exchange at a time, under its lock.
final class CurlConnection: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer
    private let easy: UnsafeMutableRawPointer
    private var fields: UnsafeMutablePointer<curl_slist>?
    /// libcurl reads it while it sends.
    private var requestBytes: UnsafeMutableBufferPointer<UInt8>?
    private var isAttached = false

    /// What libcurl wants to be told about.
    private(set) var interests: [DescriptorInterest] = []
    /// When libcurl wants to be called although nothing happens.
    private(set) var timer: UInt64?
    private(set) var answer = Answer()

    /// What has come of the answer.
    struct Answer {
        var head = AnswerHead()
        /// Not yet taken by the reader.
        var body = ByteBuffer()
        /// Of the exchange, once it has ended.
        var result: CURLcode?
    }

    /// - Throws: `unreachable` when there is no memory left.
    init() throws(HTTPFailure) {
        _ = CurlGlobals.shared
        guard let multi = curl_multi_init() else { throw .unreachable("libcurl gives no handle") }
        guard let easy = curl_easy_init() else {
            curl_multi_cleanup(multi)
            throw .unreachable("libcurl gives no handle")
        }
        (self.multi, self.easy) = (multi, easy)
    }

    deinit {
        detach()
        curl_easy_cleanup(easy)
        curl_multi_cleanup(multi)
    }

    /// Begins an exchange, and sends the request when the connection is there.
    ///
    /// - Parameter lines: the call's header lines.
    /// - Throws: `unreachable` for a request that cannot be sent.
    func begin(_ call: HTTPCall, lines: [String]) throws(HTTPFailure) {
        answer = Answer()
        for line in lines { fields = curl_slist_append(fields, line) }
        configure(call)
        let owner = Unmanaged.passUnretained(self).toOpaque()
        curl_shim_set_readers(easy, readHeaderLine, readBody, owner)
        curl_shim_set_watchers(multi, noteSocket, noteTime, owner)
        isAttached = true
        guard curl_multi_add_handle(multi, easy) == CURLM_OK else { throw .unreachable("libcurl takes no request") }
        act(on: CURL_SOCKET_TIMEOUT, 0)
    }

    private func configure(_ call: HTTPCall) {
        curl_shim_set_text(easy, CURLOPT_URL, call.url)
        curl_shim_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        // The environment's proxy is for other programs; a provider is where its setting says.
        curl_shim_set_text(easy, CURLOPT_PROXY, "")
        curl_shim_set_number(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        curl_shim_set_number(easy, CURLOPT_PATH_AS_IS, 1)
        curl_shim_set_number(easy, CURLOPT_NOSIGNAL, 1)
        // A name server that does not answer is not waited for at the end.
        curl_shim_set_number(easy, CURLOPT_QUICK_EXIT, 1)
        curl_shim_close_on_exec(easy)
        curl_shim_set_number(easy, CURLOPT_CONNECTTIMEOUT_MS, max(1, call.connectMilliseconds))
        curl_shim_set_fields(easy, fields)
        if let globals = CurlGlobals.shared.share { curl_shim_share(easy, globals) }
        curl_shim_trust(easy, CurlGlobals.shared.trusted)
        guard let body = call.body else { return }
        curl_shim_set_number(easy, CURLOPT_POST, 1)
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, body.count))
        _ = bytes.initialize(from: body)
        requestBytes = bytes
        curl_shim_set_body(easy, bytes.baseAddress, body.count)
    }

    /// Tells libcurl what happened at its descriptors; nothing: that time passed.
    func proceed(_ events: [DescriptorInterest]) {
        if events.isEmpty {
            // libcurl tells each time once, and does not say when there is none any more.
            timer = nil
            act(on: CURL_SOCKET_TIMEOUT, 0)
        }
        for event in events {
            var what: Int32 = 0
            if event.events & Int16(POLLIN) != 0 { what |= CURL_CSELECT_IN }
            if event.events & Int16(POLLOUT) != 0 { what |= CURL_CSELECT_OUT }
            // A hang-up is found by reading.
            if event.events & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { what |= CURL_CSELECT_IN | CURL_CSELECT_ERR }
            act(on: event.descriptor, what)
        }
    }

    private func act(on socket: curl_socket_t, _ what: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, what, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            if message.pointee.msg == CURLMSG_DONE { answer.result = message.pointee.data.result }
        }
    }

    /// What has come of the body since the last call; nil when nothing has.
    func takeBody() -> ByteBuffer? {
        guard answer.body.readableBytes > 0 else { return nil }
        defer { answer.body = ByteBuffer() }
        return answer.body
    }

    /// Ends the exchange. One that has not come to its end leaves no connection behind.
    func detach() {
        guard isAttached else { return }
        isAttached = false
        curl_multi_remove_handle(multi, easy)
        curl_easy_reset(easy)
        curl_slist_free_all(fields)
        fields = nil
        requestBytes?.deallocate()
        requestBytes = nil
        interests = []
        timer = nil
    }
}

extension CurlConnection {
    fileprivate func take(line: UnsafeRawBufferPointer) { answer.head.take(line) }

    fileprivate func take(body: UnsafeRawBufferPointer) { answer.body.writeBytes(body) }

    fileprivate func watch(_ socket: curl_socket_t, _ what: Int32) {
        interests.removeAll { $0.descriptor == socket }
        var events: Int16 = 0
        if what == CURL_POLL_IN || what == CURL_POLL_INOUT { events |= Int16(POLLIN) }
        if what == CURL_POLL_OUT || what == CURL_POLL_INOUT { events |= Int16(POLLOUT) }
        if events != 0 { interests.append(DescriptorInterest(socket, events)) }
    }

    fileprivate func watchTime(_ milliseconds: Int) {
        timer = milliseconds < 0 ? nil : MonotonicClock.now() + UInt64(milliseconds) * 1_000_000
    }
}

/// Gives libcurl's callbacks their connection.
private func connection(_ owner: UnsafeMutableRawPointer?) -> CurlConnection? {
    owner.map { Unmanaged<CurlConnection>.fromOpaque($0).takeUnretainedValue() }
}

private func readHeaderLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ owner: UnsafeMutableRawPointer?
) -> Int {
    connection(owner)?.take(line: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func readBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ owner: UnsafeMutableRawPointer?
) -> Int {
    connection(owner)?.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func noteSocket(
    _ easy: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ what: Int32, _ owner: UnsafeMutableRawPointer?,
    _ ofSocket: UnsafeMutableRawPointer?
) -> Int32 {
    connection(owner)?.watch(socket, what)
    return 0
}

private func noteTime(_ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ owner: UnsafeMutableRawPointer?)
    -> Int32
{
    connection(owner)?.watchTime(milliseconds)
    return 0
}
