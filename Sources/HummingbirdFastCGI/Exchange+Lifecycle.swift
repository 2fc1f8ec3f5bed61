import CFastCGI
import Glibc

/// The responder thread's side of an exchange: what happens while the handler waits, and after it has returned.
extension Exchange {
    /// A response to a client that no longer matters ends at most this many bytes into an unread request body;
    /// beyond that, closing the connection is cheaper than keeping it in step.
    private static let discardLimit = 65_536
    /// How long each piece of it may take. What the peer has sent is there already, and it may send no more: nginx does not
    /// when the response's head finds it waiting for room to write. It then waits for the end record, and its client for it.
    private static let discardTimeout: Duration = .milliseconds(100)
    /// Type of the record by which a server aborts a request (FastCGI specification, section 5.4).
    private static let abortRecord: UInt8 = 2

    // MARK: While the handler waits

    /// Whether the connection's end must be watched: only a stream is cancelled by it, and what a handler names.
    var watchesHangUp: Bool { hangUpCancels && !clientIsGone }

    private var hangUpCancels: Bool { isStreaming || isCancelledByHangUp }

    /// What to ask `poll` for. Input counts only when no more of the body is expected; then it is an abort.
    var hangUpInterest: Int16 {
        let expectsBody = !bodyIsFinished && declaredRemaining != 0
        return fcgi_shim_poll_peer_closed | (watchesInput && !expectsBody ? Int16(POLLIN) : 0)
    }

    /// A stream's head leaves before its handler waits for the first event.
    func prepareToWait() {
        guard isStreaming, case .headPending = output else { return }
        // A failure has cancelled the task and makes every later write throw; nobody else needs to hear of it here.
        try? writePendingHead()
        try? flush()
    }

    /// Makes up for the time in which the connection was not watched.
    func lookForHangUp() {
        noteConnectionEvents(System.pendingEvents(connection.descriptor, hangUpInterest))
    }

    /// Takes what `poll` said about the connection and cancels what nobody waits for any more.
    func noteConnectionEvents(_ events: Int16) {
        let gone = Int16(POLLHUP) | Int16(POLLERR) | Int16(POLLNVAL) | fcgi_shim_poll_peer_closed
        if events & gone != 0 {
            clientIsGone = true
        } else if events & Int16(POLLIN) != 0 {
            readUnexpectedInput()
        }
        if clientIsGone, hangUpCancels { task?.cancel() }
    }

    private func readUnexpectedInput() {
        var header: (UInt8, UInt8) = (0, 0)
        let count = recv(connection.descriptor, &header, 2, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        if count == 0 || (count == 2 && header.1 == Self.abortRecord) {
            clientIsGone = true
        } else {
            // The end record of an empty body, or something for libfcgi to judge at the next read.
            watchesInput = false
        }
    }

    /// Obeys the pool's stage: a drain past its time cancels streams, then everything.
    func noteStage() {
        if stage.cancelsEverything || (stage.cancelsStreams && isStreaming) { task?.cancel() }
    }

    // MARK: After the handler has returned

    /// Sends what is buffered and the end records; the streams are gone afterwards.
    /// - Returns: whether the connection can carry another request.
    func end() -> Bool {
        // A failure is recorded in `output`; there is nobody left to throw to.
        try? writePendingHead()
        hasEnded = true
        // The body first: once the end record is out, the peer may send its next request, and libfcgi's buffer would
        // swallow it with the rest of this one. A peer that waits for the response before it sends more gets it now.
        if !bodyIsFinished, declaredRemaining != 0 { FCGX_FFlush(request.pointee.out) }
        let bodyIsRead = !clientIsGone && discardBody()
        // In this order libfcgi sends the last data and both end records in one write.
        let sent = FCGX_FClose(request.pointee.err) == 0 && FCGX_FClose(request.pointee.out) == 0
        let isInStep = sent && bodyIsRead
        let keepsConnection = request.pointee.keepConnection != 0
        FCGX_Free(request, 0)
        task = nil
        if !isInStep, sent { lingerUntilPeerCloses() }
        return isInStep && keepsConnection
    }

    /// Reads what the handler left of the body. False when that is much or does not come, or when the client went away.
    private func discardBody() -> Bool {
        // Without a body there is only its end record, which came with the parameters: no need for the system calls.
        let mayStall = !bodyIsFinished && declaredLength != 0
        if mayStall { System.setReadTimeout(connection.descriptor, Self.discardTimeout) }
        var left = Self.discardLimit
        while !bodyIsFinished {
            if left == 0 { return false }
            if FCGX_GetChar(request.pointee.in) < 0 { bodyIsFinished = true } else { left -= 1 }
        }
        if mayStall { System.setReadTimeout(connection.descriptor, .zero) }
        return FCGX_GetError(request.pointee.in) == 0
    }

    /// Closing with unread input makes the kernel reset the connection, and the peer might lose the response. So the
    /// rest is read, until the peer closes, sends nothing for a second, or has sent 64 MB for nothing.
    private func lingerUntilPeerCloses() {
        _ = shutdown(connection.descriptor, Int32(SHUT_WR))
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { trash in
            for _ in 0..<1024 {
                var entry = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&entry, 1, 1000) > 0 else { return }
                if recv(connection.descriptor, trash.baseAddress, trash.count, 0) <= 0 { return }
            }
        }
    }
}
