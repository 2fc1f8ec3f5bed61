import Logging
import ServiceLifecycle
import Workspaces

/// Embeds workspaces anew beside the server, when their vectors are not of the embedder that is set.
struct ReembeddingService: Service {
    let reembed: ReembedWorkspaces
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                try await reembed()
            } catch is CancellationError {
                logger.debug("embedding anew stopped with the server")
            } catch {
                logger.error("embedding anew failed", metadata: ["error.reason": .string(LogReason.of(error))])
            }
        }
    }
}
