import Documents
import Storage
import Testing

@testable import Workspaces

@Suite("Importing workspaces, threads, settings and keys")
struct ImportRowsTests {
    @Test("keeps ids, slugs, dates and settings, and a second run imports nothing")
    func keepsAll() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(
            7, "My-Notes",
            [
                "openAiTemp": 0.3, "openAiHistory": 5, "openAiPrompt": "Be brief.", "similarityThreshold": 0.75,
                "topN": 9,
                "chatMode": "query", "chatProvider": "openai", "chatModel": "gpt", "queryRefusalResponse": "No.",
                "vectorSearchMode": "rerank", "pfpFilename": "face.png",
            ])
        try storage.insert(
            "workspace_threads",
            ["id": 5, "name": "Plan", "slug": "plan-1", "workspace_id": 7, "createdAt": 99, "lastUpdatedAt": 100])
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        let workspace = try #require(try fixture.workspace("My-Notes"))
        #expect(workspace.id == 7 && workspace.createdAt == 1_700_000_000_007)
        #expect(workspace.lastUpdatedAt == 1_700_000_100_007)
        #expect(workspace.openAiTemp == 0.3 && workspace.openAiHistory == 5 && workspace.openAiPrompt == "Be brief.")
        #expect(workspace.similarityThreshold == 0.75 && workspace.topN == 9 && workspace.chatMode == "query")
        #expect(workspace.chatProvider == "openai" && workspace.chatModel == "gpt")
        #expect(workspace.queryRefusalResponse == "No." && workspace.vectorSearchMode == "rerank")
        #expect(workspace.pfpFilename == nil)
        let thread = try #require(try fixture.database.read { try $0.thread(slug: "plan-1", workspaceId: 7) })
        #expect(thread.id == 5 && thread.name == "Plan" && thread.createdAt == 99 && thread.lastUpdatedAt == 100)
        #expect(report.workspaces == .init(found: 1, imported: 1) && report.threads == .init(found: 1, imported: 1))

        let again = try await fixture.run(storage)
        #expect(again.workspaces == .init(found: 1, present: 1) && again.threads == .init(found: 1, present: 1))
        try storage.workspace(8, "later")
        #expect(try await fixture.run(storage).workspaces == .init(found: 2, imported: 1, present: 1))
        #expect(try fixture.database.read { try $0.workspaces() }.map(\.slug) == ["My-Notes", "later"])
    }

    @Test("an id beyond all that AnythingLLM gives is not kept: it would be the last one")
    func greatestId() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(.max, "last")
        try storage.insert(
            "workspace_threads", ["id": Int64.max, "name": "T", "slug": "t", "workspace_id": Int64.max, "createdAt": 1])
        let fixture = try ImportFixture()
        try await fixture.run(storage)
        #expect(try fixture.workspace("last")?.id == 1)
        _ = try CreateWorkspace(fixture.dependencies)(
            name: "next", changes: WorkspaceChanges(), wantsDefaultPrompt: true)
        #expect(try fixture.workspace("next")?.id == 2)
        #expect(try fixture.database.read { try $0.thread(slug: "t", workspaceId: 1) }?.id == 1)
    }

    @Test("gives what is missing or makes no sense its default")
    func defaults() async throws {
        let storage = try ForeignStorage()
        try storage.insert("system_settings", ["label": "default_system_prompt", "value": "House prompt."])
        try storage.workspace(
            1, "odd",
            [
                "openAiTemp": -1, "openAiHistory": -3, "topN": 0, "chatMode": "dance", "similarityThreshold": nil,
                "chatProvider": "anythingllm-router", "chatModel": "routed", "vectorSearchMode": "default",
                "createdAt": "no date",
            ])
        try storage.workspace(2, "", ["name": "Kein Kürzel"])
        let fixture = try ImportFixture()
        let before = fixture.dependencies.source.now()
        let report = try await fixture.run(storage)
        let workspace = try #require(try fixture.workspace("odd"))
        #expect(workspace.openAiTemp == nil && workspace.openAiHistory == 0 && workspace.topN == 4)
        #expect(workspace.chatMode == "chat" && workspace.vectorSearchMode == "normal")
        #expect(workspace.similarityThreshold == nil && workspace.openAiPrompt == "House prompt.")
        #expect(workspace.chatProvider == nil && workspace.chatModel == nil)
        #expect(workspace.createdAt >= before)
        #expect(report.notes.contains { $0.contains("model router") })
        let slugs = try fixture.database.read { try $0.workspaces() }.map(\.slug)
        #expect(slugs == ["odd", Slug.workspace("Kein Kürzel")])
    }

    @Test("leaves what is there alone: other slugs, other ids, and the report says so")
    func conflicts() async throws {
        let fixture = try ImportFixture()
        try fixture.database.write { transaction in
            for slug in ["notes", "notes-imported"] {
                var record = WorkspaceRecord(name: "Mine", slug: slug, createdAt: 1)
                try transaction.insert(&record)
            }
            var thread = ThreadRecord(name: "Mine", slug: "talk", workspaceId: 1, userId: nil, createdAt: 1)
            try transaction.insert(&thread)
        }
        let storage = try ForeignStorage()
        try storage.workspace(1, "notes")
        try storage.workspace(9, "other")
        for (id, slug) in [(1, "talk"), (2, "")] {
            try storage.insert("workspace_threads", ["id": id, "name": "T\(id)", "slug": slug, "workspace_id": 1])
        }
        let report = try await fixture.run(storage)
        #expect(try fixture.workspace("notes")?.name == "Mine")
        let imported = try #require(try fixture.workspace("notes-imported-2"))
        #expect(imported.name == "Workspace 1" && imported.id == 3)
        #expect(try fixture.workspace("other")?.id == 9)
        #expect(report.notes.contains { $0.contains("the slug notes is taken; it becomes notes-imported-2") })
        let threads = try fixture.database.read { try $0.threads(workspaceId: 3) }
        #expect(threads.map(\.name) == ["T1", "T2"])
        #expect(threads.allSatisfy { $0.slug.utf8.count == 36 })
        #expect(try await fixture.run(storage).threads == .init(found: 2, present: 2))
    }

    @Test("does not bring back what was deleted here")
    func deletedHere() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "gone")
        try storage.chat(1, workspace: 1)
        try storage.document("custom-documents/a.json", "alpha")
        try storage.link(1, workspace: 1, "custom-documents/a.json")
        let fixture = try ImportFixture()
        try await fixture.run(storage)
        try fixture.database.write { try $0.deleteWorkspace(id: 1) }
        try storage.chat(2, workspace: 1)
        let report = try await fixture.run(storage)
        #expect(report.workspaces == .init(found: 1, present: 1))
        #expect(report.chats == .init(found: 2, present: 1))
        #expect(try fixture.database.read { try $0.workspaces() }.isEmpty)
    }

    @Test("takes settings that mean the same here, never over one that is there, and no credentials")
    func settings() async throws {
        let storage = try ForeignStorage()
        for (label, value) in [
            ("text_splitter_chunk_size", "400"), ("text_splitter_chunk_overlap", "x"), ("custom_app_name", "Ours"),
            ("support_email", "a@b.c"), ("telemetry_id", "t"), ("onboarding_complete", "true"),
            ("hub_api_key", "hub-secret-value"),
        ] { try storage.insert("system_settings", ["label": label, "value": value]) }
        let fixture = try ImportFixture()
        try fixture.database.write { try $0.setSetting("support_email", to: "me@here") }
        let report = try await fixture.run(storage)
        let found = try fixture.database.read { transaction in
            try [
                "text_splitter_chunk_size", "text_splitter_chunk_overlap", "custom_app_name", "support_email",
                "telemetry_id", "hub_api_key",
            ].map { try transaction.setting($0) }
        }
        #expect(found == ["400", nil, "Ours", "me@here", nil, nil])
        #expect(report.settings == .init(found: 5, imported: 2, present: 1))
        #expect(report.notes.contains("Setting hub_api_key is not imported: it has no meaning here."))
        #expect(!report.notes.joined().contains("hub-secret-value"))
    }

    @Test("takes presets and variables, never over one that is there, and none that could not be used")
    func phrases() async throws {
        let storage = try ForeignStorage()
        for (command, prompt, user) in [
            ("/sum", "Sum it up.", 0), ("/sum", "Otherwise.", 2), ("/Loud", "SHOUT", 0), ("/tide", "When?", 0),
        ] {
            try storage.insert(
                "slash_command_presets", ["command": command, "prompt": prompt, "description": "d", "uid": user])
        }
        for (key, value) in [("site", "Berlin"), ("empty", nil)] {
            try storage.insert(
                "system_prompt_variables", ["key": key, "value": value, "type": "static", "updatedAt": "2025-01-01"])
        }
        let fixture = try ImportFixture()
        let (presets, variables) = (
            Phrases(.presets, fixture.database), Phrases(.variables, fixture.database)
        )
        try presets.set(Phrase(name: "/tide", text: "When is high water?"))
        let dry = try await fixture.run(storage, dryRun: true)
        #expect(try presets.all().map(\.name) == ["/tide"])
        let report = try await fixture.run(storage)
        #expect(report == dry)
        #expect(report.presets == .init(found: 4, imported: 1, present: 2))
        #expect(report.variables == .init(found: 1, imported: 1, present: 0))
        #expect(
            report.notes == [
                "/sum keeps the text that it has here.",
                "/Loud is not imported: A command is a slash and 1 to 25 small letters, digits, \"_\" or \"-\".",
                "/tide keeps the text that it has here.",
            ])
        let taken = try presets.all()
        #expect(taken.map(\.name) == ["/tide", "/sum"])
        #expect(taken.map(\.text) == ["When is high water?", "Sum it up."])
        #expect(try variables.all() == [Phrase(name: "site", text: "Berlin")])
        let again = try await fixture.run(storage)
        #expect(again.presets == .init(found: 4, imported: 0, present: 3))
        #expect(again.variables == .init(found: 1, imported: 0, present: 1))
    }

    @Test("takes keys by their hashes, each once, and shows none")
    func keys() async throws {
        let storage = try ForeignStorage()
        let secret = "AAAAAAA-BBBBBBB-CCCCCCC-DDDDDDD"
        try storage.insert("api_keys", ["secret": secret, "name": "app", "createdAt": 12_345])
        try storage.insert("api_keys", ["secret": nil])
        try storage.insert("api_keys", ["secret": "two words"])
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        let keys = try fixture.database.read { try $0.keys() }
        #expect(keys.map(\.hash) == [APIKeys.hash(secret)])
        #expect(keys.map(\.name) == ["app"] && keys.map(\.createdAt) == [12_345])
        #expect(report.keys == .init(found: 2, imported: 1))
        #expect(!"\(report)".contains(secret) && !"\(report)".contains("two words"))
        #expect(try await fixture.run(storage).keys == .init(found: 2, present: 1))
    }

    @Test("a dry run finds the same and writes nothing")
    func dryRun() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "notes")
        try storage.insert("workspace_threads", ["name": "T", "slug": "t", "workspace_id": 1])
        try storage.insert("api_keys", ["secret": "AAAAAAA-BBBBBBB-CCCCCCC-DDDDDDD"])
        try storage.insert("system_settings", ["label": "custom_app_name", "value": "Ours"])
        try storage.chat(1, workspace: 1)
        try storage.chat(2, workspace: 1, ["thread_id": 77])
        try storage.document("custom-documents/a.json", "alpha")
        try storage.link(1, workspace: 1, "custom-documents/a.json")
        try storage.insert("event_logs", ["event": "x"])
        let fixture = try ImportFixture()
        let dry = try await fixture.run(storage, dryRun: true)
        try fixture.database.read { transaction in
            let counts = [
                try transaction.workspaces().count, try transaction.keys().count, try transaction.documents().count,
            ]
            #expect(counts == [0, 0, 0])
            let setting = try transaction.setting("custom_app_name")
            #expect(setting == nil)
        }
        #expect(fixture.embedder.embedded.isEmpty)
        let wet = try await fixture.run(storage)
        #expect(dry == wet)
        #expect(wet.embedded == 1)
        #expect(wet.notes == ["Not imported: 1 rows of event_logs."])
    }
}
