import Testing

@testable import Workspaces

@Suite("The pace of a job")
struct JobPaceTests {
    private func job(total: Int, embedded: Int, chunks: Int) -> EmbeddingJob {
        EmbeddingJob(
            uuid: "u", workspaceSlug: "s", state: .running, error: nil, total: total, embedded: embedded, skipped: 0,
            failed: 0, chunks: chunks, createdAt: 0, startedAt: 0, endedAt: nil)
    }

    @Test("it is what was done between the first and the last step of half a minute")
    func rate() {
        var pace = JobPace()
        #expect(pace.chunksPerSecond == nil)
        pace.add(0, at: 1000)
        #expect(pace.chunksPerSecond == nil)
        pace.add(50, at: 2000)
        pace.add(50, at: 3000)
        #expect(pace.chunksPerSecond == 50)
        // A minute of nothing, then faster work: the beginning is forgotten.
        pace.add(10, at: 60_000)
        pace.add(600, at: 61_000)
        #expect(pace.chunksPerSecond == 600)
    }

    @Test("what is left is the rest of the documents in work, and documents like the known ones")
    func left() {
        var pace = JobPace()
        pace.add(0, at: 0)
        #expect(pace.secondsLeft(of: job(total: 10, embedded: 0, chunks: 0), working: []) == nil)
        pace.add(100, at: 10_000)
        // 10 chunks a second; one document of 40 is done, one of 80 has 20 left, three are unknown: 60 each.
        let working = [
            JobDocument(docpath: "a", stage: .embedding, chunks: (60, 80)), JobDocument(docpath: "b", stage: .reading),
        ]
        #expect(pace.secondsLeft(of: job(total: 5, embedded: 1, chunks: 40), working: working) == 20)
    }
}
