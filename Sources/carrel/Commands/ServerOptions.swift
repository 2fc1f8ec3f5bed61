import ArgumentParser
import AsyncHTTPClient
import Foundation
import LibraryClient

/// Which server a command talks to, and with which key.
struct ServerOptions: ParsableArguments {
    @Option(help: "The server's address; or CARREL_URL in the environment. Default: http://localhost.")
    var url: String?

    @Option(
        help: """
            File that holds the API key; or the key itself in CARREL_KEY. It is no option, because every user of a \
            machine sees the options of every command.
            """,
        completion: .file())
    var keyFile: String?

    @Option(help: "Slug of the workspace.")
    var workspace: String

    /// - Throws: `ValidationError` that says what is missing.
    func server(_ client: HTTPClient) throws -> LibraryServer {
        let text = url ?? environment("CARREL_URL") ?? "http://localhost"
        guard let address = ServerAddress(text) else {
            throw ValidationError("\"\(text)\" is no address of a server, such as https://chat.example.org.")
        }
        return LibraryServer(address: address, key: try key(), client: client)
    }

    private func key() throws -> String {
        let text: String
        if let keyFile {
            do {
                text = try String(contentsOfFile: keyFile, encoding: .utf8)
            } catch {
                throw ValidationError("Cannot read the key from \(keyFile): \(error.localizedDescription)")
            }
        } else if let given = environment("CARREL_KEY") {
            text = given
        } else {
            throw ValidationError("No API key: set CARREL_KEY, or name a file that holds it with --key-file.")
        }
        let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ValidationError(
                "\(keyFile ?? "CARREL_KEY") holds no API key: a key is one word of visible ASCII characters.")
        }
        return key
    }

    private func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
