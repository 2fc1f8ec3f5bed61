import OrderedJSON
import TestSupport
import Testing

@Suite("kill -9 in the middle of a conversion", .timeLimit(.minutes(3)))
struct ConversionCrashTests {
    @Test("ends the converter program with the server, even one that hangs")
    func converterEnds() async throws {
        let site = try await Site()
        async let answer = site.upload(Array(ConverterProcess.longWork.utf8), "filename=\"long.rtf\"")
        let converter = try await ConverterProcess.held(by: site, program: "perl")
        defer { converter.kill() }
        #expect(await site.server.crash() == 137)
        // nginx answers for the dead server.
        #expect(try await answer.status == 502)
        try await converter.ended(site)

        try await site.restart()
        let again = try await site.upload(Array("{\\rtf1 tide}".utf8), "filename=\"short.rtf\"")
        #expect(again.json["documents"]?[0]?["pageContent"] == "tide")
    }
}
