import Foundation
import Storage
import Workspaces

/// What the `keys` commands share: the database and the way to nginx.
struct KeyAdministration {
    let keys: APIKeys
    private let settings: Settings
    private let directory: URL

    init(_ options: SettingsOptions) async throws {
        settings = try await options.load()
        directory = URL(filePath: settings.text("STORAGE_DIR"), directoryHint: .isDirectory)
        keys = APIKeys(try StorageOwner.act(in: directory) { [directory] in try CarrelDatabase(directory: directory) })
    }

    /// Writes nginx's map of all keys and has nginx read it.
    func publish() throws {
        let map = NginxKeyMap(
            file: URL(filePath: settings.text("CARREL_NGINX_KEY_MAP")),
            reloadCommand: settings.given("CARREL_NGINX_RELOAD") ?? settings.text("CARREL_NGINX_RELOAD"))
        // Read and written in one turn, or an older list could replace a newer one.
        try withExtendedLifetime(StorageTurn(directory: directory)) {
            let all = try StorageOwner.act(in: directory) { try keys.all() }
            try map.write(all.map { (hash: $0.hash, id: $0.id) })
        }
        try map.reload()
    }
}
