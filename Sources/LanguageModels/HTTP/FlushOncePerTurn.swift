import NIOCore

/// Sends what one turn of the event loop writes by one system call: head and body of a request leave together, and the
/// server wakes once for both.
final class FlushOncePerTurn: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private var isPlanned = false

    func flush(context: ChannelHandlerContext) {
        if isPlanned { return }
        isPlanned = true
        let isolated = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.execute { isolated.value.handler.flushNow(isolated.value.context) }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flushNow(context)
        context.close(mode: mode, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) { isPlanned = false }

    private func flushNow(_ context: ChannelHandlerContext) {
        guard isPlanned else { return }
        isPlanned = false
        context.flush()
    }
}
