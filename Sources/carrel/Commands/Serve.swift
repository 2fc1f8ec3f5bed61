import ArgumentParser
import Foundation
import HummingbirdFastCGI

/// `carrel serve`: the server, until SIGTERM or SIGINT.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the API over FastCGI to nginx.",
        discussion: """
            Listens on CARREL_LISTEN, or on the socket that systemd passes. Stops cleanly on SIGTERM and SIGINT: \
            requests in flight get CARREL_DRAIN_SECONDS. There is no way in without nginx, which checks the keys.
            """)

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        // With one for each core, two running threads would share an arena every other time, and wait for each other.
        MemoryArenas.limit(to: 2 * ProcessInfo.processInfo.activeProcessorCount)
        try await ServerAssembly(settings: try await options.load()).run()
    }
}
