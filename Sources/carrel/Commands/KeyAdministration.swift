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
        keys = APIKeys(try CarrelDatabase(directory: directory))
        try Self.handToOwner(of: directory)
    }

    /// Run as root before the server's first start, this has just created the database, or the lock; they must belong to
    /// the server's user, as the directory does. SQLite itself does the same for the files beside the database.
    static func handToOwner(of directory: URL) throws {
        guard geteuid() == 0 else { return }
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.path)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        guard let user = attributes[.ownerAccountID], let group = attributes[.groupOwnerAccountID] else { return }
        for name in names where name.hasPrefix("carrel.db") || name == "carrel.lock" {
            try FileManager.default.setAttributes(
                [.ownerAccountID: user, .groupOwnerAccountID: group],
                ofItemAtPath: directory.appending(path: name).path)
        }
    }

    /// Writes nginx's map of all keys and has nginx read it.
    func publish() throws {
        let map = NginxKeyMap(
            file: URL(filePath: settings.text("CARREL_NGINX_KEY_MAP")),
            reloadCommand: settings.given("CARREL_NGINX_RELOAD") ?? settings.text("CARREL_NGINX_RELOAD"))
        // Read and written in one turn, or an older list could replace a newer one.
        try withExtendedLifetime(StorageTurn(directory: directory)) {
            try map.write(try keys.all().map { (hash: $0.hash, id: $0.id) })
        }
        try map.reload()
    }
}
