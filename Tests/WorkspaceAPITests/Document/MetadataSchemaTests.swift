import Testing

@Suite("GET /v1/document/metadata-schema")
struct MetadataSchemaTests {
    @Test("the constant of the contract")
    func schema() async throws {
        #expect(
            try await APIFixture().get("/v1/document/metadata-schema").body
                == #"{"schema":{"url":"string | nullable","title":"string","docAuthor":"string | nullable","description":"string | nullable","docSource":"string | nullable","chunkSource":"string | nullable","published":"epoch timestamp in ms | nullable"}}"#
        )
    }
}
