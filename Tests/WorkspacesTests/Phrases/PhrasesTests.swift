import Storage
import Testing

@testable import Workspaces

@Suite("Phrases of the administrator")
struct PhrasesTests {
    @Test("are kept in the order of their coming, changed in place, and removed")
    func life() throws {
        let phrases = Phrases(.presets, try CarrelDatabase())
        #expect(try phrases.all().isEmpty)
        try phrases.set(Phrase(name: "/b", text: "B"))
        try phrases.set(Phrase(name: "/a", text: "A \"quoted\"\n"))
        try phrases.set(Phrase(name: "/b", text: "B2"))
        #expect(try phrases.all() == [Phrase(name: "/b", text: "B2"), Phrase(name: "/a", text: "A \"quoted\"\n")])
        #expect(try phrases.remove("/b"))
        #expect(try !phrases.remove("/b"))
        #expect(try phrases.all().map(\.name) == ["/a"])
    }

    @Test("the two kinds are apart")
    func kinds() throws {
        let database = try CarrelDatabase()
        try Phrases(.variables, database).set(Phrase(name: "site", text: "Berlin"))
        #expect(try Phrases(.presets, database).all().isEmpty)
        #expect(try Phrases(.variables, database).all() == [Phrase(name: "site", text: "Berlin")])
    }

    @Test(
        "names that no message or prompt could have are refused",
        arguments: [
            (PhraseKind.presets, "summary"), (.presets, "/"), (.presets, "/A"), (.presets, "/a b"), (.presets, ""),
            (.presets, "/" + String(repeating: "a", count: 26)), (.variables, "ab"), (.variables, "a.b"),
            (.variables, "{site}"), (.variables, String(repeating: "a", count: 256)),
        ])
    func refused(kind: PhraseKind, name: String) throws {
        let phrases = Phrases(kind, try CarrelDatabase())
        #expect(throws: PhraseRefusal.self) { try phrases.set(Phrase(name: name, text: "x")) }
        #expect(try phrases.all().isEmpty)
    }

    @Test("a setting that was damaged reads as empty", arguments: ["{", "5", #"[{"name":5}]"#])
    func damaged(_ text: String) throws {
        let database = try CarrelDatabase()
        try database.write { try $0.setSetting(PhraseKind.presets.rawValue, to: text) }
        #expect(try Phrases(.presets, database).all().isEmpty)
    }
}
