import TestSupport
import Testing

@Suite("Modules import only what the architecture allows")
struct ImportTests {
    private static let sources = PackageRoot.files(under: ["Sources"])

    /// Folders below Sources that hold at least one file.
    private static let modules = Set(sources.compactMap { $0.split(separator: "/").dropFirst().first.map(String.init) })

    @Test("every module has its row in the table")
    func everyModuleIsListed() {
        #expect(!Self.modules.isEmpty)
        #expect(Self.modules.subtracting(ModuleArrows.rules.keys).sorted() == [])
    }

    @Test("no import goes against an arrow", arguments: modules.sorted())
    func importsFollowTheArrows(module: String) throws {
        let rule = try #require(ModuleArrows.rules[module])
        let own = Set(ModuleArrows.rules.keys)
        for file in Self.sources where file.hasPrefix("Sources/\(module)/") && file.hasSuffix(".swift") {
            for found in SourceImport.inSwift(try PackageRoot.text(of: file)) {
                let allowed =
                    own.contains(found.module)
                    ? rule.ours?.contains(found.module) ?? true
                    : rule.external.contains(found.module) || ModuleArrows.toolchain.contains(found.module)
                #expect(allowed, "\(file):\(found.line): \(module) must not import \(found.module)")
            }
        }
    }

    @Test("no C file includes a file of another module")
    func includesStayInside() throws {
        for file in Self.sources where file.hasSuffix(".c") || file.hasSuffix(".h") {
            for found in SourceImport.outsideFolder(try PackageRoot.text(of: file)) {
                let isOwnHeader = found.module.split(separator: "/").filter { $0 == ".." }.count == 1
                #expect(isOwnHeader, "\(file):\(found.line): \(found.module)")
            }
        }
    }

    @Test("the table's arrows have no cycle")
    func arrowsHaveNoCycle() {
        var rest = ModuleArrows.rules.compactMapValues(\.ours)
        while !rest.isEmpty {
            let leaves = rest.filter { $0.value.isDisjoint(with: rest.keys) }.keys
            guard !leaves.isEmpty else {
                Issue.record("a cycle among \(rest.keys.sorted())")
                return
            }
            for leaf in leaves { rest[leaf] = nil }
        }
    }

    @Test(
        "an import is recognised in each of its forms",
        arguments: [
            ("import GRDB", ["GRDB"]), ("public import GRDB", ["GRDB"]), ("@preconcurrency import GRDB", ["GRDB"]),
            ("@testable internal import GRDB // why", ["GRDB"]), ("import struct Foundation.Data", ["Foundation"]),
            ("    import Glibc", ["Glibc"]), ("// import GRDB", []), ("let important = 1", []), ("", []),
            ("let script = \"\"\"\n    import sys\n    \"\"\"\nimport GRDB", ["GRDB"]),
        ])
    func recognisesImports(line: String, modules: [String]) {
        #expect(SourceImport.inSwift(line).map(\.module) == modules)
    }
}
